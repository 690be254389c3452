import { randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { surroundings } from '@linghang/harness/surroundings'
import pg from 'pg'
import { diffMigrations, migrateDatabase } from '../src/index.ts'

let stateDir: string
let database: string
beforeEach(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'linghang-migrations-'))
  database = `notes_${randomUUID()}`
})
afterEach(() => rm(stateDir, { recursive: true, force: true }))

async function query(sql: string): Promise<Record<string, unknown>[]> {
  const url = new URL(surroundings().postgresUrl)
  url.pathname = `/${database}`
  const client = new pg.Client({ connectionString: url.href })
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
  if not exists (select 1 from pg_roles where rolname = 'note_reader') then create role note_reader nologin; end if;
end $$;
create table note (id uuid not null, body text not null, constraint note_pkey primary key (id));
create function refuse_delete() returns trigger language plpgsql as $body$ begin raise exception 'kept; for good'; end $body$;
create trigger keep before delete on note for each row execute function refuse_delete();
alter table note enable row level security;
create policy own on note for select to note_reader using (body = (select current_setting('app.body', true)));
`

describe('platform migrations', () => {
  test('platform applies migrations with function bodies, triggers, policies and links, once, even when asked twice at a time', async () => {
    const migrationsDir = join(stateDir, 'prisma', 'migrations')
    await writeFile(join(stateDir, 'shared.sql'), migrationSql)
    await mkdir(join(migrationsDir, '20260101000000_note'), { recursive: true })
    await symlink(join(stateDir, 'shared.sql'), join(migrationsDir, '20260101000000_note', 'migration.sql'))
    const migrate = () => migrateDatabase({ superuserUrl: surroundings().postgresUrl, database, migrationsDir })
    const applied = await Promise.all([migrate(), migrate()])
    expect(applied.flat()).toEqual(['20260101000000_note'])
    await writeMigration(migrationsDir, '20260102000000_index', 'create index note_body_idx on note (body);')
    expect(await migrate()).toEqual(['20260102000000_index'])
    const recorded = 'select migration_name from _prisma_migrations where finished_at is not null order by 1'
    expect(await query(recorded)).toHaveLength(2)
    const trigger = "select count(*)::int as n from pg_trigger where tgname = 'keep'"
    expect(await query(trigger)).toEqual([{ n: 1 }])
  })

  test('platform quotes the SQL error of a failed migration, leaves nothing of it, and applies it once corrected', async () => {
    const migrationsDir = join(stateDir, 'migrations')
    await writeMigration(
      migrationsDir,
      '20260101000000_wrong',
      'create table half (id int); select no_such_function();',
    )
    const migrate = () => migrateDatabase({ superuserUrl: surroundings().postgresUrl, database, migrationsDir })
    await expect(migrate()).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      zh: expect.stringContaining('no_such_function() does not exist'),
      en: expect.stringContaining('no_such_function() does not exist'),
    })
    expect(await query("select to_regclass('half') as half")).toEqual([{ half: null }])
    await writeMigration(migrationsDir, '20260101000000_wrong', 'create table half (id int);')
    expect(await migrate()).toEqual(['20260101000000_wrong'])
  })

  test('platform tells a schema that agrees with its migrations from one that does not', async () => {
    const schemaFile = join(stateDir, 'schema.prisma')
    const schema = (column: string) =>
      `datasource db {\n  provider = "postgresql"\n}\nmodel Note {\n  id String @id @db.Uuid\n  ${column}\n  @@map("note")\n}\n`
    await writeMigration(join(stateDir, 'migrations'), '20260101000000_note', migrationSql)
    await writeFile(schemaFile, schema('body String'))
    expect(await diffMigrations({ superuserUrl: surroundings().postgresUrl, schemaDir: stateDir })).toBe('')
    await writeFile(schemaFile, schema('body String?'))
    expect(await diffMigrations({ superuserUrl: surroundings().postgresUrl, schemaDir: stateDir })).toContain(
      'DROP NOT NULL',
    )
  })
})
