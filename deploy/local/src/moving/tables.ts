import { stackFault } from '@linghang/devstack'
import type pg from 'pg'

/** A table with rows of counties: by which column they are a county's, and what is copied of each column. */
export type CountyTable = { name: string; countyColumn: string; columns: { name: string; copied: string }[] }

/** Of no county, or of this cell alone; each with the reason. */
const staying: Readonly<Record<string, string>> = {
  outbox_event: 'empty of the county when it is copied',
  processed_event: 'what was heard in this cell’s Kafka, which the other one does not have',
  dead_letter: 'of this cell’s Kafka; none of the county is left when it is copied',
  published_position: 'of this cell’s Kafka',
  county_move: 'how the county stands in this cell',
  city: 'above counties, and of this cell',
  city_office: 'logins of this cell’s cities',
  city_county: 'which city of this cell reads it; the other cell has cities of its own',
  touched: 'who waits to be scored: in the other cell everybody is scored anew',
  county_key: 'wrapped anew by the other cell’s master key',
  _prisma_migrations: 'of the database',
}

/** What is different in the other cell: no workflow there has heard of any watch, and nobody has been scored. */
const changed: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  watch: { told_version: '0', sleeps_until: 'null' },
  scored_county: { month: "date '1970-01-01'", day: 'null', packs: "''" },
}

const asked = `
  select c.relname as name, array_agg(a.attname::text order by a.attnum) filter (where a.attgenerated = '') as columns,
    bool_or(a.attidentity <> '') as counts
  from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
  where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
  group by c.relname order by c.relname`

/**
 * The tables that move, as the database's catalogue has them.
 * @throws StackFault when there is a table of which nobody knows what to do
 */
export async function countyTables(client: pg.Client): Promise<CountyTable[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; counts: boolean }>(asked)
  return rows
    .filter(({ name }) => !(name in staying))
    .map(({ name, columns, counts }) => {
      const countyColumn = name === 'county' ? 'id' : 'county_id'
      if (!columns.includes(countyColumn) || counts) throw unknown(name)
      const own = changed[name] ?? {}
      return {
        name,
        countyColumn,
        columns: columns.map(column => ({ name: column, copied: own[column] ?? `"${column}"` })),
      }
    })
}

const unknown = (table: string) =>
  stackFault('MOVE_HELD_UP', {
    zh: `不知道数据表 ${table} 如何迁移：它没有 county_id，也不在留下的表之列。未作任何改动。`,
    en: `Nothing says how the table ${table} moves: it has no county_id of its own and is none of those that stay. Nothing was done.`,
  })
