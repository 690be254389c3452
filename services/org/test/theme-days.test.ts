import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay, systemActor } from '@linghang/access'
import { codesOf, dataOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { seedMembers } from '@linghang/harness/imports'
import { listen } from '@linghang/harness/listen'
import { fullMember } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { openThemeDays } from '../src/life/theme-days/open-theme-days.ts'
import { createDesk } from './meeting-desk.ts'
import { openOrg } from './perform.ts'

jest.setTimeout(120_000)

const today = shanghaiDay(new Date())
const month = `${today.slice(0, 8)}01`

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let people: string[]
let secretary: Actor
let org: ReturnType<typeof openOrg>
let heard: Awaited<ReturnType<typeof listenToDays>>
const listenToDays = () => listen('org.events', ['org.theme-day.changed.v1'])
beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  heard = await listenToDays()
  org = openOrg()
  const ids = await seedMembers(county, [
    fullMember(county.code, tree.a1.code, { 姓名: '党日甲' }),
    fullMember(county.code, tree.a2.code, { 姓名: '党日乙' }),
  ])
  people = ['党日甲', '党日乙'].map(name => ids.get(name) as string)
  secretary = await seedActor(county, 'SECRETARY', tree.a1.id)
})
afterAll(async () => {
  await heard?.stop()
  await org?.close()
})

const open = () => org.as(systemActor(county.id), work => openThemeDays.run(work, {}))
const decide = async () => {
  const input = { effectiveFrom: today, themeDayBy: 20, basis: '县委组织部通知' }
  const set = 'mutation ($input: SetLifeSettingsInput!) { setLifeSettings(input: $input) { settings { themeDayBy } } }'
  dataOf(await county.world.askUntyped.org(county.admin, set, { input }))
}
const daysOf = async (organisationId: string, actor = county.admin) => {
  const document = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation {
    themeDays(year: ${today.slice(0, 4)}) { month dueOn reason missed meeting { id } } } } }`
  const refs = [{ __typename: 'Organisation', id: organisationId }]
  return dataOf(await county.world.askUntyped.org(actor, document, { refs }))._entities[0]?.themeDays
}
const told = (organisationId: string, isOpen: boolean) =>
  until(
    () =>
      heard.heard.find(
        ({ data }) => data.orgId === uuidOf(organisationId) && data.isOpen === isOpen && data.month === month,
      ),
    30_000,
  )
const because = (actor: Actor, organisationId: string, reason = '全体党员参加防汛') =>
  county.world.askUntyped.org(
    actor,
    'mutation ($input: GiveThemeDayReasonInput!) { giveThemeDayReason(input: $input) { organisation { id } } }',
    { input: { organisationId, month: today, reason } },
  )

describe('S3-9 a theme day not held by the county’s day', () => {
  test('S3-9 nobody is warned until the county sets the day; then every branch is watched, once a month', async () => {
    expect(await open()).toBe(0)
    expect(codesOf(await because(secretary, tree.a1.id))).toEqual(['THEME_DAY_NOT_WATCHED'])
    await decide()
    // The service opens by itself every hour; whoever comes second finds it done.
    expect(await open()).toBeLessThanOrEqual(3)
    expect(await open()).toBe(0)
    const dueOn = `${month.slice(0, 8)}20`
    for (const branch of [tree.a1, tree.a2, tree.b1])
      expect(await daysOf(branch.id)).toEqual([{ month, dueOn, reason: null, missed: dueOn < today, meeting: null }])
    expect(await daysOf(tree.a.id)).toEqual([])
    expect((await told(tree.a1.id, true)).data).toMatchObject({ dueOn, month, version: 1 })
  })

  test('S3-9 a reason closes it, the branch’s own; a second one is wanted by nobody', async () => {
    const stranger = await seedActor(county, 'SECRETARY', tree.b1.id)
    expect(codesOf(await because(stranger, tree.a1.id))).toEqual(['NOT_FOUND'])
    expect(codesOf(await because(secretary, tree.a1.id, ' '))).toEqual(['BAD_INPUT'])
    dataOf(await because(secretary, tree.a1.id))
    expect(await daysOf(tree.a1.id)).toMatchObject([{ reason: '全体党员参加防汛', missed: false }])
    expect((await told(tree.a1.id, false)).data).toMatchObject({ version: 2 })
    expect(codesOf(await because(secretary, tree.a1.id))).toEqual(['THEME_DAY_CLOSED'])
  })

  test('S3-9 a theme day that was held closes it, when its record is closed', async () => {
    const desk = createDesk(county)
    const { id } = await desk.record(tree.a2.id, 'THEME_DAY', { heldOn: today, presentIds: [people[1]] })
    dataOf(await desk.close(id))
    await told(tree.a2.id, false)
    expect(await daysOf(tree.a2.id)).toMatchObject([{ meeting: { id }, missed: false }])
    expect(await daysOf(tree.b1.id)).toMatchObject([{ meeting: null }])
  })
})
