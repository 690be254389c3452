import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { diffMigrations } from '@linghang/harness/diff-migrations'
import { surroundings } from '@linghang/harness/surroundings'
import { openScratch } from './scratch.ts'

let scratch: Awaited<ReturnType<typeof openScratch>>
beforeEach(async () => {
  scratch = await openScratch()
})
afterEach(() => scratch.close())

const migrationSql = `
create table note (id uuid not null, body text not null, constraint note_pkey primary key (id));
create function refuse_delete() returns trigger language plpgsql as $body$ begin raise exception 'kept; for good'; end $body$;
create trigger keep before delete on note for each row execute function refuse_delete();
alter table note enable row level security;
create policy own on note for select to linghang_scoped using (body = (select current_setting('app.body', true)));
`

describe('platform migrations', () => {
  test('platform applies migrations with function bodies, triggers, policies and links, once, even when asked twice at a time', async () => {
    const { migrationsDir, folder, migrate, query, write } = scratch
    await mkdir(join(migrationsDir, '20260101000000_note'), { recursive: true })
    await writeFile(join(folder, 'shared.sql'), migrationSql)
    await symlink(join(folder, 'shared.sql'), join(migrationsDir, '20260101000000_note', 'migration.sql'))
    const applied = await Promise.all([migrate(), migrate()])
    expect(applied.flat()).toEqual(['20260101000000_note'])
    await write('20260102000000_index', 'create index note_body_idx on note (body);')
    expect(await migrate()).toEqual(['20260102000000_index'])
    const recorded = 'select migration_name from _prisma_migrations where finished_at is not null order by 1'
    expect(await query(recorded)).toHaveLength(2)
    const trigger = "select count(*)::int as n from pg_trigger where tgname = 'keep'"
    expect(await query(trigger)).toEqual([{ n: 1 }])
  })

  test('platform quotes the SQL error of a failed migration, leaves nothing of it, and applies it once corrected', async () => {
    const { migrate, query, write } = scratch
    await write('20260101000000_wrong', 'create table half (id int); select no_such_function();')
    await expect(migrate()).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      zh: expect.stringContaining('no_such_function() does not exist'),
      en: expect.stringContaining('no_such_function() does not exist'),
    })
    expect(await query("select to_regclass('half') as half")).toEqual([{ half: null }])
    await write('20260101000000_wrong', 'create table half (id int);')
    expect(await migrate()).toEqual(['20260101000000_wrong'])
  })

  test('platform tells a schema that agrees with its migrations from one that does not', async () => {
    const { folder, write } = scratch
    const schema = (column: string) =>
      `datasource db {\n  provider = "postgresql"\n}\nmodel Note {\n  id String @id @db.Uuid\n  ${column}\n  @@map("note")\n}\n`
    await write('20260101000000_note', migrationSql)
    await writeFile(join(folder, 'schema.prisma'), schema('body String'))
    expect(await diffMigrations({ superuserUrl: surroundings().postgresUrl, schemaDir: folder })).toBe('')
    await writeFile(join(folder, 'schema.prisma'), schema('body String?'))
    expect(await diffMigrations({ superuserUrl: surroundings().postgresUrl, schemaDir: folder })).toContain(
      'DROP NOT NULL',
    )
  })

  test('platform a file that was changed, or is gone from the middle, is refused by name, and nothing else is done', async () => {
    const { migrate, query, remove, write } = scratch
    for (const n of [1, 2, 3]) await write(`2026010${n}000000_t${n}`, `create table t${n} (id int);`)
    await migrate()
    await write('20260104000000_t4', 'create table t4 (id int);')
    await write('20260102000000_t2', 'create table t2 (id bigint);')
    await expect(migrate()).rejects.toMatchObject({
      code: 'MIGRATION_CHANGED',
      en: expect.stringContaining('20260102000000_t2'),
    })
    await remove('20260102000000_t2')
    await expect(migrate()).rejects.toMatchObject({
      code: 'MIGRATION_MISSING',
      en: expect.stringContaining('20260102000000_t2'),
    })
    expect(await query("select to_regclass('t4') as t4")).toEqual([{ t4: null }])
    await write('20260102000000_t2', 'create table t2 (id int);')
    expect(await migrate()).toEqual(['20260104000000_t4'])
  })

  test('platform the release before finds a newer database as it is, but for one that took something away', async () => {
    const { migrate, remove, write } = scratch
    await write('20260101000000_t1', 'create table t1 (id int, gone int);')
    await write('20260102000000_t2', 'create table t2 (id int);')
    await migrate()
    await remove('20260102000000_t2')
    expect(await migrate()).toEqual([])
    await write('20260102000000_t2', 'create table t2 (id int);')
    await write('20260103000000_less', '-- contract: 0.4.0 reads it no more\nalter table t1 drop column gone;')
    expect(await migrate()).toEqual(['20260103000000_less'])
    await remove('20260103000000_less')
    await expect(migrate()).rejects.toMatchObject({ code: 'DATABASE_AHEAD', en: expect.stringContaining('0.4.0') })
  })
})
