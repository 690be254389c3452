import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { systemActor } from '@linghang/access'
import { createDatabases, look, superuserUrl } from '@linghang/harness/databases'
import { openDatabase } from '@linghang/harness/open-database'
import { operatorCommand } from '@linghang/harness/operator-command'
import { surroundings } from '@linghang/harness/surroundings'
import { until } from '@linghang/harness/until'
import pg from 'pg'
import { createSealing, type KeyRing, rewrapCountyKeys } from '../src/index.ts'

jest.setTimeout(300_000)

const suffix = 'rewrap'
const newKey = () => randomBytes(32).toString('base64')
const [k1, k2, k3] = [newKey(), newKey(), newKey()]
const old: KeyRing = { current: 'k1', keys: { k1 } }
const both: KeyRing = { current: 'k2', keys: { k1, k2 } }
const fresh: KeyRing = { current: 'k2', keys: { k2 } }

let database: Awaited<ReturnType<typeof openDatabase>>
beforeAll(async () => {
  await createDatabases(surroundings(), ['org'], suffix)
  database = await openDatabase('members', suffix)
})
afterAll(() => database?.close())

const sealOf = (ring: KeyRing, county: string) => createSealing(database.transact, ring).ofCounty(county)

/** Counties with something sealed, as a service leaves them. */
async function seedCounties(n: number, ring: KeyRing = old) {
  await look('members', 'delete from county_key', [], suffix)
  const counties = Array.from({ length: n }, () => randomUUID()).sort()
  return Promise.all(
    counties.map(async id => ({ id, sealed: (await sealOf(ring, id)).seal(`number of ${id}`, 'id-number') })),
  )
}
const wrappedBy = async (): Promise<Record<string, number>> =>
  Object.fromEntries(
    (await look('members', 'select master_key_id, count(*)::int as n from county_key group by 1', [], suffix)).map(
      row => [row.master_key_id, row.n],
    ),
  )

/** `npm run keys:rewrap -- …` on the databases of this test. */
const start = (ring: KeyRing | string | null, ...args: string[]) =>
  operatorCommand('rewrap-keys', args, {
    databaseSuffix: suffix,
    env: ring === null ? {} : { REGISTER_KEYS: typeof ring === 'string' ? ring : JSON.stringify(ring) },
  })
const rewrap = (ring: KeyRing | string | null, ...args: string[]) => start(ring, ...args).ended
const ofMembers = (ring: KeyRing, ...args: string[]) => rewrap(ring, '--service', 'members', ...args)

/** The nth county of a run waits, so that the run is under way for as long as it takes to kill it. */
async function holdAt(countyId: string) {
  const holder = new pg.Client({ connectionString: superuserUrl('members', suffix) })
  await holder.connect()
  await holder.query(`create or replace function wait_there() returns trigger language plpgsql as $$ begin
    if new.county_id = '${countyId}' then perform pg_advisory_xact_lock(4243); end if; return new; end $$`)
  await holder.query('select pg_advisory_lock(4243)')
  await holder.query('create trigger wait before update on county_key for each row execute function wait_there()')
  const waits = async () =>
    (await holder.query(`select 1 from pg_locks where locktype = 'advisory' and objid = 4243 and not granted`)).rowCount
  return {
    reached: () => until(waits, 60_000, 'the county is reached'),
    async letGo() {
      await holder.query('select pg_advisory_unlock(4243)')
      await holder.query('drop trigger wait on county_key')
      await holder.end()
    },
  }
}

