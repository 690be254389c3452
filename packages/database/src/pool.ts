import { context, SpanKind, trace } from '@opentelemetry/api'
import pg from 'pg'
import { createAddress, type DatabaseAddress, isLoginRefused } from './database-address.ts'
import { keepStatements } from './kept-statements.ts'
import { clientConfigOf } from './reach.ts'

const tracer = trace.getTracer('linghang.postgresql')

/** What `pg` sends when a connection begins; its types do not know it. */
type Starting = { getStartupConf(this: pg.Client): Record<string, string> }

/** A connection whose statements are spans: their text, which holds placeholders, and never their values. */
class TracedClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config)
    // Between its hands (the pool's, then whoever has borrowed it) a connection that is cut has no listener, and without
    // one it ends the process. Whoever uses it is told by the statement that fails.
    this.on('error', () => undefined)
  }

  /**
   * Prisma reads and writes instants as UTC whatever the session says: in another zone it would be hours off. Said as the
   * setting itself and not within `options`, which a pooler does not pass on: this one it keeps for each client.
   */
  getStartupConf(): Record<string, string> {
    return { ...(pg.Client.prototype as unknown as Starting).getStartupConf.call(this), TimeZone: 'UTC' }
  }

  // biome-ignore lint/suspicious/noExplicitAny: pg's query has eleven overloads; this passes all of them through.
  override query(...args: any[]): any {
    const parent = trace.getActiveSpan()
    const run = () => (super.query as (...all: unknown[]) => unknown)(...args)
    if (!parent?.isRecording()) return run()
    const [first] = args as [string | { text?: string }]
    const text = (typeof first === 'string' ? first : first?.text) ?? 'COPY'
    const span = tracer.startSpan(text.trimStart().split(/\s/, 1)[0]?.toUpperCase() ?? 'SQL', {
      kind: SpanKind.CLIENT,
      attributes: { 'db.system.name': 'postgresql', 'db.query.text': text.slice(0, 500) },
    })
    const result = context.with(trace.setSpan(context.active(), span), run)
    if (result instanceof Promise)
      result.then(
        () => span.end(),
        () => span.end(),
      )
    else span.end()
    return result
  }
}

const connectMs = 5_000
const betweenLoginsMs = 200

/** Asks again while a login is refused that was good before: its password is just being changed. */
class PatientPool extends pg.Pool {
  readonly #address: DatabaseAddress

  constructor(config: pg.PoolConfig, address: DatabaseAddress) {
    super(config)
    this.#address = address
  }

  // biome-ignore lint/suspicious/noExplicitAny: pg's pool is asked with a callback by itself and with none by others.
  override connect(callback?: any): any {
    const asked = this.#patiently()
    if (callback === undefined) return asked
    asked.then(
      client => callback(undefined, client, client.release),
      error => callback(error, undefined, () => undefined),
    )
  }

  async #patiently(): Promise<pg.PoolClient> {
    const endAt = performance.now() + connectMs
    for (;;) {
      try {
        return await super.connect()
      } catch (error) {
        if (!isLoginRefused(error) || !this.#address.mayChange() || performance.now() > endAt) throw error
        await new Promise(resolve => setTimeout(resolve, betweenLoginsMs))
      }
    }
  }
}

/** `nameOf`: under which a connection keeps a statement. */
export type Pool = pg.Pool & { nameOf: ReturnType<typeof keepStatements> }

/**
 * A bounded pool of traced connections. A broken connection is replaced; the pool itself never throws unasked.
 * @param databaseUrl or what says the present one: connections that are open stay, the next is opened there
 * @param options.keep how many statements each connection keeps prepared, and from which time on
 */
export function createPool(
  databaseUrl: string | (() => string),
  options: { max: number; applicationName: string; keep?: Parameters<typeof keepStatements>[0] },
): Pool {
  const address = createAddress(databaseUrl)
  class Client extends TracedClient {
    readonly #at: string
    constructor(config?: pg.ClientConfig) {
      const connectionString = address.next()
      super({ ...config, ...clientConfigOf(connectionString) })
      this.#at = connectionString
    }
    // biome-ignore lint/suspicious/noExplicitAny: pg's pool asks with a callback, whatever its types say of a promise.
    override connect(callback?: any): any {
      const asked = super.connect().then(
        () => address.told(this.#at),
        error => {
          address.told(this.#at, error)
          throw error
        },
      )
      if (callback === undefined) return asked
      asked.then(() => callback(), callback)
    }
  }
  const pool = new PatientPool(
    {
      max: options.max,
      application_name: options.applicationName,
      connectionTimeoutMillis: connectMs,
      idleTimeoutMillis: 60_000,
      keepAlive: true,
      Client,
    },
    address,
  )
  // Without a listener a connection that dies while idle ends the process.
  pool.on('error', () => undefined)
  return Object.assign(pool, { nameOf: keepStatements(options.keep) })
}
