import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { openScratch } from './scratch.ts'

let scratch: Awaited<ReturnType<typeof openScratch>>
beforeEach(async () => {
  scratch = await openScratch()
})
afterEach(() => scratch.close())

const hidden = `create table note (id int primary key, body text);
  alter table note enable row level security; alter table note force row level security;
  create policy scoped_read on note for select to linghang_scoped using (true);`
const update = `update note set body = 'migrated';`
const bodies = () => scratch.query('select body from note')
const forced = () => scratch.query(`select relforcerowsecurity as forced from pg_class where relname = 'note'`)

describe('platform a migration never passes over rows without a word, though it runs as an owner from whom they are hidden', () => {
  test('platform a file from the time of superusers sees them all, and the table hides them again', async () => {
    const { migrate, query, write } = scratch
    await write('20260101000000_note', hidden)
    await migrate()
    await query(`insert into note values (1, 'before')`)
    await write('20260102000000_rows', update)
    await migrate()
    expect(await bodies()).toEqual([{ body: 'migrated' }])
    expect(await forced()).toEqual([{ forced: true }])
  })

  test('platform so does one that gives the table another name', async () => {
    const { migrate, query, write } = scratch
    await write('20260101000000_note', hidden)
    await migrate()
    await query(`insert into note values (1, 'before')`)
    await write('20260102000000_rows', `${update} alter table note rename to paper;`)
    await migrate()
    expect(await query(`select relforcerowsecurity as forced from pg_class where relname = 'paper'`)).toEqual([
      { forced: true },
    ])
  })

  test('platform a later one fails where it would not see them, and changes them where it lifts that itself', async () => {
    const { migrate, query, remove, write } = scratch
    await write('20270101000000_note', hidden)
    await migrate()
    await query(`insert into note values (1, 'before')`)
    await write('20270102000000_rows', update)
    await expect(migrate()).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      en: expect.stringContaining('query would be affected by row-level security policy'),
    })
    expect(await bodies()).toEqual([{ body: 'before' }])
    await remove('20270102000000_rows')
    await write(
      '20270102000001_rows',
      `alter table note no force row level security; ${update} alter table note force row level security;`,
    )
    await migrate()
    expect(await bodies()).toEqual([{ body: 'migrated' }])
  })

  test('platform a later one makes a function that reads them as whoever passes row-level security', async () => {
    const { migrate, query, write } = scratch
    await write('20270101000000_note', `create schema app; ${hidden} grant select on note to linghang_paths;`)
    await migrate()
    await query(`insert into note values (1, 'before')`)
    await write(
      '20270102000000_reader',
      `create function app.notes() returns bigint language sql security definer as 'select count(*) from public.note';
       alter function app.notes() owner to linghang_paths;`,
    )
    await migrate()
    expect(await query('select app.notes() as notes')).toEqual([{ notes: '1' }])
  })

  test('platform the roles that pass row-level security are given functions by a migration, and make nothing afterwards', async () => {
    const { migrate, query, write } = scratch
    const give = (n: number) => `create function app.f${n}() returns int language sql as 'select ${n}';
      alter function app.f${n}() owner to linghang_paths;`
    await write('20270101000000_app', `create schema app; ${give(1)}`)
    await write('20270102000000_more', give(2))
    await write('20270103000000_else', `create or replace function app.f1() returns int language sql as 'select 3';`)
    expect(await migrate()).toHaveLength(3)
    expect(
      await query(`select proname, pg_get_userbyid(proowner) as owner, case proname when 'f1' then app.f1() end as says
        from pg_proc where pronamespace = 'app'::regnamespace order by 1`),
    ).toEqual([
      { proname: 'f1', owner: 'linghang_paths', says: 3 },
      { proname: 'f2', owner: 'linghang_paths', says: null },
    ])
    expect(
      await query(`select has_schema_privilege(r, 'app', 'create') as may from unnest(array['linghang_paths', 'linghang_chain']) r
        union all select count(*) > 0 from pg_default_acl`),
    ).toEqual([{ may: false }, { may: false }, { may: false }])
  })
})
