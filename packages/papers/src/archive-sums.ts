import { createHash } from 'node:crypto'
import type { ArchiveEntry } from './archive.ts'

/** A file of an archive that is made when its turn comes. */
export type MadeFile = { path: string; make: () => Promise<Uint8Array> }
export type FileSum = { name: string; sha256: string }

export const sha256Of = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex')

/** As `sha256sum -c` reads it. */
export const sumsOf = (files: readonly FileSum[]): string =>
  files.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join('')

/**
 * Files, each made and hashed as it goes out, so that one of many is in memory at a time, and after them what is made of
 * all hashes: an index, the sums.
 * @param last made from the hashes of the files before it, in their order
 * @param mtime of every file: the same files at the same time are the same archive, byte for byte
 */
export function withSums(
  files: readonly MadeFile[],
  last: readonly { path: string; make: (sums: readonly FileSum[]) => Promise<Uint8Array> }[],
  mtime: Date,
): ArchiveEntry[] {
  const sums: FileSum[] = []
  const hashed = ({ path, make }: MadeFile): ArchiveEntry => ({
    ...{ path, mtime, bytes: null },
    async *open() {
      const content = await make()
      sums.push({ name: path, sha256: sha256Of(content) })
      yield content
    },
  })
  const sumsFile: ArchiveEntry = {
    ...{ path: 'SHA256SUMS', mtime, bytes: null },
    async *open() {
      yield Buffer.from(sumsOf(sums))
    },
  }
  return [
    ...files.map(hashed),
    ...last.map(({ path, make }) => hashed({ path, make: () => make([...sums]) })),
    sumsFile,
  ]
}
