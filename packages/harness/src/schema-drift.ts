import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ServiceName, serviceDir, services } from '@linghang/migrations'
import { look } from './databases.ts'
import { diffMigrations } from './diff-migrations.ts'
import { surroundings } from './surroundings.ts'

/** An index or a foreign key that stands in the migrations alone, and by which rule. */
export type Unsaid = {
  name: string
  because:
    | 'an index of some rows or of an expression, which Prisma’s language does not know'
    | 'a foreign key to a table of several services, whose model cannot name the tables of one of them'
    | 'an index on a table of several services, not all of which have it'
}

const sharedTables = (): string[] => {
  const folder = join(surroundings().root, 'packages/database/prisma')
  const models = readdirSync(folder).filter(name => name.endsWith('.prisma'))
  return models.flatMap(name =>
    Array.from(readFileSync(join(folder, name), 'utf8').matchAll(/@@map\("(\w+)"\)/g), ([, table]) => table ?? ''),
  )
}

const namesOf = async (service: ServiceName, sql: string, values: unknown[] = []): Promise<string[]> =>
  (await look(service, sql, values)).map(row => row.name)

/** Indexes of this service on shared tables that another service has without them. */
async function notEverywhere(service: ServiceName, shared: readonly string[]): Promise<string[]> {
  const of = (name: ServiceName) =>
    look(
      name,
      `select c.relname as table, array_remove(array_agg(x.relname::text), null) as indexes from pg_class c
       left join pg_index i on i.indrelid = c.oid left join pg_class x on x.oid = i.indexrelid
       where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname = any ($1) group by c.relname`,
      [shared],
    )
  const others = (await Promise.all(services.filter(name => name !== service).map(of))).flat()
  return (await of(service)).flatMap(({ table, indexes }) =>
    indexes.filter((index: string) => others.some(other => other.table === table && !other.indexes.includes(index))),
  )
}

/** What the models of a service leave to its migrations: found by these rules in the databases as they are. */
export async function unsaidOf(service: ServiceName): Promise<Unsaid[]> {
  const shared = sharedTables()
  const partial = await namesOf(
    service,
    `select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid
     where c.relnamespace = 'public'::regnamespace and (i.indpred is not null or i.indexprs is not null)`,
  )
  const toShared = await namesOf(
    service,
    `select k.conname as name from pg_constraint k join pg_class own on own.oid = k.conrelid join pg_class far on far.oid = k.confrelid
     where k.contype = 'f' and far.relname = any ($1) and not own.relname = any ($1)`,
    [shared],
  )
  const said =
    (because: Unsaid['because']) =>
    (name: string): Unsaid => ({ name, because })
  return [
    ...partial.map(said('an index of some rows or of an expression, which Prisma’s language does not know')),
    ...toShared.map(
      said('a foreign key to a table of several services, whose model cannot name the tables of one of them'),
    ),
    ...(await notEverywhere(service, shared)).map(
      said('an index on a table of several services, not all of which have it'),
    ),
  ]
}

const dropped = /^-- Drop(?:Index|ForeignKey)\n.*"(\w+)";$/

/**
 * What a service's Prisma schema says otherwise than its migrations: tables, columns, their types, defaults and
 * nullability, keys, indexes and foreign keys, but for those that a model cannot say. Prisma looks at no checks, policies
 * or functions.
 * @returns the statements that would make the database what the schema says; empty when they agree
 */
export async function driftOf(service: ServiceName): Promise<string[]> {
  const schemaDir = join(serviceDir(service), 'prisma')
  const sql = await diffMigrations({ superuserUrl: surroundings().postgresUrl, schemaDir })
  const unsaid = new Set((await unsaidOf(service)).map(({ name }) => name))
  return sql.split(/\n\n(?=-- )/).filter(part => part !== '' && !unsaid.has(dropped.exec(part)?.[1] ?? ''))
}
