import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { PrismaPg } from '@prisma/adapter-pg'
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
} from '@prisma/driver-adapter-utils'
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'

/** A thrown error of `pg` as far as it is of use in a message. */
interface SqlProblem {
  code: string
  message: string
}

/** The part of the global that is used; the compiler knows its type only together with a browser's whole DOM. */
const { WebAssembly: wasm } = globalThis as unknown as {
  WebAssembly: {
    instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: Record<string, unknown> } }>
  }
}

/** The engine's own timers (ten seconds for its lock) outlive its work; they must not keep a process from ending. */
const withoutLinger = (imports: Record<string, unknown>): Record<string, unknown> => {
  const changed = { ...imports }
  for (const [name, original] of Object.entries(imports)) {
    if (!name.startsWith('__wbg_setTimeout') || typeof original !== 'function') continue
    changed[name] = (...args: unknown[]): unknown => {
      const timer: unknown = original(...args)
      if (timer instanceof Object && 'unref' in timer && typeof timer.unref === 'function') timer.unref()
      return timer
    }
  }
  return changed
}

let loaded: Promise<void> | undefined

/** Binds the WebAssembly by hand: importing `.wasm` is not possible everywhere that Node code runs (Jest). */
const loadEngine = (): Promise<void> => {
  loaded ??= (async () => {
    const require = createRequire(import.meta.url)
    const bytes = await readFile(
      require.resolve('@prisma/schema-engine-wasm/schema_engine_bg').replace(/\.js$/, '.wasm'),
    )
    const { instance } = await wasm.instantiate(bytes, { './schema_engine_bg.js': withoutLinger({ ...engine }) })
    engine.__wbg_set_wasm(instance.exports)
    const start = instance.exports.__wbindgen_start
    if (typeof start === 'function') start()
  })()
  return loaded
}

const fieldOf = (error: object, name: string): string => {
  const value: unknown = Reflect.get(error, name)
  return typeof value === 'string' ? value : ''
}

const runOnce = async (url: string, sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

/**
 * The adapter's own script runner cuts a script at every semicolon, which breaks function bodies. PostgreSQL takes a
 * whole script in one simple query, as Prisma's native engine sends it, and runs it as one transaction.
 */
const sendWhole = (adapter: SqlDriverAdapter, url: string, onProblem: (problem: SqlProblem) => void): void => {
  adapter.executeScript = async script => {
    try {
      await runOnce(url, script)
    } catch (error) {
      if (typeof error !== 'object' || error === null) throw error
      const problem = { code: fieldOf(error, 'code'), message: fieldOf(error, 'message') }
      onProblem(problem)
      throw new DriverAdapterError({
        kind: 'postgres',
        ...problem,
        severity: fieldOf(error, 'severity') || 'ERROR',
        detail: undefined,
        column: undefined,
        hint: fieldOf(error, 'hint') || undefined,
      })
    }
  }
}

/** The one type of PostgreSQL's catalogue that the adapter does not know: `"char"`, a single byte. */
const singleCharOid = 18
const textOid = 25

/**
 * The describer reads `"char"` columns of the catalogue and the adapter refuses them. They pass through its reading as
 * text and are then called what they are.
 */
const readSingleChars = (adapter: SqlDriverAdapter): void => {
  const io = adapter as unknown as { performIO(query: SqlQuery): Promise<{ fields: { dataTypeID: number }[] }> }
  const performIO = io.performIO.bind(adapter)
  const queryRaw = adapter.queryRaw.bind(adapter)
  const singleChars = new WeakMap<SqlQuery, number[]>()
  io.performIO = async query => {
    const result = await performIO(query)
    const found = result.fields.flatMap((field, index) => (field.dataTypeID === singleCharOid ? [index] : []))
    for (const index of found) Object.assign(result.fields[index] ?? {}, { dataTypeID: textOid })
    singleChars.set(query, found)
    return result
  }
  adapter.queryRaw = async query => {
    const result = await queryRaw(query)
    for (const index of singleChars.get(query) ?? []) result.columnTypes[index] = ColumnTypeEnum.Character
    return result
  }
}

/**
 * A database of its own for the engine to play migrations in. The adapter's own way drops the database before it has
 * left it, which fails.
 */
const openShadow = async (url: string): Promise<{ adapter: SqlDriverAdapter; shadowUrl: string }> => {
  const database = `prisma_migrate_shadow_db_${randomUUID()}`
  await runOnce(url, `create database "${database}"`)
  const shadowUrl = new URL(url)
  shadowUrl.pathname = `/${database}`
  const adapter = await new PrismaPg({ connectionString: shadowUrl.href }).connect()
  const leave = adapter.dispose.bind(adapter)
  adapter.dispose = async () => {
    await leave()
    await runOnce(url, `drop database if exists "${database}" with (force)`)
  }
  return { adapter, shadowUrl: shadowUrl.href }
}

interface WholeScriptFactory {
  factory: SqlMigrationAwareDriverAdapterFactory
  dispose(): Promise<void>
}

/** Prisma's factory, whose adapters send scripts whole, on the shadow database as well. */
const wholeScriptFactory = (url: string, onProblem: (problem: SqlProblem) => void): WholeScriptFactory => {
  const inner = new PrismaPg({ connectionString: url })
  const adapters: SqlDriverAdapter[] = []
  const prepared = (adapter: SqlDriverAdapter, database: string): SqlDriverAdapter => {
    sendWhole(adapter, database, onProblem)
    readSingleChars(adapter)
    adapters.push(adapter)
    return adapter
  }
  const factory: SqlMigrationAwareDriverAdapterFactory = {
    provider: inner.provider,
    adapterName: inner.adapterName,
    connect: async () => prepared(await inner.connect(), url),
    connectToShadowDb: async () => {
      const { adapter, shadowUrl } = await openShadow(url)
      return prepared(adapter, shadowUrl)
    },
  }
  return { factory, dispose: async () => void (await Promise.allSettled(adapters.map(adapter => adapter.dispose()))) }
}

/** The schema engine on one database, and the last SQL error that it met. */
export interface BoundSchemaEngine {
  engine: engine.SchemaEngine
  lastProblem(): SqlProblem | undefined
  /** Ends its connections: an idle one would hold the engine's advisory lock against the next run. */
  close(): Promise<void>
}

/**
 * Prisma's schema engine as WebAssembly, bound to a database.
 *
 * @param url superuser or owner URL
 */
export const openSchemaEngine = async (url: string): Promise<BoundSchemaEngine> => {
  await loadEngine()
  let problem: SqlProblem | undefined
  const { factory, dispose } = wholeScriptFactory(url, found => {
    problem = found
  })
  const opened = await engine.SchemaEngine.new(
    { datamodels: undefined },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(factory),
  )
  const close = async (): Promise<void> => {
    opened.free()
    await dispose()
  }
  return { engine: opened, lastProblem: () => problem, close }
}
