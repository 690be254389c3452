import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Actor } from '@linghang/access'
import { type Data, dataOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { until } from '@linghang/harness/until'
import { workingMoment } from '../src/time/calendar/office-hours.ts'
import { tellAsAssessment, today } from './requests.ts'

jest.setTimeout(120_000)

let county: County
let places: Awaited<ReturnType<typeof seedTwoCommittees>>
beforeAll(async () => {
  county = await createCounty()
  places = await seedTwoCommittees(county)
})

const since = `${today.slice(0, 7)}-01`
const corrected = (more: { memberId?: string; id?: string; version?: number } = {}) => ({
  ...{ id: randomUUID(), orgId: uuidOf(places.a1.id), memberId: null, periodFrom: '2026-07-01', correctedOn: today },
  ...{ version: 2, ...more },
})
const correct = (sheet: ReturnType<typeof corrected>) =>
  tellAsAssessment(county, 'assessment.sheet.corrected.v1', sheet.id, sheet)
const light = async (orgId: string, about: 'ORGANISATION' | 'MEMBERS') => {
  const id = randomUUID()
  const data = { id, orgId: uuidOf(orgId), about, since, colours: ['RED'], version: 1 }
  await tellAsAssessment(county, 'assessment.light.lit.v1', id, data)
}
const clear = async (orgId: string, about: 'ORGANISATION' | 'MEMBERS') => {
  const id = randomUUID()
  const data = { id, orgId: uuidOf(orgId), about, clearedOn: today, colours: ['RED'], version: 1 }
  await tellAsAssessment(county, 'assessment.light.cleared.v1', id, data)
}
const remindersOf = (orgId: string) =>
  look('workflows', 'select org_id, role, rule, subject_id, sent_at from reminder where subject_id = $1', [
    uuidOf(orgId),
  ])
/** As if offices had opened since. */
const open = async () => {
  await look('workflows', `update reminder set sent_at = now() - interval '1 hour' where county_id = $1`, [county.id])
  const moved = `update personal_reminder set shown_from = now() - interval '1 hour' where county_id = $1`
  await look('workflows', moved, [county.id])
}
const inboxesOf = async (actor: Actor): Promise<Data> =>
  dataOf(
    await county.world.askUntyped.workflows(
      actor,
      `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Me {
        personalInbox { totalCount nodes { kind month sheet { id } } }
        inbox { nodes { rule dueOn rung subject { ... on Organisation { id } } } } } } }`,
      { refs: [{ __typename: 'Me', id: `Account:${actor.accountId}` }] },
    ),
  )._entities[0]

describe('S0-21 a published score that is another one now', () => {
  test('S0-21 its member finds the newest version in their own inbox, once, and nobody else does', async () => {
    const sheet = corrected({ memberId: randomUUID() })
    await correct(sheet)
    await correct({ ...sheet, version: 3 })
    await correct({ ...sheet, version: 3 })
    const kept = 'select shown_from from personal_reminder where sheet_id = $1 and version = 3'
    const [row] = await until(
      async () => {
        const found = await look('workflows', kept, [sheet.id])
        return found.length > 0 ? found : null
      },
      30_000,
      'the correction is heard of',
    )
    const last = corrected({ memberId: randomUUID() })
    await correct(last)
    await until(
      async () =>
        (await look('workflows', 'select 1 from personal_reminder where sheet_id = $1', [last.id])).length === 1,
      30_000,
    )
    const shownFrom = new Date(row?.shown_from as string).getTime()
    expect(workingMoment(shownFrom)).toBe(shownFrom)
    await open()
    const own = { ...(await seedActor(county, 'AUDITOR', places.a1.id)), grants: [], memberId: sheet.memberId }
    expect((await inboxesOf(own)).personalInbox).toEqual({
      totalCount: 1,
      nodes: [{ kind: 'SCORE_CORRECTED', month: '2026-07-01', sheet: { id: `ScoreSheet:${sheet.id}` } }],
    })
    const secretary = await inboxesOf(await seedActor(county, 'SECRETARY', places.a1.id))
    expect(secretary).toMatchObject({ personalInbox: { totalCount: 0 }, inbox: { nodes: [] } })
  })

  test('S0-21 an organisation’s secretary hears of it once a day', async () => {
    const orgId = places.a2.id
    await correct({ ...corrected(), orgId: uuidOf(orgId) })
    await correct({ ...corrected(), orgId: uuidOf(orgId), version: 5 })
    await until(async () => (await remindersOf(orgId)).length > 0, 30_000, 'the office is told')
    await light(orgId, 'MEMBERS')
    await until(async () => (await remindersOf(orgId)).length > 1, 30_000)
    expect((await remindersOf(orgId)).map(({ rule, role }) => [rule, role]).sort()).toEqual([
      ['LIGHTS_OF_MEMBERS', 'SECRETARY'],
      ['SCORE_CORRECTED', 'SECRETARY'],
    ])
  })
})

describe('S1-15 S2-16 a light that has come on', () => {
  test('S1-15 of a branch is told its secretary and the one above, of members the branch’s alone', async () => {
    const { id } = places.b1
    await light(id, 'ORGANISATION')
    await light(id, 'ORGANISATION')
    await light(id, 'MEMBERS')
    await until(async () => (await remindersOf(id)).length >= 3, 30_000, 'the offices are told')
    const last = places.b
    await light(last.id, 'MEMBERS')
    await until(async () => (await remindersOf(last.id)).length === 1, 30_000)
    const rows = await remindersOf(id)
    expect(rows.map(({ rule, org_id }) => [rule, org_id]).sort()).toEqual(
      [
        ['LIGHTS_OF_MEMBERS', uuidOf(id)],
        ['LIGHT_ON', uuidOf(id)],
        ['LIGHT_ON', uuidOf(places.b.id)],
      ].sort(),
    )
    const sentAt = new Date(rows[0]?.sent_at as string).getTime()
    expect(workingMoment(sentAt)).toBe(sentAt)
    await open()
    const above = await inboxesOf(await seedActor(county, 'SECRETARY', places.b.id))
    expect(above.inbox.nodes).toContainEqual({ rule: 'LIGHT_ON', dueOn: since, rung: 'TURN', subject: { id } })
    expect(above.inbox.nodes.map(({ rule }: Data) => rule)).not.toContain('SCORE_CORRECTED')
  })
})

describe('S1-15 S2-16 a light that is out again', () => {
  test('S1-15 is told those whom its coming on was told, once a day, of members that there are fewer alone', async () => {
    const { id } = places.a
    await clear(id, 'ORGANISATION')
    await clear(id, 'ORGANISATION')
    await clear(id, 'MEMBERS')
    await clear(id, 'MEMBERS')
    await light(id, 'MEMBERS')
    const rows = await until(async () => {
      const found = await remindersOf(id)
      return found.some(({ rule }) => rule === 'LIGHTS_OF_MEMBERS') && found.length >= 4 ? found : null
    }, 30_000)
    expect(rows.map(({ rule, org_id }) => [rule, org_id]).sort()).toEqual(
      [
        ['LIGHTS_OF_MEMBERS', uuidOf(id)],
        ['LIGHTS_OF_MEMBERS_CLEARED', uuidOf(id)],
        ['LIGHT_CLEARED', uuidOf(id)],
        ['LIGHT_CLEARED', uuidOf(places.root.id)],
      ].sort(),
    )
    for (const { sent_at } of rows) expect(workingMoment(new Date(sent_at).getTime())).toBe(new Date(sent_at).getTime())
    await open()
    const above = await inboxesOf(await seedActor(county, 'SECRETARY', places.root.id))
    expect(above.inbox.nodes).toContainEqual({ rule: 'LIGHT_CLEARED', dueOn: today, rung: 'TURN', subject: { id } })
    const rules = above.inbox.nodes.map(({ rule }: Data) => rule)
    expect(rules).not.toContain('LIGHTS_OF_MEMBERS_CLEARED')
  })
})
