import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { childEnvironment } from './env.ts'
import { stackFault } from './fault.ts'
import { readJson, writeJson } from './files.ts'
import { identify, isAlive, type ProcessIdentity, waitGone } from './process-identity.ts'
import { lastLines } from './run-command.ts'

/** How a process ended. */
export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
}

/** A server that devstack started, or that an address in the environment names (`pid` null: not ours to end). */
export interface RunningServer {
  name: string
  pid: number | null
  port: number
  logFile: string | null
  /** Settles when the process has ended, however it did; never for a server that is not ours. */
  exited: Promise<Exit>
  /** Ends it in its own way, by force after a bounded wait. Calling it twice is no error. */
  stop(): Promise<void>
  kill(signal: NodeJS.Signals): void
}

/** How a server is to be started. */
export interface ServerCommand {
  name: string
  stateDir: string
  command: string
  args: string[]
  env?: Record<string, string>
  cwd?: string
  uid?: number
  gid?: number
  stopSignal: NodeJS.Signals
  /** Bound of a polite stop before SIGKILL. */
  stopTimeoutMs: number
}

interface ProcessRecord {
  server: ProcessIdentity
  supervisor: ProcessIdentity
}

const logLimitBytes = 20_000_000

/** The folder of one server in a state folder. */
export const serverDir = (stateDir: string, name: string): string => join(stateDir, name)

/** The log file of one server in a state folder. */
export const logFileOf = (stateDir: string, name: string): string => join(stateDir, 'logs', `${name}.log`)

/** Opens a log file for appending; one that has grown large is set aside first, so that two files are the most. */
export const openLog = (path: string): number => {
  mkdirSync(dirname(path), { recursive: true })
  try {
    if (statSync(path).size > logLimitBytes) renameSync(path, `${path}.1`)
  } catch {
    // There is no log yet.
  }
  return openSync(path, 'a', 0o600)
}

const asIdentity = (value: unknown): ProcessIdentity | undefined =>
  typeof value === 'object' && value !== null && 'pid' in value && 'startedAt' in value
    ? { pid: Number(value.pid), startedAt: String(value.startedAt) }
    : undefined

const readRecord = async (path: string): Promise<ProcessRecord | undefined> => {
  const value = await readJson(path)
  if (typeof value !== 'object' || value === null || !('server' in value) || !('supervisor' in value)) return undefined
  const server = asIdentity(value.server)
  const supervisor = asIdentity(value.supervisor)
  return server && supervisor ? { server, supervisor } : undefined
}

/** Signals a process that may have ended a moment ago. */
const signalIfAlive = (identity: ProcessIdentity, signal: NodeJS.Signals): void => {
  if (isAlive(identity)) process.kill(identity.pid, signal)
}

/**
 * Makes the state folder of a server ours: a server that an earlier supervisor left behind when it was killed is
 * ended, one whose supervisor still lives is respected with an error.
 *
 * @param stopSignal the signal with which this kind of server ends in order
 */
export const claimServer = async (stateDir: string, name: string, stopSignal: NodeJS.Signals): Promise<void> => {
  await mkdir(serverDir(stateDir, name), { recursive: true })
  const record = await readRecord(join(serverDir(stateDir, name), 'process.json'))
  if (!record || !isAlive(record.server)) return
  const ours = record.supervisor.pid === process.pid
  // A server that was killed a moment ago may not have been reaped yet.
  if (ours && (await waitGone(record.server, 1000))) return
  if (ours || isAlive(record.supervisor)) {
    throw stackFault('ALREADY_RUNNING', {
      zh: `${name} 已由进程 ${record.supervisor.pid} 在 ${stateDir} 中运行：请先停止它，或换一个状态目录。`,
      en: `${name} already runs in ${stateDir} under process ${record.supervisor.pid}: stop that first, or use another state folder.`,
    })
  }
  signalIfAlive(record.server, stopSignal)
  if (await waitGone(record.server, 10_000)) return
  signalIfAlive(record.server, 'SIGKILL')
  await waitGone(record.server, 10_000)
}

const exitOf = (child: ChildProcess): Promise<Exit> =>
  new Promise(resolve => {
    child.once('error', () => resolve({ code: null, signal: null }))
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })

