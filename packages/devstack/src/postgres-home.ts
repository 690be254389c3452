import { execFileSync } from 'node:child_process'
import { accessSync, chownSync, constants, existsSync, realpathSync, statSync } from 'node:fs'
import { chmod, cp, mkdir, mkdtemp } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { stackFault } from './fault.ts'
import { readJson, writeJson } from './files.ts'
import type { PostgresPrograms } from './postgres-programs.ts'

/** Who runs PostgreSQL and from where: root may not, and another user may not be able to reach root's folders. */
export interface PostgresHome {
  programs: PostgresPrograms
  /** Folder that holds the cluster; its parent may be written by the user below. */
  dataDir: string
  uid?: number
  gid?: number
}

const numericId = (flag: '-u' | '-g', user: string): number | undefined => {
  try {
    return Number(execFileSync('id', [flag, user], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
  } catch {
    return undefined
  }
}

const unprivilegedUser = (): { uid: number; gid: number } => {
  for (const user of ['postgres', 'nobody']) {
    const [uid, gid] = [numericId('-u', user), numericId('-g', user)]
    if (uid !== undefined && gid !== undefined) return { uid, gid }
  }
  throw stackFault('PROGRAM_MISSING', {
    zh: 'PostgreSQL 不能以 root 运行，而系统中没有 postgres 或 nobody 用户：请用普通用户运行。',
    en: 'PostgreSQL refuses to run as root and there is no user postgres or nobody: run as an ordinary user.',
  })
}

/** Whether everybody may pass through all folders above a path. */
const isReachable = (path: string): boolean => {
  for (let folder = path; ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false
    if (folder === dirname(folder)) return true
  }
}

const openFolder = (): string => {
  for (const folder of ['/var/tmp', '/tmp', '/var/lib']) {
    try {
      accessSync(folder, constants.W_OK)
      if (isReachable(realpathSync(folder))) return folder
    } catch {
      // Not on this machine.
    }
  }
  throw stackFault('PROGRAM_MISSING', {
    zh: 'PostgreSQL 不能以 root 运行，且没有其他用户可以进入的目录：请用普通用户运行。',
    en: 'PostgreSQL refuses to run as root and there is no folder another user may enter: run as an ordinary user.',
  })
}

/** The folder outside that a state folder has been given, when there is one. */
export const outsideFolder = async (serverFolder: string): Promise<string | undefined> => {
  const value = await readJson(join(serverFolder, 'outside.json'))
  return typeof value === 'object' && value !== null && 'folder' in value && typeof value.folder === 'string'
    ? value.folder
    : undefined
}

const moveOutside = async (serverFolder: string, uid: number, gid: number): Promise<string> => {
  const known = await outsideFolder(serverFolder)
  if (known && existsSync(known)) return known
  const folder = await mkdtemp(join(openFolder(), 'linghang-postgres-'))
  await chmod(folder, 0o711)
  chownSync(folder, uid, gid)
  await writeJson(join(serverFolder, 'outside.json'), { folder })
  return folder
}

const asRoot = async (programs: PostgresPrograms, serverFolder: string): Promise<PostgresHome> => {
  const { uid, gid } = unprivilegedUser()
  const reachable = isReachable(realpathSync(serverFolder)) && isReachable(realpathSync(join(programs.home, 'bin')))
  if (reachable) {
    const folder = join(serverFolder, 'cluster')
    await mkdir(folder, { recursive: true })
    chownSync(folder, uid, gid)
    return { programs, dataDir: join(folder, 'data'), uid, gid }
  }
  // A clone under /root or in a private temporary folder: nobody else may enter it, so that programs and data of this
  // state folder live where they may.
  const outside = await moveOutside(serverFolder, uid, gid)
  const home = join(outside, 'postgresql')
  await cp(programs.home, home, { recursive: true, verbatimSymlinks: true, force: true })
  const moved = { ...programs, home, postgres: join(home, 'bin/postgres'), initdb: join(home, 'bin/initdb') }
  return { programs: moved, dataDir: join(outside, 'data'), uid, gid }
}

/**
 * Decides where the cluster of a state folder lies and which user runs it.
 *
 * @param serverFolder the PostgreSQL folder of a state folder; it exists
 */
export const preparePostgresHome = async (programs: PostgresPrograms, serverFolder: string): Promise<PostgresHome> => {
  if (process.getuid?.() === 0) return asRoot(programs, serverFolder)
  const folder = join(serverFolder, 'cluster')
  await mkdir(folder, { recursive: true })
  return { programs, dataDir: join(folder, 'data') }
}
