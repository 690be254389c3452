import { createHash } from 'node:crypto'
import { createReadStream, globSync, lstatSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Unpacked } from './unpacked.ts'

/** Files of a folder, links left aside. */
export const filesOf = (folder: string): string[] =>
  globSync('**/*', { cwd: folder }).filter(file => lstatSync(join(folder, file)).isFile())

/** How large an image is, as it lies on a disk and as it is sent. */
export const sizeOf = ({ root, archive }: Unpacked): { files: number; bytes: number; packedBytes: number } => {
  const files = filesOf(root)
  const bytes = files.reduce((sum, file) => sum + lstatSync(join(root, file)).size, 0)
  return { files: files.length, bytes, packedBytes: statSync(archive).size }
}

export const checksumOf = async (file: string): Promise<string> => {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

/** The table of deploy/images/README.md. */
export const tableOf = (images: readonly Unpacked[]): string =>
  [
    '| Image | MB | files | MB packed |',
    '| --- | --: | --: | --: |',
    ...images.map(image => {
      const { files, bytes, packedBytes } = sizeOf(image)
      const megabytes = (of: number): string => (of / 1_000_000).toFixed(0)
      return `| \`linghang-${image.name}\` | ${megabytes(bytes)} | ${files} | ${megabytes(packedBytes)} |`
    }),
  ].join('\n')
