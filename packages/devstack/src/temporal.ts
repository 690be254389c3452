import { join } from 'node:path'
import { readEnvironment } from './env.ts'
import { stackFault } from './fault.ts'
import { readJson, writeJson } from './files.ts'
import { isServing } from './grpc-health.ts'
import { choosePort, findFreePort } from './ports.ts'
import { type Report, timed } from './report.ts'
import { lastLines, runCommand } from './run-command.ts'
import { claimServer, foreignServer, serverDir, spawnServer, waitReady } from './server-process.ts'
import { frontendHealth, type TemporalServer } from './temporal-door.ts'
import { findTemporal } from './temporal-programs.ts'
import { startTemporalServer } from './temporal-server.ts'

/** The kinds of search attributes that Temporal knows. */
export type SearchAttributeKind = 'Keyword' | 'KeywordList' | 'Text' | 'Int' | 'Double' | 'Bool' | 'Datetime'

interface TemporalOptions {
  stateDir: string
  namespace: string
  port?: number
  searchAttributes?: Record<string, SearchAttributeKind>
  /** How long closed workflows stay to be looked at. */
  retentionDays?: number
  /** Where a PostgreSQL is for the server proper, when the environment wants that one. */
  postgresUrl?: () => Promise<string>
  report: Report
}

const readPorts = async (path: string): Promise<{ port?: number; uiPort?: number }> => {
  const value = await readJson(path)
  return typeof value === 'object' && value !== null && 'port' in value && 'uiPort' in value
    ? { port: Number(value.port), uiPort: Number(value.uiPort) }
    : {}
}

const serverArgs = (options: TemporalOptions, port: number, uiPort: number): string[] => [
  'server',
  'start-dev',
  ...['--db-filename', join(serverDir(options.stateDir, 'temporal'), 'temporal.sqlite')],
  ...['--ip', '127.0.0.1', '--port', String(port), '--ui-port', String(uiPort)],
  ...['--log-level', 'warn', '--namespace', options.namespace],
  // Worth three to five times the starts a second; a write-ahead log in normal mode loses nothing to kill -9.
  ...['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=normal'],
  ...Object.entries(options.searchAttributes ?? {}).flatMap(([name, kind]) => [
    '--search-attribute',
    `${name}=${kind}`,
  ]),
]

const operator = async (command: string, address: string, args: string[]): Promise<string> => {
  const result = await runCommand(command, ['operator', ...args, '--address', address], { timeoutMs: 20_000 })
  if (result.code === 0) return result.stdout
  throw stackFault('SERVER_NOT_READY', {
    zh: `Temporal 没有完成 ${args.slice(0, 2).join(' ')}：${lastLines(result.stderr, 2)}`,
    en: `Temporal did not complete ${args.slice(0, 2).join(' ')} (reason above).`,
  })
}

/** The flag that makes the namespace keeps closed workflows for one day only, and attributes arrive after the start. */
const settle = async (command: string, server: TemporalServer, options: TemporalOptions): Promise<void> => {
  const days = options.retentionDays ?? 30
  await operator(command, server.address, ['namespace', 'update', '-n', server.namespace, '--retention', `${days}d`])
  const wanted = Object.keys(options.searchAttributes ?? {})
  if (wanted.length === 0) return
  const listed = async (): Promise<boolean> => {
    const names = await operator(command, server.address, ['search-attribute', 'list', '-n', server.namespace])
    return wanted.every(name => new RegExp(`^\\s*${name}\\s`, 'm').test(names))
  }
  await waitReady(server, listed, 20_000)
}

const foreignTemporal = async (address: string, uiUrl: string | undefined, namespace: string) => {
  const server = foreignServer('temporal', Number(address.split(':').at(-1)))
  await waitReady(server, () => isServing(address, frontendHealth, 2000), 15_000)
  return { ...server, address, uiUrl: uiUrl ?? null, namespace }
}

/**
 * Starts Temporal's development server with its state in a file, or adopts the one that LINGHANG_TEMPORAL_ADDRESS
 * names; with LINGHANG_TEMPORAL_SERVER=postgres the server proper over PostgreSQL, see `startTemporalServer`. Timers and acknowledged starts survive a stop and kill -9.
 *
 * @param options.port fixed gRPC port; an error when it is taken
 * @throws StackFault
 */
export const startTemporal = async (options: TemporalOptions): Promise<TemporalServer> => {
  const { temporalAddress, temporalUiUrl, temporalServer } = readEnvironment()
  if (temporalAddress) return foreignTemporal(temporalAddress, temporalUiUrl, options.namespace)
  const { postgresUrl } = options
  if (temporalServer === 'postgres' && postgresUrl)
    return startTemporalServer({ ...options, postgresUrl: await postgresUrl() })
  const command = await findTemporal(options.report)
  await claimServer(options.stateDir, 'temporal', 'SIGTERM')
  const portsFile = join(serverDir(options.stateDir, 'temporal'), 'server.json')
  const remembered = await readPorts(portsFile)
  const port = await choosePort('Temporal', options.port, remembered.port)
  const uiPort = await choosePort('Temporal UI', undefined, remembered.uiPort)
  await writeJson(portsFile, { port, uiPort })
  return timed(options.report, 'temporal', `start on 127.0.0.1:${port}`, async () => {
    const running = await spawnServer(
      {
        name: 'temporal',
        stateDir: options.stateDir,
        command,
        args: [...serverArgs(options, port, uiPort), '--metrics-port', String(await findFreePort())],
        stopSignal: 'SIGTERM',
        stopTimeoutMs: 15_000,
      },
      port,
    )
    const server = {
      ...running,
      address: `127.0.0.1:${port}`,
      uiUrl: `http://127.0.0.1:${uiPort}`,
      namespace: options.namespace,
    }
    await waitReady(server, () => isServing(server.address, frontendHealth, 2000), 60_000)
    await settle(command, server, options)
    return server
  })
}
