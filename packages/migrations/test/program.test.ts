import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type PostgresServer, removePostgresState, startPostgres } from '@linghang/devstack'
import { until } from '@linghang/harness/until'
import pg from 'pg'
import { migrate, migrationsOf, prepareDatabase, prepareServer, readMigrations, services } from '../src/index.ts'
import { runProgram } from './scratch.ts'

jest.setTimeout(240_000)

// A server of its own: roles belong to a whole server, and here they are not there yet.
let stateDir: string
let server: PostgresServer
beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'linghang-program-'))
  server = await startPostgres({ stateDir, report: () => undefined })
})
afterAll(async () => {
  await server?.stop()
  if (stateDir) await removePostgresState(stateDir)
})

const owner = 'city_owner'
async function asAdmin(database: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: server.urlOf(database) })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}
const ownerUrl = (database: string) => {
  const url = new URL(server.urlOf(database))
  url.username = owner
  url.password = 'owner’s own'
  return url.href
}
const urls = (prefix = '') =>
  JSON.stringify(Object.fromEntries(services.map(name => [name, ownerUrl(`${prefix}${name}`)])))
const appliedIn = (lines: { msg: string; applied?: number }[]) =>
  lines.filter(({ msg }) => msg === 'up to date').map(({ applied }) => applied)

/** Everything that a database is: tables, columns, keys, checks, policies, functions, grants, and whose they are. */
const catalogue = (database: string) =>
  asAdmin(
    database,
    `select 'table ' || c.relname as what, pg_get_userbyid(c.relowner) || ' ' || c.relkind::text || c.relrowsecurity || c.relforcerowsecurity
       || coalesce(c.relacl::text, '') as says from pg_class c where c.relnamespace = 'public'::regnamespace
     union all select 'column ' || a.attrelid::regclass || '.' || a.attname, format_type(a.atttypid, a.atttypmod) || a.attnotnull
       || coalesce(pg_get_expr(d.adbin, d.adrelid), '') from pg_attribute a join pg_class c on c.oid = a.attrelid
       left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
       where c.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped
     union all select 'constraint ' || conrelid::regclass || '.' || conname, pg_get_constraintdef(oid) from pg_constraint
       where connamespace = 'public'::regnamespace and conrelid <> 0
     union all select 'policy ' || polrelid::regclass || '.' || polname, polcmd::text || polroles::regrole[]::text
       || coalesce(pg_get_expr(polqual, polrelid), '') || coalesce(pg_get_expr(polwithcheck, polrelid), '') from pg_policy
     union all select 'function ' || p.oid::regprocedure, pg_get_userbyid(proowner) || prosecdef || prosrc || coalesce(proacl::text, '')
       from pg_proc p where pronamespace = 'app'::regnamespace
     union all select 'trigger ' || tgrelid::regclass || '.' || tgname, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
     union all select 'schema ' || nspname, pg_get_userbyid(nspowner) || nspacl::text from pg_namespace where nspname in ('app', 'public')
     union all select 'default ' || defaclobjtype::text, defaclacl::text from pg_default_acl
     order by 1, 2`,
  )

