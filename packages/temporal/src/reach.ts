import { readFile } from 'node:fs/promises'
import { Client, type ClientOptions, Connection } from '@temporalio/client'
import { NativeConnection } from '@temporalio/worker'
import type { TemporalEnvironment } from './environment.ts'
import { temporalSecurityOf } from './security.ts'

type Log = Record<'info' | 'warn', (fields: object, message: string) => void>

const everyMs = 1_000
/** A worker's last question over a connection that was replaced is answered after a minute at most. */
const lingerMs = 75_000

/** What the files of a certificate say, and the key: where it is something else, somebody else comes. */
async function said(env: TemporalEnvironment): Promise<string> {
  const files = [env.TEMPORAL_CA_FILE, env.TEMPORAL_CERT_FILE, env.TEMPORAL_KEY_FILE]
  const texts = await Promise.all(files.map(file => (file === undefined ? '' : readFile(file, 'utf8'))))
  return JSON.stringify([...texts, env.TEMPORAL_API_KEY])
}

/** Temporal lets this process in nowhere; nothing but another key, certificate or namespace mends that. */
export class TemporalRefused extends Error {
  override name = 'TemporalRefused'
}

const refusals = {
  NOT_FOUND: 'TEMPORAL_NAMESPACE: Temporal has no such namespace (Temporal 没有该命名空间)',
  DENIED:
    'TEMPORAL_API_KEY, TEMPORAL_CERT_FILE: Temporal does not let them into TEMPORAL_NAMESPACE, or they have ended (Temporal 拒绝该密钥或证书，或其已过期)',
}
type Fault = { code?: unknown; message?: string; cause?: unknown }

/** What a server says of whom it does not let in: gRPC's numbers in the one client, words in the other, wrapped in both. */
function refusalIn(error: unknown): TemporalRefused | null {
  for (let fault = error as Fault | undefined; fault; fault = fault.cause as Fault | undefined) {
    const { code, message = '' } = fault
    if (code === 7 || code === 16 || /does not have (permission|valid authentication credentials)/.test(message))
      return new TemporalRefused(refusals.DENIED)
    if (code === 5) return new TemporalRefused(refusals.NOT_FOUND)
  }
  return null
}

type Options = Omit<ClientOptions, 'connection'>

async function open(env: TemporalEnvironment, options: Options) {
  const at = { address: env.TEMPORAL_ADDRESS, ...temporalSecurityOf(env) }
  const opened: { close(): Promise<void> }[] = []
  try {
    // This one first: where nobody is, it says so at once, and whoever stops meanwhile need not wait for it.
    const native = await NativeConnection.connect(at)
    opened.push(native)
    const connection = await Connection.connect({ ...at, connectTimeout: '30 seconds' })
    opened.push(connection)
    // Whom it lets in a server says of a namespace, not of a connection.
    await connection.workflowService.describeNamespace({ namespace: env.TEMPORAL_NAMESPACE })
    return { native, connection, client: new Client({ ...options, connection }) }
  } catch (error) {
    for (const each of opened) await each.close()
    throw refusalIn(error) ?? error
  }
}
type Reached = Awaited<ReturnType<typeof open>>

async function close({ connection, native }: Reached): Promise<void> {
  await connection.close()
  await native.close()
}

/**
 * Temporal, as a worker and a client reach it, with the certificate and the key that the files hold now: new ones are
 * taken with a connection of their own once it is let in, and the old one is closed when nobody waits for an answer on it
 * any more. Those that are not let in are told once, and the connection that stands is used on.
 * @param options what the client is made with, but for its connection
 */
export async function reachTemporal(env: TemporalEnvironment, options: Options, log: Log) {
  let known = await said(env)
  let refused: string | undefined
  let reached = await open(env, options)
  const old = new Set<Reached>()
  let replaced: (native: NativeConnection) => void = () => undefined

  const take = (next: Reached): void => {
    const before = reached
    reached = next
    replaced(next.native)
    old.add(before)
    setTimeout(() => {
      if (old.delete(before))
        close(before).catch(error => log.warn({ reason: (error as Error).name }, 'an old connection to Temporal stays'))
    }, lingerMs).unref()
  }
  const look = async (): Promise<void> => {
    const present = await said(env).catch(() => known)
    if (present === known) return
    try {
      take(await open(env, options))
      known = present
      refused = undefined
      log.info({}, 'Temporal is reached with a new certificate or key')
    } catch (error) {
      // Tried again each second all the same: a certificate and its key may be read on both sides of their change.
      if (present !== refused)
        log.warn({ reason: (error as Error).name }, 'Temporal is not reached with the new certificate or key')
      refused = present
    }
  }
  let looking: Promise<void> | undefined
  const timer = setInterval(() => {
    looking ??= look().finally(() => {
      looking = undefined
    })
  }, everyMs)
  timer.unref()

  return {
    get client(): Client {
      return reached.client
    },
    get native(): NativeConnection {
      return reached.native
    },
    /** @param told is given each connection that takes the place of another: `worker.connection = native` */
    onReplaced(told: (native: NativeConnection) => void): void {
      replaced = told
    },
    async close(): Promise<void> {
      clearInterval(timer)
      await looking
      const all = [...old, reached]
      old.clear()
      for (const each of all) await close(each)
    },
  }
}
