import {
  type AliasedRawBuilder,
  type InsertQueryBuilder,
  type InsertResult,
  type Kysely,
  type RawBuilder,
  type SelectType,
  sql,
} from 'kysely'

const columnNames = new Map<string, string>()
/** A column's name for its key, as the plugin of `kyselyOf` writes it. Kept: a batch asks for each key of each of its rows. */
export function columnName(key: string): string {
  const known = columnNames.get(key)
  if (known !== undefined) return known
  const name = key.replace(/(?<![A-Z])[A-Z]/g, '_$&').toLowerCase()
  columnNames.set(key, name)
  return name
}

const inJson = (value: unknown): unknown => {
  if (typeof value === 'bigint') return value.toString()
  return value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : value
}

const recordOf = (row: object): object =>
  Object.fromEntries(Object.entries(row).map(([key, value]) => [columnName(key), inJson(value)]))

/**
 * Rows as the table `batch` of a statement: one parameter and one text of SQL, however many they are, none too.
 *
 * @param table the table whose columns say of what type the keys are; keys that are no column of it stay behind
 * @param rows values as they are read: documents as they are and not as text; what a row lacks is null
 */
export const batchOf = <Row extends object>(table: string, rows: readonly Row[]): AliasedRawBuilder<Row, 'batch'> =>
  sql<Row>`jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows.map(recordOf))}::jsonb)`.as(
    'batch',
  )

/**
 * Inserts a batch in one statement. What it meets, and what it returns, is said as of any insert:
 *
 *     insertBatch(db, 'duesRecord', ['memberId', ...changing], records)
 *       .onConflict(found => found.column('memberId').doUpdateSet(excluded(changing)))
 *       .returning('memberId')
 *
 * @param keys the columns that are written; the others take their defaults
 */
export const insertBatch = <DB, Table extends keyof DB & string, Key extends keyof DB[Table] & string>(
  db: Kysely<DB>,
  table: Table,
  keys: readonly Key[],
  rows: readonly { [K in Key]: SelectType<DB[Table][K]> }[],
): InsertQueryBuilder<DB, Table, InsertResult> =>
  db
    .insertInto(table)
    .columns(keys)
    .expression(sql`select ${sql.join(keys.map(key => sql.ref(key)))} from ${batchOf(table, rows)}`)

/** What an insert wanted to write into columns where it has met a row. */
export const excluded = <Key extends string>(keys: readonly Key[]): Record<Key, RawBuilder<never>> =>
  Object.fromEntries(keys.map(key => [key, sql.ref(`excluded.${key}`)])) as Record<Key, RawBuilder<never>>

/**
 * `any` of a list, one parameter whatever its length, an empty one too: `where('memberId', '=', anyOf(memberIds))`.
 * `in` makes another statement for each length and a wrong one of none.
 *
 * @param type what the values are in PostgreSQL
 */
export const anyOf = <Value>(values: readonly Value[], type: 'uuid' | 'text' | 'bigint' = 'uuid'): RawBuilder<Value> =>
  sql<Value>`any (${values}::${sql.raw(type)}[])`