describe('platform counties’ keys are wrapped anew', () => {
  test('platform killed in the middle and run again, each key is wrapped once, and opens what it has sealed with the new master key alone', async () => {
    const counties = await seedCounties(250)
    const before = await ofMembers(both, '--check')
    expect(before).toMatchObject({ code: 1, err: 'members: 仍由旧主密钥加密 still wrapped by k1: 250\n' })

    const held = await holdAt(counties[120]?.id ?? '')
    const killed = start(both, '--service', 'members')
    await held.reached()
    killed.kill()
    expect((await killed.ended).code).toBeNull()
    await held.letGo()
    // A set of a hundred was whole, the second is as if it had not begun.
    expect(await wrappedBy()).toEqual({ k1: 150, k2: 100 })

    expect(await ofMembers(both)).toEqual({
      ...{ code: 0, err: '' },
      out: 'members: 重新加密 wrapped anew: 150\nmembers: 当前主密钥 current k2: 250 个县 counties\n',
    })
    expect((await ofMembers(both)).out).toContain('wrapped anew: 0\n')
    expect(await ofMembers(fresh, '--check')).toMatchObject({ code: 0, err: '' })
    for (const { id, sealed } of counties)
      expect((await sealOf(fresh, id)).open(sealed, 'id-number').toString()).toBe(`number of ${id}`)
  })

  test('platform two runs at once share the work, and neither undoes the other’s', async () => {
    const counties = await seedCounties(120)
    const runs = await Promise.all([0, 1].map(() => rewrapCountyKeys(database.asService, both, { together: 10 })))
    expect(runs.map(({ unopened }) => unopened)).toEqual([[], []])
    expect(runs.reduce((sum, { rewrapped }) => sum + rewrapped, 0)).toBe(120)
    for (const { id, sealed } of counties) (await sealOf(fresh, id)).open(sealed, 'id-number')
  })

  test('platform a county alone, and nobody beside it', async () => {
    const counties = await seedCounties(3)
    await look('org', `insert into county (id, code, name) values ($1, '330399', '测试区')`, [counties[1]?.id], suffix)
    expect((await ofMembers(both, '--county', '330399')).code).toBe(0)
    expect(await wrappedBy()).toEqual({ k1: 2, k2: 1 })
    expect((await ofMembers(both, '--county', '330398')).code).toBe(1)
  })

  test('platform a key that no master key given opens is named and stays as it was, and the others are wrapped', async () => {
    const counties = await seedCounties(3)
    const [lost] = await seedCountiesMore({ current: 'k3', keys: { k3 } })
    const [damaged] = counties
    await look('members', `update county_key set wrapped = '\\x00' where county_id = $1`, [damaged?.id], suffix)
    const rows = () =>
      look('members', 'select * from county_key where county_id = any ($1) order by 1', [[lost, damaged?.id]], suffix)
    const before = await rows()
    const { code, err } = await ofMembers(both)
    expect(code).toBe(1)
    for (const id of [lost, damaged?.id]) expect(err).toContain(`opens the key of county ${id}`)
    expect(await rows()).toEqual(before)
    expect(await wrappedBy()).toEqual({ k1: 1, k2: 2, k3: 1 })
    // Current, and yet not the key that has wrapped it.
    const other = await rewrap({ current: 'k2', keys: { k2: newKey() } }, '--service', 'members', '--check')
    expect(other.err.match(/opens the key of county/g)).toHaveLength(4)
  })

  test.each<[string, KeyRing | string | null, string[], RegExp]>([
    ['no master keys', null, [], /REGISTER_KEYS_FILE/],
    ['a current key that is not among the keys', '{"current":"k9","keys":{}}', [], /REGISTER_KEYS: the current key/],
    ['a service that seals nothing', both, ['--service', 'assessment'], /keys:rewrap -- \[--check\]/],
    ['what it does not know', both, ['--all'], /keys:rewrap -- \[--check\]/],
  ])('platform it is refused with %s, in words and without a value', async (_, ring, args, wanted) => {
    const { code, err } = await rewrap(ring, ...args)
    expect(code).toBe(1)
    expect(err).toMatch(wanted)
    expect(err).not.toContain(k1)
  })

  test('platform who acts for a county never replaces its key, and the service changes how it is wrapped and nothing else', async () => {
    const [county] = await seedCounties(1)
    const refused = /permission denied/
    const replace = `update county_key set wrapped = '\\x00'`
    const asCounty = database.transact(systemActor(county?.id ?? ''), tx => tx.$executeRawUnsafe(replace))
    await expect(asCounty).rejects.toThrow(refused)
    for (const sql of ['delete from county_key', 'update county_key set county_id = gen_random_uuid()'])
      await expect(database.asService(tx => tx.$executeRawUnsafe(sql))).rejects.toThrow(refused)
  })
})

/** One county more, beside those that are there. */
async function seedCountiesMore(ring: KeyRing): Promise<string[]> {
  const id = randomUUID()
  await sealOf(ring, id)
  return [id]
}
