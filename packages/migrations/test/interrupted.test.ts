import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { openSchemaEngine } from '@linghang/harness/schema-engine'
import { surroundings } from '@linghang/harness/surroundings'
import { until } from '@linghang/harness/until'
import { migrate as migrateAlone } from '../src/index.ts'
import { openScratch } from './scratch.ts'

let scratch: Awaited<ReturnType<typeof openScratch>>
beforeEach(async () => {
  scratch = await openScratch()
})
afterEach(() => scratch.close())

const url = () => {
  const own = new URL(surroundings().postgresUrl)
  own.pathname = `/${scratch.database}`
  return own.href
}
const migrateFor = (lockSeconds: number, told: string[] = []) =>
  migrateAlone({
    ...{ url: url(), migrationsDir: scratch.migrationsDir, lockSeconds },
    log: { info: (_, message) => void told.push(message), warn: (_, message) => void told.push(message) },
  })

describe('platform a run that waits, is in the way or is cut off', () => {
  test('platform waits for another one no longer than it is told, and goes on once that is done', async () => {
    const { connect, migrate, write } = scratch
    await migrate()
    await write('20260101000000_t', 'create table t (id int);')
    const other = await connect()
    // The lock of Prisma's engine, which may be at it.
    await other.query('select pg_advisory_lock(72707369)')
    await expect(migrateFor(1)).rejects.toMatchObject({
      code: 'DATABASE_BUSY',
      en: expect.stringMatching(/after 1 seconds another run/),
    })
    const waiting = migrateFor(60)
    await other.query('select pg_advisory_unlock(72707369)')
    expect(await waiting).toEqual(['20260101000000_t'])
  })

  test('platform does not hold up those who queue behind it for a table that is in use, and has it in the end', async () => {
    const { connect, migrate, write } = scratch
    await write('20260101000000_t', 'create table t (id int);')
    await migrate()
    await write('20260102000000_more', 'alter table t add column more int;')
    const user = await connect()
    await user.query('begin; select * from t')
    await expect(migrateFor(1)).rejects.toMatchObject({
      code: 'DATABASE_BUSY',
      en: expect.stringMatching(/tables of migration 20260102000000_more are still in use/),
    })
    const told: string[] = []
    const waiting = migrateFor(60, told)
    await until(async () => told.length > 0, 30_000, 'it has let others pass')
    const [{ n }] = (await scratch.query('select count(*)::int as n from t')) as [{ n: number }]
    expect(n).toBe(0)
    await user.query('commit')
    expect(await waiting).toEqual(['20260102000000_more'])
  })

  test('platform what Prisma’s engine has migrated goes on here, and it finds nothing to do after us', async () => {
    const { migrate, migrationsDir, query, write } = scratch
    await migrate()
    await write('20260101000000_one', 'create table one (id int);\n-- 中文\n')
    const byPrisma = async () => {
      const bound = await openSchemaEngine(url())
      const names = ['20260101000000_one', '20260102000000_two']
      const { readMigrations } = await import('../src/index.ts')
      const files = (await readMigrations(migrationsDir)).filter(({ name }) => names.includes(name))
      try {
        return await bound.engine.applyMigrations({
          migrationsList: {
            baseDir: migrationsDir,
            lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
            shadowDbInitScript: '',
            migrationDirectories: files.map(({ name, sql }) => ({
              path: name,
              migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } as const },
            })),
          },
          filters: { externalTables: [], externalEnums: [] },
        })
      } finally {
        await bound.close()
      }
    }
    expect((await byPrisma()).appliedMigrationNames).toEqual(['20260101000000_one'])
    await write('20260102000000_two', 'create table two (id int);')
    expect(await migrate()).toEqual(['20260102000000_two'])
    expect((await byPrisma()).appliedMigrationNames).toEqual([])
    const recorded = `select count(*)::int as n, count(distinct length(checksum))::int as kinds from _prisma_migrations`
    expect(await query(recorded)).toEqual([{ n: 2, kinds: 1 }])
  })

  test('platform what another program began is applied anew, or refused by name where it seems to be there', async () => {
    const { migrate, query, write } = scratch
    await migrate()
    const begin = (name: string) =>
      query(`insert into _prisma_migrations (id, checksum, migration_name) values ('${name}', 'x', '${name}')`)
    await begin('20260101000000_one')
    await write('20260101000000_one', 'create table one (id int);')
    expect(await migrate()).toEqual(['20260101000000_one'])
    await begin('20260102000000_two')
    await write('20260102000000_two', 'create table two (id int);')
    await query('create table two (id int)')
    await expect(migrate()).rejects.toMatchObject({
      code: 'MIGRATION_HALF_DONE',
      en: expect.stringContaining('20260102000000_two'),
    })
    await query(`update _prisma_migrations set finished_at = now(), checksum = encode(sha256('create table two (id int);'), 'hex')
      where migration_name = '20260102000000_two'`)
    expect(await migrate()).toEqual([])
  })
})
