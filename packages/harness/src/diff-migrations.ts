import { join, resolve } from 'node:path'
import { readMigrations, readSchema } from '@linghang/migrations'
import { openSchemaEngine } from './schema-engine.ts'

const filters = { externalTables: [], externalEnums: [] }

/**
 * Compares a Prisma schema with what its migrations build (in a shadow database that is dropped again), as Prisma's own
 * engine sees it.
 *
 * @param options.superuserUrl a server that may hold the shadow database
 * @param options.schemaDir folder that holds `*.prisma` and `migrations`
 * @returns the SQL that is missing in the migrations, empty when they agree
 */
export const diffMigrations = async (options: { superuserUrl: string; schemaDir: string }): Promise<string> => {
  const schemaDir = resolve(options.schemaDir)
  const baseDir = join(schemaDir, 'migrations')
  const migrationDirectories = (await readMigrations(baseDir)).map(({ name, sql }) => ({
    path: name,
    migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } as const },
  }))
  const files = await readSchema(schemaDir)
  const bound = await openSchemaEngine(options.superuserUrl)
  try {
    const { stdout } = await bound.engine.diff({
      from: {
        tag: 'migrations',
        baseDir,
        lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
        shadowDbInitScript: '',
        migrationDirectories,
      },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters,
    })
    const sql = (stdout ?? '').trim()
    return /^-- This is an empty migration\.$/.test(sql) ? '' : sql
  } finally {
    await bound.close()
  }
}