describe('platform the program that migrates, on a server of a city', () => {
  test('platform says what whoever administers the server has not done yet, one thing after the other', async () => {
    const run = () => runProgram({ MIGRATE_URLS: urls(), MIGRATE_SERVICES: 'org' })
    const sentence = async () => {
      const { code, lines } = await run()
      expect(code).toBe(1)
      return lines.at(-1)
    }
    await asAdmin('postgres', `create role ${owner} login password 'owner’s own'`)
    expect(await sentence()).toMatchObject({ code: 'DATABASE_UNREACHABLE', msg: expect.stringContaining('"org"') })
    await asAdmin('postgres', 'create database org')
    expect(await sentence()).toMatchObject({
      code: 'DATABASE_UNPREPARED',
      msg: expect.stringMatching(/linghang_login.*linghang_chain are missing.*roles\.sql/),
    })
    await asAdmin(
      'postgres',
      'create role linghang_paths nologin bypassrls; create role linghang_chain nologin bypassrls',
    )
    await prepareServer(server.superuserUrl, { owner: 'somebody_else', loginPassword: 'p' })
    expect(await sentence()).toMatchObject({
      code: 'DATABASE_UNPREPARED',
      msg: expect.stringMatching(/may not become linghang_paths, linghang_chain.*roles\.sql/),
    })
    await prepareServer(server.superuserUrl, { owner })
    expect(await sentence()).toMatchObject({
      code: 'DATABASE_UNPREPARED',
      msg: expect.stringMatching(/does not own it\..*database\.sql/),
    })
    await asAdmin('postgres', `alter database org owner to ${owner}`)
  })

  test('platform roles.sql refuses an owner that would pass row-level security, and changes nothing when it is run again', async () => {
    await asAdmin('postgres', 'create role too_much bypassrls')
    await expect(prepareServer(server.superuserUrl, { owner: 'too_much' })).rejects.toThrow(
      /passes row-level security.*绕过/,
    )
    await prepareServer(server.superuserUrl, { owner, loginPassword: 'p' })
    const roles = () =>
      asAdmin(
        'postgres',
        `select r.rolname, r.xmin::text, m.xmin::text as member, m.roleid::regrole::text, m.inherit_option, m.set_option from pg_roles x
         join pg_authid r on r.oid = x.oid left join pg_auth_members m on m.member = r.oid
         where r.rolname ~ '^(linghang|city)_' order by 1, 4`,
      )
    const before = await roles()
    await prepareServer(server.superuserUrl, { owner })
    expect(await roles()).toEqual(before)
    expect(
      before.map(({ rolname, roleid, inherit_option, set_option }) => [rolname, roleid, inherit_option, set_option]),
    ).toEqual([
      [owner, 'linghang_chain', true, true],
      [owner, 'linghang_paths', true, true],
      ['linghang_chain', null, null, null],
      ['linghang_city', null, null, null],
      ['linghang_county', null, null, null],
      ['linghang_login', 'linghang_city', false, true],
      ['linghang_login', 'linghang_county', false, true],
      ['linghang_login', 'linghang_scoped', false, true],
      ['linghang_login', 'linghang_service', false, true],
      ['linghang_paths', null, null, null],
      ['linghang_scoped', null, null, null],
      ['linghang_service', null, null, null],
    ])
  })

  test('platform brings all five databases up from nothing as an owner who is no superuser, two at once, and then has nothing to do', async () => {
    for (const name of services.filter(service => service !== 'org'))
      await asAdmin('postgres', `create database ${name} owner ${owner}`)
    const { rolsuper, rolbypassrls, rolcreaterole } = (
      await asAdmin('postgres', `select * from pg_roles where rolname = '${owner}'`)
    )[0] as Record<string, boolean>
    expect([rolsuper, rolbypassrls, rolcreaterole]).toEqual([false, false, false])
    const runs = await Promise.all([runProgram({ MIGRATE_URLS: urls() }), runProgram({ MIGRATE_URLS: urls() })])
    expect(runs.map(({ code }) => code)).toEqual([0, 0])
    const wanted = await Promise.all(services.map(async name => (await readMigrations(migrationsOf(name))).length))
    const [one = [], other = []] = runs.map(({ lines }) => appliedIn(lines))
    expect(one.map((n, at) => (n ?? 0) + (other[at] ?? 0))).toEqual(wanted)
    for (const { said } of runs) expect(said).not.toContain('owner’s own')
    const again = await runProgram({ MIGRATE_URLS: urls() })
    expect([again.code, appliedIn(again.lines)]).toEqual([0, services.map(() => 0)])
    for (const name of services) {
      const owners = await asAdmin(
        name,
        `select distinct pg_get_userbyid(relowner) as owner from pg_class where relnamespace = 'public'::regnamespace`,
      )
      expect(owners).toEqual([{ owner }])
    }
  })

  test('platform killed in the middle leaves whole migrations, and the next run mends the rest', async () => {
    await asAdmin('postgres', `create database killed_dues owner ${owner}`)
    const env = { MIGRATE_URLS: JSON.stringify({ dues: ownerUrl('killed_dues') }), MIGRATE_SERVICES: 'dues' }
    const count = async (): Promise<number> => {
      const [there] = await asAdmin('killed_dues', `select to_regclass('_prisma_migrations') is not null as there`)
      if (!there?.there) return 0
      return (await asAdmin('killed_dues', 'select * from _prisma_migrations')).length
    }
    const all = (await readMigrations(migrationsOf('dues'))).length
    let killedAt = 0
    for (const least of [1, 10, 20]) {
      await runProgram(
        env,
        kill => void until(async () => (await count()) >= least, 60_000, 'it is at it').finally(kill),
      )
      killedAt = await count()
      expect(killedAt).toBeGreaterThanOrEqual(least)
    }
    const { code, lines } = await runProgram(env)
    expect(code).toBe(0)
    expect(appliedIn(lines)).toEqual([all - killedAt])
    expect(await catalogue('killed_dues')).toEqual(await catalogue('dues'))
  })

  test('platform a database that a superuser migrated until now becomes the owner’s, and is the same as one from nothing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'linghang-earlier-'))
    const names = (await readMigrations(migrationsOf('members'))).map(({ name }) => name)
    for (const name of names.slice(0, 12))
      await cp(join(migrationsOf('members'), name), join(folder, name), { recursive: true, dereference: true })
    await asAdmin('postgres', 'create database earlier_members')
    await migrate({ url: server.urlOf('earlier_members'), migrationsDir: folder })
    await rm(folder, { recursive: true })
    const run = () =>
      runProgram({
        ...{ MIGRATE_URLS: JSON.stringify({ members: ownerUrl('earlier_members') }), MIGRATE_SERVICES: 'members' },
      })
    await asAdmin('postgres', `alter database earlier_members owner to ${owner}`)
    const refused = await run()
    expect(refused.code).toBe(1)
    expect(refused.lines.at(-1)).toMatchObject({
      code: 'DATABASE_UNPREPARED',
      msg: expect.stringMatching(/does not own it: \w+ \(postgres\)/),
    })
    await prepareDatabase(server.superuserUrl, { database: 'earlier_members', owner })
    const { code, lines } = await run()
    expect([code, appliedIn(lines)]).toEqual([0, [names.length - 12]])
    expect(await catalogue('earlier_members')).toEqual(await catalogue('members'))
  })
})