/** Resolves to true when `promise` settles within the bound. */
const settlesWithin = async (promise: Promise<unknown>, timeoutMs: number): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>(resolve => {
    timer = setTimeout(resolve, timeoutMs, false)
  })
  try {
    return await Promise.race([promise.then(() => true), late])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Starts a server in a session of its own, so that a Ctrl-C in the terminal reaches only the supervisor, which then
 * ends things in order. Output goes to a log file; the process is recorded for a later start to recognise.
 */
export const spawnServer = async (server: ServerCommand, port: number): Promise<RunningServer> => {
  const logFile = logFileOf(server.stateDir, server.name)
  const log = openLog(logFile)
  const child = spawn(server.command, server.args, {
    detached: true,
    stdio: ['ignore', log, log],
    env: childEnvironment(server.env),
    ...(server.cwd === undefined ? {} : { cwd: server.cwd }),
    ...(server.uid === undefined ? {} : { uid: server.uid }),
    ...(server.gid === undefined ? {} : { gid: server.gid }),
  })
  closeSync(log)
  const exited = exitOf(child)
  const pid = child.pid
  const identity = pid === undefined ? undefined : identify(pid)
  if (identity) {
    await writeJson(join(serverDir(server.stateDir, server.name), 'process.json'), {
      server: identity,
      supervisor: identify(process.pid),
    })
  }
  const running = (): boolean => pid !== undefined && child.exitCode === null && child.signalCode === null
  return {
    name: server.name,
    pid: pid ?? null,
    port,
    logFile,
    exited,
    kill: signal => {
      if (running()) child.kill(signal)
    },
    stop: async () => {
      if (!running()) return
      child.kill(server.stopSignal)
      if (await settlesWithin(exited, server.stopTimeoutMs)) return
      child.kill('SIGKILL')
      await exited
    },
  }
}

/** A server that runs elsewhere: nothing to end, nothing to watch. */
export const foreignServer = (name: string, port: number): RunningServer => ({
  name,
  pid: null,
  port,
  logFile: null,
  exited: new Promise<Exit>(() => undefined),
  stop: async () => undefined,
  kill: () => undefined,
})

/** The last lines of a log file, empty when there is none. */
export const logTail = (path: string, count = 14): string => {
  try {
    return lastLines(readFileSync(path, 'utf8').slice(-8000), count)
  } catch {
    return ''
  }
}

/**
 * Waits until a server answers. One that ends meanwhile, or does not answer in time, is gone when this throws, and
 * the error names its log and quotes the last lines.
 *
 * @param probe really connects; false or an error means not yet
 */
export const waitReady = async (
  server: RunningServer,
  probe: () => Promise<boolean>,
  timeoutMs: number,
): Promise<void> => {
  const endAt = performance.now() + timeoutMs
  let exit: Exit | undefined
  server.exited.then(found => {
    exit = found
  })
  while (true) {
    if (exit) throw diedFault(server, exit)
    if (await probe().catch(() => false)) return
    if (performance.now() > endAt) break
    await settlesWithin(server.exited, 50)
  }
  await server.stop()
  const tail = server.logFile ? logTail(server.logFile) : ''
  throw stackFault('SERVER_NOT_READY', {
    zh: `${server.name} 在 ${timeoutMs / 1000} 秒内没有就绪，已停止；请查看日志 ${server.logFile}，最后几行：\n${tail}`,
    en: `${server.name} was not ready within ${timeoutMs / 1000} s and was stopped; see its log ${server.logFile} (last lines above).`,
  })
}

const diedFault = (server: RunningServer, exit: Exit): Error => {
  const how = exit.signal ?? (exit.code === null ? 'could not be run' : `exit code ${exit.code}`)
  const tail = server.logFile ? logTail(server.logFile) : ''
  return stackFault('SERVER_DIED', {
    zh: `${server.name} 在启动时退出（${how}）；请查看日志 ${server.logFile}，最后几行：\n${tail}`,
    en: `${server.name} ended while starting (${how}); see its log ${server.logFile} (last lines above).`,
  })
}
