import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { readEnvironment } from './env.ts'
import { withFileLock } from './files.ts'

const fetchTimeoutMs = 900_000
const abandonedAfterMs = 86_400_000

/** The folder in the cache under which a thing of that name lies once it is whole. */
export const cachedPath = (name: string): string => join(readEnvironment().cacheDir, name)

const dropAbandoned = async (root: string): Promise<void> => {
  for (const entry of await readdir(root)) {
    if (!entry.startsWith('incoming-')) continue
    const path = join(root, entry)
    const age =
      Date.now() -
      (await stat(path)
        .then(found => found.mtimeMs)
        .catch(() => Date.now()))
    if (age > abandonedAfterMs) await rm(path, { recursive: true, force: true })
  }
}

/**
 * Brings a folder into this user's cache once: filled aside, then renamed, so that it is there whole or not at all,
 * whoever else fetches it at the same time and wherever a fetch is killed.
 *
 * @param name folder name, with the version in it
 * @param fill fills the empty folder that it is given
 * @returns the folder's final path
 */
export const fetchOnce = async (name: string, fill: (folder: string) => Promise<void>): Promise<string> => {
  const target = cachedPath(name)
  if (existsSync(target)) return target
  const root = readEnvironment().cacheDir
  await mkdir(root, { recursive: true })
  return withFileLock(join(root, `${name}.lock`), fetchTimeoutMs, async () => {
    if (existsSync(target)) return target
    await dropAbandoned(root)
    const incoming = join(root, `incoming-${name}-${randomBytes(4).toString('hex')}`)
    await mkdir(incoming)
    try {
      await fill(incoming)
      await rename(incoming, target)
    } finally {
      await rm(incoming, { recursive: true, force: true })
    }
    return target
  })
}
