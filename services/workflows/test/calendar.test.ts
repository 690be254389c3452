import { randomBytes, randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, systemActor } from '@linghang/access'
import { codesOf, dataOf, send, tokenOf, uuidOf } from '@linghang/harness/ask'
import { actorOf, type County, createCounty, seedAccount, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { dumpText, look } from '@linghang/harness/databases'
import { until } from '@linghang/harness/until'
import { addDays } from '@linghang/rulebook'
import { tellAsMembers, today } from './requests.ts'

jest.setTimeout(180_000)

let county: County
let places: Awaited<ReturnType<typeof seedTwoCommittees>>
beforeAll(async () => {
  county = await createCounty()
  places = await seedTwoCommittees(county)
  for (const [place, dueInDays] of [
    [places.a1, 20],
    [places.a1, 20],
    [places.a2, -3],
    [places.a2, 400],
    [places.b1, 20],
  ] as const) {
    const id = randomUUID()
    await tellAsMembers(county, 'members.case.changed.v1', id, {
      ...{ id, memberId: randomUUID(), orgId: uuidOf(place.id), state: 'OPEN', stage: 'PROBATION', step: 'OATH' },
      deadlines: [
        {
          ...{
            rule: 'OATH',
            dueOn: addDays(today, dueInDays),
            nature: 'LATEST',
            article: '第二十九条',
            source: '细则',
          },
          ...{ certainty: 'SECONDARY', role: 'SECRETARY', orgId: uuidOf(place.id) },
        },
      ],
      ladders: {},
      version: 1,
    })
  }
  await until(
    async () =>
      (await look('workflows', 'select count(*)::int as n from deadline where county_id = $1', [county.id]))[0].n === 5,
    30_000,
    'the cases are heard',
  )
})

const seedHolder = async (at: string) => {
  const { subject, officeId } = await seedAccount(county, { keptBy: at, role: 'SECRETARY', at })
  const actor = await actorOf(county.world, subject)
  await until(
    async () =>
      (await look('workflows', 'select 1 from office_held where account_id = $1', [actor.accountId])).length > 0,
    30_000,
    'the office is heard of',
  )
  return { actor, officeId }
}
const create = (actor: Actor, organisationId: string, key?: string) =>
  county.world.ask.workflows(
    actor,
    'mutation ($id: ID!, $key: String) { createCalendarFeed(input: { organisationId: $id, idempotencyKey: $key }) { path feed { id organisation { id } } } }',
    { id: organisationId, key },
  )
/** Asks as the gateway does: in its own name, of no county. */
const get = (path: string) => send(county.world.urls.workflows, systemActor(randomUUID()), { path })
const eventsIn = (text: string) =>
  text
    .replaceAll('\r\n ', '')
    .split('BEGIN:VEVENT')
    .slice(1)
    .map(event => [/DATE:(\d+)/.exec(event)?.[1], /SUMMARY:(.*)\r/.exec(event)?.[1]])
const compact = (day: string) => day.replaceAll('-', '')

describe('S0-38 the calendar address', () => {
  test('S0-38 shows what falls due below its organisation within a year, by day and rule, and nothing from beside', async () => {
    const { actor } = await seedHolder(places.a.id)
    const { path, feed } = dataOf(await create(actor, places.a.id)).createCalendarFeed
    const shown = await get(path)
    expect(shown.status).toBe(200)
    expect(eventsIn(shown.text)).toEqual([
      [compact(addDays(today, -3)), '入党宣誓 1 项'],
      [compact(addDays(today, 20)), '入党宣誓 2 项'],
    ])
    expect(feed.organisation.id).toBe(places.a.id)
    const secret = path.slice('/calendar/'.length, -'.ics'.length)
    expect(await dumpText('workflows')).not.toContain(secret)
  })

  test('S0-38 is the same address for the same request repeated, and refused to the same key for another place', async () => {
    const { actor } = await seedHolder(places.a.id)
    const first = dataOf(await create(actor, places.a.id, 'feed-1')).createCalendarFeed
    expect(dataOf(await create(actor, places.a.id, 'feed-1')).createCalendarFeed).toEqual(first)
    expect((await get(first.path)).status).toBe(200)
    expect(codesOf(await create(actor, places.a1.id, 'feed-1'))).toEqual(['IDEMPOTENCY_KEY_REUSED'])
    expect(dataOf(await create(actor, places.a.id)).createCalendarFeed.path).not.toBe(first.path)
  })

  test('S0-38 is gone once it is revoked, and only whoever made it can do that', async () => {
    const { actor } = await seedHolder(places.a.id)
    const { path, feed } = dataOf(await create(actor, places.a.id)).createCalendarFeed
    const revoke = (by: Actor) =>
      county.world.ask.workflows(
        by,
        'mutation ($input: RevokeCalendarFeedInput!) { revokeCalendarFeed(input: $input) { id } }',
        { input: { id: feed.id } },
      )
    expect(codesOf(await revoke(county.admin))).toEqual(['NOT_FOUND'])
    expect((await get(path)).status).toBe(200)
    expect(codesOf(await revoke(actor))).toEqual([])
    expect((await get(path)).status).toBe(404)
  })

  test('S3-2 is gone with the office of whoever made it', async () => {
    const { actor, officeId } = await seedHolder(places.a.id)
    const { path } = dataOf(await create(actor, places.a.id)).createCalendarFeed
    expect((await get(path)).status).toBe(200)
    dataOf(
      await county.world.ask.org(
        county.admin,
        'mutation ($input: EndOfficeInput!) { endOffice(input: $input) { office { id } } }',
        { input: { officeId: officeId as string, reason: '换届' } },
      ),
    )
    await until(async () => (await get(path)).status === 404, 30_000, 'the address is gone')
  })

  test('S3-2 nobody makes one for an organisation that is not theirs to see', async () => {
    const branch = await seedActor(county, 'SECRETARY', places.a1.id)
    for (const organisation of [places.a.id, places.a2.id, places.b.id])
      expect(codesOf(await create(branch, organisation))).toEqual(['NOT_FOUND'])
    const app = await seedActor(county, 'APP', places.a1.id, {
      kind: 'APP',
      scopes: ['workflows:read', 'workflows:write'],
    })
    expect(codesOf(await create(app, places.a1.id))).toEqual(['FORBIDDEN'])
  })

  test.each(['a'.repeat(43), 'short', `${'a'.repeat(43)}b`])('S0-38 %s is no address', async secret => {
    expect((await get(`/calendar/${secret}.ics`)).status).toBe(404)
  })

  test('S0-38 is not asked more than sixty times in five minutes', async () => {
    const path = `/calendar/${'z'.repeat(43)}.ics`
    for (let n = 0; n < 60; n++) expect((await get(path)).status).toBe(404)
    expect((await get(path)).status).toBe(429)
  })

  test('S0-38 twenty addresses are enough for one person', async () => {
    const { actor } = await seedHolder(places.a2.id)
    for (let n = 0; n < 20; n++) expect(codesOf(await create(actor, places.a2.id))).toEqual([])
    expect(codesOf(await create(actor, places.a2.id))).toEqual(['CALENDAR_FEEDS_TOO_MANY'])
  })
})

describe('S0-38 calendar addresses that are asked for by many', () => {
  test('S0-38 forty at once are no more than twenty', async () => {
    const { actor } = await seedHolder(places.b1.id)
    const answers = await Promise.all(Array.from({ length: 40 }, () => create(actor, places.b1.id)))
    expect(answers.flatMap(codesOf)).toEqual(Array.from({ length: 20 }, () => 'CALENDAR_FEEDS_TOO_MANY'))
  })

  test('S0-38 whoever guesses secrets keeps nobody from a real one', async () => {
    const { actor } = await seedHolder(places.b.id)
    const { path } = dataOf(await create(actor, places.b.id)).createCalendarFeed
    let guessing = true
    const guesses = Array.from({ length: 24 }, async () => {
      while (guessing) expect((await get(`/calendar/${randomBytes(32).toString('base64url')}.ics`)).status).toBe(404)
    })
    const statuses: number[] = []
    for (let i = 0; i < 20; i++) statuses.push((await get(path)).status)
    guessing = false
    await Promise.all(guesses)
    expect(statuses).toEqual(statuses.map(() => 200))
  })

  test('S0-38 whoever has the newest calendar already is told so, and sent a new one when something has changed', async () => {
    const { actor } = await seedHolder(places.b1.id)
    const { path } = dataOf(await create(actor, places.b1.id)).createCalendarFeed
    const ask = async (known?: string) =>
      fetch(`${county.world.urls.workflows}${path}`, {
        headers: {
          authorization: `Bearer ${await tokenOf(systemActor(randomUUID()))}`,
          ...(known ? { 'if-none-match': known } : {}),
        },
      })
    const first = await ask()
    const tag = first.headers.get('etag') as string
    const second = await ask()
    expect(await second.text()).toBe(await first.text())
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) expect((await ask(known)).status).toBe(304)
    expect((await ask('"other"')).status).toBe(200)
    const id = randomUUID()
    await tellAsMembers(county, 'members.case.changed.v1', id, {
      ...{ id, memberId: randomUUID(), orgId: uuidOf(places.b1.id), state: 'OPEN', stage: 'PROBATION', step: 'OATH' },
      deadlines: [
        {
          ...{ rule: 'OATH', dueOn: addDays(today, 44), nature: 'LATEST', article: '第二十九条', source: '细则' },
          ...{ certainty: 'SECONDARY', role: 'SECRETARY', orgId: uuidOf(places.b1.id) },
        },
      ],
      ladders: {},
      version: 1,
    })
    await until(async () => (await ask(tag)).status === 200, 30_000, 'the calendar has changed')
  })
})
