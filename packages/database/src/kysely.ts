import {
  CamelCasePlugin,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely'

/** What the packages need of a Prisma transaction: statements with bound values. */
export type RawTx = {
  $queryRawUnsafe<T = unknown>(sql: string, ...values: unknown[]): Promise<T>
  $executeRawUnsafe(sql: string, ...values: unknown[]): Promise<number>
}

/** The tables of a service as generated, with the column of `org_node` whose type Prisma does not know: its ltree. */
export type TablesOf<DB extends { orgNode: object }> = Omit<DB, 'orgNode'> & {
  orgNode: DB['orgNode'] & { path: string }
}

const writing: ReadonlySet<string> = new Set([
  'InsertQueryNode',
  'UpdateQueryNode',
  'DeleteQueryNode',
  'MergeQueryNode',
])

/** A statement that writes and returns no rows: what it is asked for is their number. */
const isCounted = ({ query }: CompiledQuery): boolean =>
  writing.has(query.kind) && !('returning' in query && query.returning !== undefined)

const connectionOf = (tx: RawTx): DatabaseConnection => ({
  async executeQuery<Row>(compiled: CompiledQuery) {
    const { sql, parameters } = compiled
    if (!isCounted(compiled)) return { rows: await tx.$queryRawUnsafe<Row[]>(sql, ...parameters) }
    const written = await tx.$executeRawUnsafe(sql, ...parameters)
    return { rows: [], numAffectedRows: BigInt(written) }
  },
  streamQuery() {
    throw new Error('rows of a transaction of Prisma are read whole')
  },
})

const nothing = async (): Promise<void> => undefined
const refuse = async (): Promise<never> => {
  throw new Error('a transaction begins, ends and has its savepoints where it was opened, not in Kysely')
}

const compiler = new PostgresQueryCompiler()
const dialectOn = (tx: RawTx): Dialect => ({
  createAdapter: () => new PostgresAdapter(),
  createIntrospector: db => new PostgresIntrospector(db),
  createQueryCompiler: () => compiler,
  createDriver: () => ({
    init: nothing,
    destroy: nothing,
    acquireConnection: async () => connectionOf(tx),
    releaseConnection: nothing,
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    savepoint: refuse,
    rollbackToSavepoint: refuse,
    releaseSavepoint: refuse,
  }),
})

// Keys inside of documents stay as they were written.
const plugins = [new CamelCasePlugin({ maintainNestedObjectKeys: true })]

const opened = new WeakMap<RawTx, unknown>()

/**
 * Typed SQL in a transaction of Prisma: what is written through models is seen here and the other way round, row-level
 * security holds, and all of it is committed or rolled back together. Keys are camelCase, columns snake_case.
 *
 * Rows give a `date` as 'YYYY-MM-DD' (a client on `createAdapter`), an instant as Date, int8 as bigint, bytea as
 * Uint8Array. Errors are Prisma's: see `sqlStateOf`.
 *
 * @typeParam Tables `TablesOf` a service's generated `DB`
 */
export const kyselyOf = <Tables>(tx: RawTx): Kysely<Tables> => {
  const known = opened.get(tx) as Kysely<Tables> | undefined
  if (known) return known
  const made = new Kysely<Tables>({ dialect: dialectOn(tx), plugins })
  opened.set(tx, made)
  return made
}
