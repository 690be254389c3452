import { randomBytes } from 'node:crypto'
import { chown, type FileHandle, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { identify, isAlive, type ProcessIdentity } from './process-identity.ts'

/** Reads a JSON file; undefined when it is absent or was cut short by a crash. */
export const readJson = async (path: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError || isMissing(error)) return undefined
    throw error
  }
}

/** Whether an error says that a file is not there. Jest's realms break `instanceof`, so the code decides. */
export const isMissing = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT'

/**
 * Writes JSON so that a reader sees the old or the new file whole, never half of one.
 *
 * @param mode file mode, 0600 by default because most of these files hold secrets
 */
export const writeJson = async (path: string, value: unknown, mode = 0o600): Promise<void> => {
  await mkdir(dirname(path), { recursive: true })
  const temporary = `${path}.${randomBytes(6).toString('hex')}`
  await writeFile(temporary, `${JSON.stringify(value, null, 2)}\n`, { mode })
  // Root writes for servers that run as somebody else: whoever could read the old file has to read the new one.
  const before = process.getuid?.() === 0 ? await stat(path).catch(() => undefined) : undefined
  if (before) await chown(temporary, before.uid, before.gid)
  await rename(temporary, path)
}

const holderOf = async (path: string): Promise<ProcessIdentity | undefined> => {
  const value = await readJson(path)
  return typeof value === 'object' && value !== null && 'pid' in value && 'startedAt' in value
    ? { pid: Number(value.pid), startedAt: String(value.startedAt) }
    : undefined
}

const takeLock = async (path: string): Promise<FileHandle | undefined> => {
  try {
    return await open(path, 'wx', 0o600)
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST') return undefined
    throw error
  }
}

/**
 * Runs `work` while no other process, of this checkout or another, runs under the same lock file. A lock whose holder
 * has died is taken over.
 *
 * @param timeoutMs how long to wait for another holder before an error names it
 */
export const withFileLock = async <T>(path: string, timeoutMs: number, work: () => Promise<T>): Promise<T> => {
  await mkdir(dirname(path), { recursive: true })
  const endAt = performance.now() + timeoutMs
  let file = await takeLock(path)
  let unreadable = 0
  while (!file) {
    const holder = await holderOf(path)
    // A lock file is empty for the instant between its making and its first write: only a lasting void is a dead one.
    unreadable = holder ? 0 : unreadable + 1
    if (holder ? !isAlive(holder) : unreadable > 20) await rm(path, { force: true })
    else if (performance.now() > endAt) throw new Error(`lock ${path} is still held by process ${holder?.pid}`)
    else await new Promise(resolve => setTimeout(resolve, 50))
    file = await takeLock(path)
  }
  try {
    await file.writeFile(JSON.stringify(identify(process.pid)))
    return await work()
  } finally {
    await file.close()
    await rm(path, { force: true })
  }
}
