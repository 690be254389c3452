import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { chown, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { readEnvironment } from './env.ts'
import { stackFault } from './fault.ts'
import { readJson, writeJson } from './files.ts'
import { choosePort } from './ports.ts'
import { outsideFolder, type PostgresHome, preparePostgresHome } from './postgres-home.ts'
import { findPostgres } from './postgres-programs.ts'
import { identify, type ProcessIdentity, waitGone } from './process-identity.ts'
import { type Report, timed } from './report.ts'
import { lastLines, runCommand } from './run-command.ts'
import { claimServer, foreignServer, type RunningServer, serverDir, spawnServer, waitReady } from './server-process.ts'

/** A running PostgreSQL. */
export interface PostgresServer extends RunningServer {
  /** URL of the superuser, on the database `postgres`. */
  superuserUrl: string
  /** URL of the superuser on another database of this server. */
  urlOf(database: string): string
}

interface Remembered {
  password: string
  port: number
}

const settings: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '300',
  shared_preload_libraries: 'pg_stat_statements',
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  random_page_cost: '1.1',
  jit: 'off',
  fsync: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Without it the log would quote the row that broke a constraint: people's data does not belong there.
  log_error_verbosity: 'terse',
}

const readRemembered = async (path: string): Promise<Remembered | undefined> => {
  const value = await readJson(path)
  return typeof value === 'object' && value !== null && 'password' in value && 'port' in value
    ? { password: String(value.password), port: Number(value.port) }
    : undefined
}

const initialise = async (home: PostgresHome, password: string): Promise<void> => {
  const incoming = `${home.dataDir}.incoming`
  const passwordFile = join(dirname(home.dataDir), 'initial-password')
  await rm(incoming, { recursive: true, force: true })
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
  if (home.uid !== undefined && home.gid !== undefined) await chown(passwordFile, home.uid, home.gid)
  // macOS has no C.UTF-8 of its own; there only PostgreSQL's built-in provider knows the name.
  const locale = process.platform === 'darwin' ? ['--locale=C', '--builtin-locale=C.UTF-8'] : ['--locale=C.UTF-8']
  const result = await runCommand(
    home.programs.initdb,
    [
      `--pgdata=${incoming}`,
      '--username=postgres',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale-provider=builtin',
      ...locale,
    ],
    { timeoutMs: 120_000, cwd: '/', ...(home.uid === undefined ? {} : { uid: home.uid, gid: home.gid }) },
  )
  await rm(passwordFile, { force: true })
  if (result.code !== 0) {
    throw stackFault('SERVER_DIED', {
      zh: `PostgreSQL 初始化失败（initdb）：${lastLines(result.stderr)}`,
      en: 'PostgreSQL could not be initialised (initdb, output above): check disk space and permissions of the state folder.',
    })
  }
  await rename(incoming, home.dataDir)
}

const isPostmasterOf = (pid: number, dataDir: string): boolean => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(dataDir)
  } catch {
    return false
  }
}

/**
 * After kill -9 the file `postmaster.pid` stays. PostgreSQL takes its number for a live server when any process of the
 * same user has been given it since, so a file that no server of this data folder stands behind is removed.
 */
const removeStalePidFile = async (dataDir: string): Promise<void> => {
  const path = join(dataDir, 'postmaster.pid')
  if (!existsSync(path)) return
  const pid = Number(readFileSync(path, 'utf8').split('\n')[0])
  const other: ProcessIdentity | undefined = isPostmasterOf(pid, dataDir) ? identify(pid) : undefined
  if (other && !(await waitGone(other, 10_000))) {
    throw stackFault('ALREADY_RUNNING', {
      zh: `另一个 PostgreSQL（进程 ${pid}）正在使用 ${dataDir}：请先停止它。`,
      en: `Another PostgreSQL (process ${pid}) uses ${dataDir}: stop it first.`,
    })
  }
  await rm(path, { force: true })
}

