import type pg from 'pg'
import type { CountyTable } from './tables.ts'

const bytesAtOnce = 16 * 1024 * 1024
const rowsAtMost = 2_000

const ofCounty = ({ name, countyColumn }: CountyTable) => `from "${name}" t where t."${countyColumn}" = $1`

/** Rows of a county in a table, and a sum over all of them that is the same for the same rows in whatever order. */
export type Counted = { rows: number; sum: string }

/** @param how as it is copied, or as it lies there */
export async function countRows(
  client: pg.Client,
  table: CountyTable,
  countyId: string,
  how: 'COPIED' | 'LYING',
): Promise<Counted & { widest: number }> {
  const columns = table.columns.map(({ name, copied }) => (how === 'COPIED' ? copied : `"${name}"`))
  const text = `row(${columns.join(', ')})::text`
  const { rows } = await client.query(
    `select count(*)::int as rows, coalesce(sum(hashtextextended(${text}, 0)::numeric), 0)::text as sum,
       coalesce(max(octet_length(${text})), 0)::int as widest ${ofCounty(table)}`,
    [countyId],
  )
  return rows[0]
}

/**
 * Copies the county's rows of a table, as texts that PostgreSQL writes and reads, some megabytes at a time. Both are in a
 * transaction; the tables have the same columns.
 * @returns how many there were
 */
export async function copyRows(
  from: pg.Client,
  to: pg.Client,
  table: CountyTable,
  countyId: string,
  widest: number,
): Promise<number> {
  const atOnce = Math.max(1, Math.min(rowsAtMost, Math.floor(bytesAtOnce / Math.max(widest, 1))))
  const names = table.columns.map(({ name }) => `"${name}"`).join(', ')
  const copied = table.columns
    .map(({ copied: column }) => (column.startsWith('"') ? `(r.t).${column}` : column))
    .join(', ')
  await from.query(`declare moving no scroll cursor for select t::text as text ${ofCounty(table)}`, [countyId])
  let count = 0
  for (;;) {
    const { rows } = await from.query<{ text: string }>(`fetch ${atOnce} from moving`)
    if (rows.length === 0) break
    await to.query(
      `insert into "${table.name}" (${names}) select ${copied} from (select x::"${table.name}" as t from unnest($1::text[]) x) r`,
      [rows.map(({ text }) => text)],
    )
    count += rows.length
  }
  await from.query('close moving')
  return count
}

export const deleteRows = async (client: pg.Client, table: CountyTable, countyId: string): Promise<number> =>
  (await client.query(`delete ${ofCounty(table)}`, [countyId])).rowCount ?? 0

/** References that lead nowhere: while rows are copied the database does not look. */
export async function findDangling(
  client: pg.Client,
  tables: readonly CountyTable[],
  countyId: string,
): Promise<string[]> {
  const { rows } = await client.query<{
    name: string
    child: string
    parent: string
    pairs: { from: string; to: string }[]
  }>(`
    select k.conname as name, c.relname as child, p.relname as parent,
      (select jsonb_agg(jsonb_build_object('from', a.attname, 'to', b.attname))
       from unnest(k.conkey, k.confkey) as pair (own, other)
       join pg_attribute a on a.attrelid = k.conrelid and a.attnum = pair.own
       join pg_attribute b on b.attrelid = k.confrelid and b.attnum = pair.other) as pairs
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class p on p.oid = k.confrelid
    where k.contype = 'f' and c.relnamespace = 'public'::regnamespace`)
  const dangling: string[] = []
  for (const { name, child, parent, pairs } of rows) {
    const table = tables.find(known => known.name === child)
    if (!table) continue
    const given = pairs.map(({ from }) => `t."${from}" is not null`).join(' and ')
    const met = pairs.map(({ from, to }) => `p."${to}" = t."${from}"`).join(' and ')
    const found = await client.query(
      `select 1 ${ofCounty(table)} and ${given} and not exists (select from "${parent}" p where ${met}) limit 1`,
      [countyId],
    )
    if (found.rows.length > 0) dangling.push(name)
  }
  return dangling
}
