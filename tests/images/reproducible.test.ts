import { lstatSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from '@jest/globals'
import { buildImages } from '../../deploy/images/src/build-images.ts'
import { imageNamed } from './built.ts'
import { checksumOf } from './measured.ts'
import { unpack } from './unpacked.ts'

const anewTimeoutMs = 1_200_000

/**
 * Everything of an image by its path, a line each. Of code that V8 has compiled the bytes are left aside: it leaves some
 * of its padding as it found the memory, and no option that an image could run with afterwards makes it do otherwise.
 */
async function linesOf(root: string): Promise<string[]> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true })
  const lines = entries.map(async entry => {
    const path = join(entry.parentPath, entry.name)
    const name = relative(root, path)
    const { mode, uid, gid, size, mtimeMs } = lstatSync(path)
    const bytes = entry.isFile() && !name.startsWith('app/compile-cache/') ? await checksumOf(path) : ''
    const leads = entry.isSymbolicLink() ? readlinkSync(path) : ''
    return [name, mode.toString(8), uid, gid, entry.isFile() ? `${size} ${mtimeMs}` : '', bytes, leads].join(' ').trim()
  })
  return (await Promise.all(lines)).toSorted()
}

test(
  'platform an image that is built once more from nothing is the same to the byte, compiled code in all but its padding',
  async () => {
    const { archive, root } = imageNamed('org')
    const folder = mkdtempSync(join(archive, '../again-'))
    try {
      const [again] = buildImages(['org'], join(folder, 'org.tar'), { anew: true })
      const before = new Set(await linesOf(root))
      const after = new Set(await linesOf(unpack('org', again?.file as string, folder).root))
      expect(before.size).toBeGreaterThan(9_000)
      expect([...after].filter(line => !before.has(line))).toEqual([])
      expect([...before].filter(line => !after.has(line))).toEqual([])
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
  anewTimeoutMs,
)