const answers = async (url: string): Promise<boolean> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } finally {
    await client.end().catch(() => undefined)
  }
}

const withUrls = (server: RunningServer, superuserUrl: string): PostgresServer => ({
  ...server,
  superuserUrl,
  urlOf: database => {
    const url = new URL(superuserUrl)
    url.pathname = `/${encodeURIComponent(database)}`
    return url.href
  },
})

const foreignPostgres = async (url: string): Promise<PostgresServer> => {
  const server = foreignServer('postgres', Number(new URL(url).port || 5432))
  await waitReady(server, () => answers(url), 15_000)
  return withUrls(server, url)
}

/** What a test wants otherwise: settings, and files of the data folder that PostgreSQL alone may read. */
interface Otherwise {
  settings?: Readonly<Record<string, string>>
  files?: Readonly<Record<string, string>>
}

const writeFiles = async ({ dataDir, uid, gid }: PostgresHome, files: Otherwise['files'] = {}): Promise<void> => {
  for (const [file, text] of Object.entries(files)) {
    const path = join(dataDir, file)
    await writeFile(path, text, { mode: 0o600 })
    if (uid !== undefined && gid !== undefined) await chown(path, uid, gid)
  }
}

const launch = (
  home: PostgresHome,
  stateDir: string,
  port: number,
  more: Otherwise['settings'],
): Promise<RunningServer> =>
  spawnServer(
    {
      name: 'postgres',
      stateDir,
      command: home.programs.postgres,
      args: [
        '-D',
        home.dataDir,
        '-p',
        String(port),
        ...Object.entries({ ...settings, ...more }).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
      cwd: '/',
      ...(home.uid === undefined ? {} : { uid: home.uid, gid: home.gid }),
      stopSignal: 'SIGINT',
      stopTimeoutMs: 20_000,
    },
    port,
  )

/**
 * Starts PostgreSQL on 127.0.0.1, or adopts the one that LINGHANG_POSTGRES_URL (a superuser's URL) names. Starting
 * again with the same state folder recovers all committed data, after kill -9 too.
 *
 * @param options.stateDir state folder; cluster, password and port live under `postgres/`
 * @param options.port fixed port; an error when it is taken
 * @param options.otherwise settings, and files of the data folder that it alone may read
 * @throws StackFault
 */
export const startPostgres = async (options: {
  stateDir: string
  port?: number
  otherwise?: Otherwise
  report: Report
}): Promise<PostgresServer> => {
  const { postgresUrl } = readEnvironment()
  if (postgresUrl) return foreignPostgres(postgresUrl)
  const programs = await findPostgres()
  await claimServer(options.stateDir, 'postgres', 'SIGINT')
  const folder = serverDir(options.stateDir, 'postgres')
  const remembered = await readRemembered(join(folder, 'server.json'))
  const home = await preparePostgresHome(programs, folder)
  const fresh = !existsSync(home.dataDir)
  const password = (fresh ? undefined : remembered?.password) ?? randomBytes(18).toString('base64url')
  const port = await choosePort('PostgreSQL', options.port, remembered?.port)
  await writeJson(join(folder, 'server.json'), { password, port })
  if (fresh) await timed(options.report, 'postgres', 'initialise the cluster', () => initialise(home, password))
  await removeStalePidFile(home.dataDir)
  await writeFiles(home, options.otherwise?.files)
  return timed(options.report, 'postgres', `start on 127.0.0.1:${port} (${programs.origin})`, async () => {
    const server = withUrls(
      await launch(home, options.stateDir, port, options.otherwise?.settings),
      `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    )
    await waitReady(server, () => answers(server.superuserUrl), 60_000)
    return server
  })
}

/** Removes what a state folder's PostgreSQL keeps outside of it; the folder itself is the caller's to remove. */
export const removePostgresState = async (stateDir: string): Promise<void> => {
  const outside = await outsideFolder(serverDir(stateDir, 'postgres'))
  if (outside) await rm(outside, { recursive: true, force: true })
}
