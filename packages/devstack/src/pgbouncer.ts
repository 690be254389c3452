import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fetchOnce } from './cache.ts'
import { unpackDebian, withDependencies } from './debian-packages.ts'
import { stackFault } from './fault.ts'
import { choosePort, isPortFree } from './ports.ts'
import { type Report, timed } from './report.ts'
import { findOnPath } from './run-command.ts'
import { claimServer, type RunningServer, serverDir, spawnServer, waitReady } from './server-process.ts'

const name = 'pgbouncer'

const missing = (reason: string): Error =>
  stackFault('PROGRAM_MISSING', {
    zh: `找不到 pgbouncer，也无法从 Debian 软件包取得：${reason}`,
    en: 'pgbouncer was not found and could not be fetched as a Debian package (reason above): install it, or run where apt-get works.',
  })

/** PgBouncer on PATH, else Debian's package with what it needs, unpacked into this user's cache. */
const find = async (report: Report): Promise<{ command: string; env: Record<string, string> }> => {
  const found = findOnPath(name)
  if (found) return { command: found, env: {} }
  const root = await fetchOnce('pgbouncer-debian-1', folder =>
    timed(report, name, 'unpack PgBouncer from a Debian package', async () =>
      unpackDebian(folder, [...new Set([name, ...(await withDependencies([name], missing))])], missing),
    ),
  )
  const machine = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu'
  const libraries = ['usr/lib', 'lib'].map(dir => join(root, dir, machine)).join(':')
  return { command: join(root, 'usr/sbin/pgbouncer'), env: { LD_LIBRARY_PATH: libraries } }
}

/**
 * Starts a pooler before a PostgreSQL: for tests of what holds behind one.
 *
 * @param options.mode `transaction` lends a session for a transaction, `session` for as long as a client stays
 * @param options.users who may pass, with passwords
 * @throws StackFault
 */
export const startPgbouncer = async (options: {
  stateDir: string
  postgresPort: number
  mode: 'transaction' | 'session'
  users: Readonly<Record<string, string>>
  report: Report
}): Promise<RunningServer> => {
  const { command, env } = await find(options.report)
  await claimServer(options.stateDir, name, 'SIGINT')
  const dir = serverDir(options.stateDir, name)
  await mkdir(dir, { recursive: true })
  const port = await choosePort('PgBouncer')
  const settings = {
    ...{ listen_addr: '127.0.0.1', listen_port: port, unix_socket_dir: '', pool_mode: options.mode },
    ...{ auth_type: 'scram-sha-256', auth_file: join(dir, 'users.txt'), default_pool_size: 5, max_client_conn: 200 },
  }
  const users = Object.entries(options.users).map(([user, password]) => `"${user}" "${password}"\n`)
  await writeFile(join(dir, 'users.txt'), users.join(''), { mode: 0o600 })
  const lines = Object.entries(settings).map(([key, value]) => `${key} = ${value}`)
  const databases = `[databases]\n* = host=127.0.0.1 port=${options.postgresPort}\n`
  await writeFile(join(dir, 'pgbouncer.ini'), `${databases}[pgbouncer]\n${lines.join('\n')}\n`)
  return timed(options.report, name, `start on 127.0.0.1:${port}`, async () => {
    const running = await spawnServer(
      {
        ...{ name, stateDir: options.stateDir, command, env },
        // It does not stay root, and has read its files by then.
        args: [...(process.getuid?.() === 0 ? ['-u', 'nobody'] : []), join(dir, 'pgbouncer.ini')],
        stopSignal: 'SIGINT',
        stopTimeoutMs: 10_000,
      },
      port,
    )
    await waitReady(running, async () => !(await isPortFree(port)), 30_000)
    return running
  })
}
