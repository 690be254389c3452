import { look } from '@linghang/harness/databases'
import { type TriedService, triedServices } from './attempt.ts'
import type { District } from './district.ts'

/** What goes on by itself, whoever tries what; each with the reason. */
const goesOn: Readonly<Record<string, string>> = {
  outbox_event: 'what was told is taken out',
  audit_chain: 'what was done is linked afterwards; what is linked stands in audit_entry',
  audit_link: 'the same',
}

/** A question that gives of each table that has rows of a county how many they are, and what all of them say as one hash. */
async function question(service: TriedService, suffix: string | undefined): Promise<string> {
  const tables = await look(
    service,
    `select c.table_name as name, c.column_name as county from information_schema.columns c
     join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
       and c.column_name = case c.table_name when 'county' then 'id' else 'county_id' end`,
    [],
    suffix,
  )
  return tables
    .filter(({ name }) => !(name in goesOn))
    .map(
      ({ name, county }) =>
        `select '${service}.${name}' as name, count(*) || ' ' || md5(string_agg(t::text, e'\\n' order by t::text)) as said
         from "${name}" t where "${county}" = $1`,
    )
    .join(' union all ')
}

/** Everything that a change would touch, table by table: equal before and after means that nothing was changed. */
export async function stateOf({ county, world }: District): Promise<Record<string, string>> {
  const { databaseSuffix: suffix } = world
  const rows = await Promise.all(
    triedServices.map(async service => look(service, await question(service, suffix), [county.id], suffix)),
  )
  return Object.fromEntries(rows.flat().map(({ name, said }) => [name, said]))
}
