import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg'
import type pg from 'pg'
import { onServer } from './connection.ts'
import { migrationFault } from './fault.ts'
import { openSchemaEngine } from './schema-engine.ts'
import { readSchema } from './schema-files.ts'

const noFilter = { externalTables: [], externalEnums: [] }

/** One lock for all databases of a server: migrations create roles, and roles belong to the whole server. */
const lockKey = 730_117_402

const readIfThere = async (path: string): Promise<string | null> => (existsSync(path) ? readFile(path, 'utf8') : null)

const listMigrations = async (migrationsDir: string): Promise<MigrationList> => {
  const baseDir = resolve(migrationsDir)
  const names = existsSync(baseDir) ? (await readdir(baseDir)).sort() : []
  const migrationDirectories = []
  for (const path of names) {
    // The file may be a link into another folder; reading follows it.
    const value = await readIfThere(join(baseDir, path, 'migration.sql'))
    if (value === null) continue
    migrationDirectories.push({
      path,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value } as const },
    })
  }
  const lock = await readIfThere(join(baseDir, 'migration_lock.toml'))
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: lock ?? 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories,
  }
}

const createDatabase = async (client: pg.Client, database: string, owner: string | undefined): Promise<void> => {
  if (owner !== undefined) {
    const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [owner])
    if (rowCount === 0) await client.query(`create role ${client.escapeIdentifier(owner)} nologin`)
  }
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [database])
  if (rowCount) return
  const ownedBy = owner === undefined ? '' : ` owner ${client.escapeIdentifier(owner)}`
  await client.query(`create database ${client.escapeIdentifier(database)}${ownedBy}`)
}

const urlOf = (superuserUrl: string, database: string): string => {
  const url = new URL(superuserUrl)
  url.pathname = `/${encodeURIComponent(database)}`
  return url.href
}

const explain = (error: unknown): string => {
  const text = typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error)
  return text.split('\n').filter(Boolean).slice(0, 12).join('\n')
}

/**
 * A migration is one transaction, so one that failed or was cut off by a crash has left nothing but its record. The
 * record is closed, so that a corrected file can be applied.
 */
const closeFailed = async (engine: SchemaEngine, list: MigrationList): Promise<void> => {
  const diagnosis = await engine.diagnoseMigrationHistory({
    migrationsList: list,
    optInToShadowDatabase: false,
    filters: noFilter,
  })
  for (const migrationName of diagnosis.failedMigrationNames) await engine.markMigrationRolledBack({ migrationName })
}

const apply = async (url: string, database: string, list: MigrationList): Promise<string[]> => {
  const bound = await openSchemaEngine(url)
  try {
    await closeFailed(bound.engine, list)
    const { appliedMigrationNames } = await bound.engine.applyMigrations({ migrationsList: list, filters: noFilter })
    return appliedMigrationNames
  } catch (error) {
    const problem = bound.lastProblem()
    const reason = problem ? `${problem.message} (SQLSTATE ${problem.code})` : explain(error)
    throw migrationFault(
      {
        zh: `数据库 ${database} 迁移失败（${list.baseDir}）：${reason}`,
        en: `Database ${database} could not be migrated (${list.baseDir}): ${explain(error)}`,
      },
      error,
    )
  } finally {
    await bound.close()
  }
}

/**
 * Creates a database when it is absent and applies its Prisma migrations, recorded in `_prisma_migrations` so that
 * `prisma migrate deploy` can go on from there. Each migration is one transaction. Safe to call at the same time.
 *
 * @param options.superuserUrl URL of a superuser, on any database
 * @param options.owner role that owns the database; created without login when absent
 * @param options.migrationsDir folder that holds `<timestamp_name>/migration.sql`
 * @returns names of the migrations applied now
 * @throws MIGRATION_FAILED with PostgreSQL's own message
 */
export const migrateDatabase = async (options: {
  superuserUrl: string
  database: string
  owner?: string
  migrationsDir: string
}): Promise<string[]> => {
  const list = await listMigrations(options.migrationsDir)
  return onServer(options.superuserUrl, async client => {
    await client.query('select pg_advisory_lock($1)', [lockKey])
    await createDatabase(client, options.database, options.owner)
    return apply(urlOf(options.superuserUrl, options.database), options.database, list)
  })
}

/**
 * Compares a Prisma schema with what its migrations build (in a shadow database that is dropped again).
 *
 * @param options.superuserUrl a server that may hold the shadow database
 * @param options.schemaDir folder that holds `*.prisma` and `migrations`
 * @returns the SQL that is missing in the migrations, empty when they agree
 */
export const diffMigrations = async (options: { superuserUrl: string; schemaDir: string }): Promise<string> => {
  const schemaDir = resolve(options.schemaDir)
  const list = await listMigrations(join(schemaDir, 'migrations'))
  const files = await readSchema(schemaDir)
  const bound = await openSchemaEngine(options.superuserUrl)
  try {
    const { stdout } = await bound.engine.diff({
      from: { tag: 'migrations', ...list },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: noFilter,
    })
    const sql = (stdout ?? '').trim()
    return /^-- This is an empty migration\.$/.test(sql) ? '' : sql
  } finally {
    await bound.close()
  }
}
