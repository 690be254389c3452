import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { look } from './databases.ts'
import { type DatabaseName, surroundings } from './surroundings.ts'

/** PostgreSQL's types (information_schema.udt_name) for what a Prisma field says. */
const fitting: Record<string, string[]> = {
  'String @db.Uuid': ['uuid'],
  String: ['text'],
  Int: ['int4'],
  BigInt: ['int8'],
  Boolean: ['bool'],
  Bytes: ['bytea'],
  'DateTime @db.Date': ['date'],
  'DateTime @db.Timestamptz': ['timestamptz'],
  DateTime: ['timestamptz'],
  Json: ['jsonb'],
}

type Column = { table: string; column: string; types: string[]; isOptional: boolean }

/** The columns that a Prisma schema names; relations have none. */
export function columnsIn(schema: string): Column[] {
  const models = [...schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)]
  const names = new Set(models.map(([, name]) => name))
  return models.flatMap(([, name, body = '']) => {
    const table = /@@map\("(\w+)"\)/.exec(body)?.[1] ?? name ?? ''
    return body.split('\n').flatMap(line => {
      const [, field, type = '', mark, rest = ''] = /^ {2}(\w+)\s+(\w+)(\[\]|\?)?(.*)$/.exec(line) ?? []
      if (!field || names.has(type) || mark === '[]') return []
      const native = /@db\.\w+/.exec(rest)?.[0]
      return [
        {
          table,
          column: /@map\("(\w+)"\)/.exec(rest)?.[1] ?? field,
          types: fitting[native ? `${type} ${native}` : type] ?? [],
          isOptional: mark === '?',
        },
      ]
    })
  })
}

/**
 * What a service's Prisma schema names and its migrated database does not have so.
 * @returns one line for each column that is missing, of another type or otherwise nullable; empty when they agree
 */
export async function driftOf(database: DatabaseName): Promise<string[]> {
  const schema = readFileSync(join(surroundings().root, `services/${database}/prisma/schema.prisma`), 'utf8')
  const rows = await look(
    database,
    `select table_name || '.' || column_name as place, udt_name as type, is_nullable = 'YES' as nullable
     from information_schema.columns where table_schema = 'public'`,
  )
  const there = new Map(rows.map(row => [row.place as string, row as { type: string; nullable: boolean }]))
  return columnsIn(schema).flatMap(({ table, column, types, isOptional }) => {
    const place = `${table}.${column}`
    const found = there.get(place)
    if (!found) return [`${place}: not in the database`]
    if (!types.includes(found.type))
      return [`${place}: ${found.type} in the database, ${types.join(' or ') || 'no known type'} in the schema`]
    if (found.nullable !== isOptional) return [`${place}: ${found.nullable ? 'nullable' : 'not null'} in the database`]
    return []
  })
}
