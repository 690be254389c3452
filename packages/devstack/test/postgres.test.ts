import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, describe, expect, jest, test } from '@jest/globals'
import pg from 'pg'
import { diffMigrations, findFreePort, migrateDatabase, startPostgres } from '../src/index.ts'
import { crash, createScratch, quiet, rejection } from './scratch.ts'

const scratch = createScratch()
jest.setTimeout(120_000)
afterAll(() => scratch.clean())

const query = async (url: string, sql: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

const writeMigration = async (folder: string, name: string, sql: string): Promise<void> => {
  await mkdir(join(folder, name), { recursive: true })
  await writeFile(join(folder, name, 'migration.sql'), sql)
}

const migrationSql = `
do $$ begin
  if not exists (select 1 from pg_roles where rolname = 'devstack_reader') then create role devstack_reader nologin; end if;
end $$;
create table note (id uuid not null, body text not null, constraint note_pkey primary key (id));
create function refuse_delete() returns trigger language plpgsql as $body$ begin raise exception 'kept; for good'; end $body$;
create trigger keep before delete on note for each row execute function refuse_delete();
alter table note enable row level security;
create policy own on note for select to devstack_reader using (body = (select current_setting('app.body', true)));
`

describe('platform PostgreSQL on a laptop', () => {
  test('platform PostgreSQL keeps what was committed over kill -9, at the same address', async () => {
    const stateDir = await scratch.folder()
    const first = scratch.ended(await startPostgres({ stateDir, report: quiet }))
    await query(first.superuserUrl, 'create table kept as select 42 as answer')
    await crash(first)
    const second = scratch.ended(await startPostgres({ stateDir, report: quiet }))
    expect(second.superuserUrl).toBe(first.superuserUrl)
    expect(await query(second.superuserUrl, 'select answer from kept')).toEqual([{ answer: 42 }])
    const settings = "select setting from pg_settings where name in ('fsync', 'max_connections', 'listen_addresses')"
    const found = (await query(second.superuserUrl, settings)).map(row => row.setting)
    expect(found.sort()).toEqual(['127.0.0.1', '300', 'on'])
  })

  test('platform PostgreSQL starts although its stale pid file names a process that lives, of the same user', async () => {
    const stateDir = await scratch.folder()
    const first = scratch.ended(await startPostgres({ stateDir, report: quiet }))
    const [row] = await query(first.superuserUrl, 'show data_directory')
    await crash(first)
    const neighbour = scratch.ended(await startPostgres({ stateDir: await scratch.folder(), report: quiet }))
    await writeFile(join(String(row?.data_directory), 'postmaster.pid'), `${neighbour.pid}\n`)
    const second = scratch.ended(await startPostgres({ stateDir, report: quiet }))
    expect(await query(second.superuserUrl, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('platform names a busy port and what to do, in both languages', async () => {
    const port = await findFreePort()
    const holder = createServer().listen(port, '127.0.0.1')
    const error = await rejection(startPostgres({ stateDir: await scratch.folder(), port, report: quiet }))
    holder.close()
    expect(error).toMatchObject({
      code: 'PORT_BUSY',
      zh: expect.stringMatching(new RegExp(`${port}.*占用`)),
      en: expect.stringMatching(new RegExp(`${port}.*in use: end the program`)),
    })
  })

  test('platform refuses a second server in a state folder whose first one lives', async () => {
    const stateDir = await scratch.folder()
    const first = scratch.ended(await startPostgres({ stateDir, report: quiet }))
    const error = await rejection(startPostgres({ stateDir, report: quiet }))
    expect(error).toMatchObject({ code: 'ALREADY_RUNNING' })
    expect(await query(first.superuserUrl, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('platform applies migrations with function bodies, triggers, policies and links, once, even when asked twice at a time', async () => {
    const stateDir = await scratch.folder()
    const { superuserUrl, urlOf } = scratch.ended(await startPostgres({ stateDir, report: quiet }))
    const migrationsDir = join(stateDir, 'prisma', 'migrations')
    await writeFile(join(stateDir, 'shared.sql'), migrationSql)
    await mkdir(join(migrationsDir, '20260101000000_note'), { recursive: true })
    await symlink(join(stateDir, 'shared.sql'), join(migrationsDir, '20260101000000_note', 'migration.sql'))
    const migrate = () => migrateDatabase({ superuserUrl, database: 'notes', migrationsDir })
    const applied = await Promise.all([migrate(), migrate()])
    expect(applied.flat()).toEqual(['20260101000000_note'])
    await writeMigration(migrationsDir, '20260102000000_index', 'create index note_body_idx on note (body);')
    expect(await migrate()).toEqual(['20260102000000_index'])
    const recorded = 'select migration_name from _prisma_migrations where finished_at is not null order by 1'
    expect(await query(urlOf('notes'), recorded)).toHaveLength(2)
    const trigger = "select count(*)::int as n from pg_trigger where tgname = 'keep'"
    expect(await query(urlOf('notes'), trigger)).toEqual([{ n: 1 }])
  })

  test('platform quotes the SQL error of a failed migration, leaves nothing of it, and applies it once corrected', async () => {
    const stateDir = await scratch.folder()
    const { superuserUrl, urlOf } = scratch.ended(await startPostgres({ stateDir, report: quiet }))
    const migrationsDir = join(stateDir, 'migrations')
    await writeMigration(
      migrationsDir,
      '20260101000000_wrong',
      'create table half (id int); select no_such_function();',
    )
    const migrate = () => migrateDatabase({ superuserUrl, database: 'notes', migrationsDir })
    expect(await rejection(migrate())).toMatchObject({
      code: 'MIGRATION_FAILED',
      zh: expect.stringContaining('no_such_function() does not exist'),
      en: expect.stringContaining('no_such_function() does not exist'),
    })
    expect(await query(urlOf('notes'), "select to_regclass('half') as half")).toEqual([{ half: null }])
    await writeMigration(migrationsDir, '20260101000000_wrong', 'create table half (id int);')
    expect(await migrate()).toEqual(['20260101000000_wrong'])
  })

  test('platform tells a schema that agrees with its migrations from one that does not', async () => {
    const stateDir = await scratch.folder()
    const { superuserUrl } = scratch.ended(await startPostgres({ stateDir, report: quiet }))
    const schemaFile = join(stateDir, 'schema.prisma')
    const schema = (column: string) =>
      `datasource db {\n  provider = "postgresql"\n}\nmodel Note {\n  id String @id @db.Uuid\n  ${column}\n  @@map("note")\n}\n`
    await writeMigration(join(stateDir, 'migrations'), '20260101000000_note', migrationSql)
    await writeFile(schemaFile, schema('body String'))
    expect(await diffMigrations({ superuserUrl, schemaDir: stateDir })).toBe('')
    await writeFile(schemaFile, schema('body String?'))
    expect(await diffMigrations({ superuserUrl, schemaDir: stateDir })).toContain('DROP NOT NULL')
  })
})
