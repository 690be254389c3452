import { context, SpanKind, trace } from '@opentelemetry/api'
import pg from 'pg'
import { keepStatements } from './kept-statements.ts'

const tracer = trace.getTracer('linghang.postgresql')

/** A connection whose statements are spans: their text, which holds placeholders, and never their values. */
class TracedClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config)
    // Between its hands (the pool's, then whoever has borrowed it) a connection that is cut has no listener, and without
    // one it ends the process. Whoever uses it is told by the statement that fails.
    this.on('error', () => undefined)
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

/** `nameOf`: under which a connection keeps a statement. */
export type Pool = pg.Pool & { nameOf: ReturnType<typeof keepStatements> }

/**
 * A bounded pool of traced connections. A broken connection is replaced; the pool itself never throws unasked.
 * @param options.keep how many statements each connection keeps prepared, and from which time on
 */
export function createPool(
  databaseUrl: string,
  options: { max: number; applicationName: string; keep?: Parameters<typeof keepStatements>[0] },
): Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: options.max,
    application_name: options.applicationName,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    // Prisma reads and writes instants as UTC whatever the session says: in another zone it would be hours off.
    options: '-c timezone=UTC',
    Client: TracedClient,
  })
  // Without a listener a connection that dies while idle ends the process.
  pool.on('error', () => undefined)
  return Object.assign(pool, { nameOf: keepStatements(options.keep) })
}
