import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Actor, noCounty, type RawTx, systemActor, writeCityOfCounty } from '@linghang/access'
import { look } from '@linghang/harness/databases'
import { openDatabase } from '@linghang/harness/open-database'
import { services } from '@linghang/migrations'

const suffix = 'city_role'
let database: Awaited<ReturnType<typeof openDatabase>>
const cityId = randomUUID()
const [own, sibling, foreign, loose] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]

const officeOf = (city: string): Actor => ({
  ...{ kind: 'PERSON', accountId: randomUUID(), cityId: city, countyId: noCounty },
  ...{ memberId: null, memberOrgId: null, grants: [], scopes: [] },
})
const inTx = <T>(actor: Actor, work: (tx: RawTx) => Promise<T>) => database.transact(actor, work)
const countiesSeen = (actor: Actor, table = 'tally') =>
  inTx(actor, tx =>
    tx.$queryRawUnsafe<{ id: string }[]>(`select county_id as id from ${table} group by county_id order by county_id`),
  ).then(rows => rows.map(({ id }) => id))

beforeAll(async () => {
  database = await openDatabase('assessment', suffix)
  for (const countyId of [own, sibling, foreign, loose]) {
    const city = countyId === foreign ? randomUUID() : countyId === loose ? null : cityId
    await inTx(systemActor(countyId), async tx => {
      await writeCityOfCounty(tx, { countyId, cityId: city, version: 2 })
      await tx.$executeRawUnsafe('insert into tally (org_id, county_id) values (gen_random_uuid(), $1)', countyId)
    })
  }
})
afterAll(() => database?.close())

describe('platform the role of an office of a city', () => {
  test('platform it sees rows of its own counties, and where no city is named none', async () => {
    expect(await countiesSeen(officeOf(cityId))).toEqual([own, sibling].toSorted())
    expect(await countiesSeen(officeOf(cityId), 'city_county')).toEqual([own, sibling].toSorted())
    expect(await countiesSeen(officeOf(randomUUID()))).toEqual([])
    const unset = await inTx(officeOf(cityId), tx =>
      tx.$queryRawUnsafe(`with gone as (select set_config('app.city_id', '', true) as was)
        select county_id from tally, gone where gone.was = ''`),
    )
    expect(unset).toEqual([])
  })

  test('platform a county that a city lets go is seen by it no longer, and an older word changes nothing', async () => {
    const countyId = randomUUID()
    const place = (city: string | null, version: number) =>
      inTx(systemActor(countyId), tx => writeCityOfCounty(tx, { countyId, cityId: city, version }))
    await inTx(systemActor(countyId), tx =>
      tx.$executeRawUnsafe('insert into tally (org_id, county_id) values (gen_random_uuid(), $1)', countyId),
    )
    const other = randomUUID()
    await place(other, 1)
    expect(await countiesSeen(officeOf(other))).toEqual([countyId])
    await place(null, 3)
    await place(other, 2)
    expect(await countiesSeen(officeOf(other))).toEqual([])
  })

  test.each(['person_fact', 'audit_entry', 'idempotency_key', 'outbox_event', 'county_move'])(
    'platform of %s it may read nothing at all',
    async table => {
      await expect(inTx(officeOf(cityId), tx => tx.$queryRawUnsafe(`select 1 from ${table}`))).rejects.toThrow(
        /permission denied/,
      )
    },
  )

  test('platform its transaction may not write, whatever its role may', async () => {
    const [says] = await inTx(officeOf(cityId), tx =>
      tx.$queryRawUnsafe<{ role: string; only: string }[]>(
        `select current_setting('role') as role, current_setting('transaction_read_only') as only`,
      ),
    )
    expect(says).toEqual({ role: 'linghang_city', only: 'on' })
    const statement = `update tally set applicants = 7 where county_id = '${own}'`
    await expect(inTx(officeOf(cityId), tx => tx.$executeRawUnsafe(statement))).rejects.toThrow()
    expect(await look('assessment', 'select 1 from tally where applicants = 7', [], suffix)).toEqual([])
  })

  test('platform whatever else such an actor says of itself, it stays the city’s', async () => {
    const odd: Actor = {
      ...officeOf(cityId),
      kind: 'SYSTEM',
      countyId: foreign,
      grants: [{ role: 'ADMIN', orgId: null }],
    }
    expect(await countiesSeen(odd)).toEqual([own, sibling].toSorted())
  })
})

describe('platform what the databases show to offices of cities', () => {
  /** All of it, by column: whatever is shown beside stands here by somebody's decision. No table of people is among it. */
  const everywhere = ['city_county: city_id county_id version', 'org_node: county_id ended_on id kind']
  const shown: Readonly<Record<string, readonly string[]>> = {
    org: ['city: code id name', 'county: code id name'],
    workflows: ['deadline: closed_at county_id due_on nature rule'],
    assessment: [
      'county_sum: county_id key lit pack_version part period_from period_until points published scale sheets',
      'pack_decision: county_id decided_on document effective_from kind number organ pack_key title version',
      'scored_county: county_id summed_at',
      'tally: activists applicants candidates county_id dues_complete full_members owing_dues probationary',
    ],
  }
  test.each(services)('platform %s shows these columns and no other', async service => {
    const rows = await look(
      service,
      `select c.relname || ': ' || string_agg(a.attname, ' ' order by a.attname) as shown
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       where c.relnamespace = 'public'::regnamespace and has_column_privilege('linghang_city', c.oid, a.attnum, 'select')
       group by c.relname order by 1`,
    )
    expect(rows.map(row => row.shown)).toEqual([...everywhere, ...(shown[service] ?? [])].toSorted())
  })

  test.each(services)('platform %s lets it write to nothing, and read nothing without a policy', async service => {
    const rows = await look(
      service,
      `select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
         and (has_table_privilege('linghang_city', c.oid, 'insert, update, delete, truncate')
           or (has_any_column_privilege('linghang_city', c.oid, 'select') and not (c.relrowsecurity and c.relforcerowsecurity)))`,
    )
    expect(rows).toEqual([])
  })

  test('platform what is not protected cannot be shown', async () => {
    const ask = look(
      'assessment',
      `do $$ begin create temp table bare (county_id uuid); call app.show_to_city('bare', 'county_id'); end $$`,
      [],
      suffix,
    )
    await expect(ask).rejects.toThrow(/not protected/)
  })
})
