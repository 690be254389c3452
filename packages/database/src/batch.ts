import { type AliasedRawBuilder, type RawBuilder, sql } from 'kysely'

export type SqlType = 'uuid' | 'text' | 'int' | 'bigint' | 'boolean' | 'date' | 'timestamptz' | 'jsonb' | 'bytea'

/** The column of a key, as the plugin of `kyselyOf` writes it. */
export const columnOf = (key: string): string => key.replace(/(?<![A-Z])[A-Z]/g, '_$&').toLowerCase()

const json = (value: unknown): unknown => {
  if (typeof value === 'bigint') return value.toString()
  return value instanceof Uint8Array ? `\\x${Buffer.from(value).toString('hex')}` : value
}

/**
 * Rows as the table `batch` of a statement: one parameter and one text of SQL, however many they are.
 *
 *     db.selectFrom(batchOf(records, { memberId: 'uuid', owesSince: 'date' })).select(['memberId', 'owesSince'])
 *
 * @param columns the keys to take over and what they are in PostgreSQL; what a row lacks is null
 */
export const batchOf = <Row extends object, Key extends keyof Row & string>(
  rows: readonly Row[],
  columns: Readonly<Record<Key, SqlType>>,
): AliasedRawBuilder<Pick<Row, Key>, 'batch'> => {
  const keys = Object.keys(columns) as Key[]
  const text = JSON.stringify(rows.map(row => Object.fromEntries(keys.map(key => [columnOf(key), json(row[key])]))))
  const list = sql.join(keys.map(key => sql`${sql.ref(key)} ${sql.raw(columns[key])}`))
  return sql<Pick<Row, Key>>`jsonb_to_recordset(${text}::jsonb)`.as<'batch'>(sql`batch (${list})`)
}

/**
 * `any` of a list, one parameter whatever its length, an empty one too: `where('memberId', '=', anyOf(memberIds))`.
 * `in` makes another statement for each length and a wrong one of none.
 */
export const anyOf = <Value>(values: readonly Value[], type: SqlType = 'uuid'): RawBuilder<Value> =>
  sql<Value>`any (${values}::${sql.raw(type)}[])`
