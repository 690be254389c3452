import { join } from 'node:path'
import { diffMigrations, type ServiceName, serviceDir } from '@linghang/migrations'
import { surroundings } from './surroundings.ts'

/**
 * Indexes and foreign keys stand in the migrations alone: models say what rows are, and a table that several services
 * have cannot name the tables that refer to it. Checks, policies, functions and partial indexes Prisma does not compare.
 */
const onlyInMigrations = /^-- Drop(Index|ForeignKey)\n/

/**
 * What a service's Prisma schema says otherwise than its migrations: tables, columns, their types, defaults and
 * nullability, primary keys, and unique keys that the schema has too many.
 * @returns the statements that would make the database what the schema says; empty when they agree
 */
export async function driftOf(service: ServiceName): Promise<string[]> {
  const schemaDir = join(serviceDir(service), 'prisma')
  const sql = await diffMigrations({ superuserUrl: surroundings().postgresUrl, schemaDir })
  return sql.split(/\n\n(?=-- )/).filter(part => part !== '' && !onlyInMigrations.test(part))
}
