import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { addDays } from '@linghang/rulebook'

jest.setTimeout(120_000)
const today = shanghaiDay(new Date())

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let people: Record<'host' | 'late' | 'guest' | 'other', string>
let [host, guest, other] = [] as unknown as [Actor, Actor, Actor]
beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  const ids = await seedMembers(county, [
    ...['主办甲', '主办乙'].map(姓名 => fullMember(county.code, tree.a1.code, { 姓名 })),
    fullMember(county.code, tree.b1.code, { 姓名: '参加甲' }),
    fullMember(county.code, tree.a2.code, { 姓名: '另一甲' }),
  ])
  const id = (name: string) => ids.get(name) as string
  people = { host: id('主办甲'), late: id('主办乙'), guest: id('参加甲'), other: id('另一甲') }
  host = await seedActor(county, 'SECRETARY', tree.a1.id)
  guest = await seedActor(county, 'SECRETARY', tree.b1.id)
  other = await seedActor(county, 'SECRETARY', tree.a2.id)
})

const fields = `activity { id hostName kind title heldOn items state due present closedOn
  parties { name answer declineReason due present organisation { id } meeting { id kind state } } }`
const send = (actor: Actor, mutation: string, input: object) => {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`
  const document = `mutation ($input: ${type}!) { done: ${mutation}(input: $input) { ${fields} } }`
  return county.world.askUntyped.org(actor, document, { input })
}
const done = async (actor: Actor, mutation: string, input: object) =>
  dataOf(await send(actor, mutation, input)).done.activity
const plan = (more: object = {}, actor = host) =>
  send(actor, 'planJointActivity', {
    ...{ organisationId: tree.a1.id, kind: 'THEME_DAY', title: '联学联建', heldOn: today, items: ['集中学习', '交流'] },
    ...{ inviteCodes: [tree.b1.code, tree.a2.code], ...more },
  })
const planned = async (more: object = {}): Promise<string> => dataOf(await plan(more)).done.activity.id
const answer = (actor: Actor, activityId: string, organisationId: string, accepts: boolean, reason?: string) =>
  send(actor, 'answerJointInvitation', { activityId, organisationId, accepts, reason })
const list = (actor: Actor, activityId: string, organisationId: string, lists: object) =>
  send(actor, 'giveJointList', { activityId, organisationId, ...lists })
const close = (activityId: string, actor = host) => send(actor, 'closeJointActivity', { activityId })
const activitiesAt = async (actor: Actor, id: string) => {
  const document = `query ($id: ID!) { organisation(id: $id) { jointActivities { ${fields.slice('activity { '.length, -1)} }
    lifeLedger { lines { kind held } } } }`
  return dataOf(await county.world.askUntyped.org(actor, document, { id })).organisation
}

describe('S3-11 several organisations hold an activity as one', () => {
  test('S3-11 each records its own people, it counts for each as its theme day, and the others learn numbers alone', async () => {
    const id = await planned()
    expect(codesOf(await list(guest, id, tree.b1.id, { presentIds: [people.guest] }))).toEqual(['JOINT_NOT_ACCEPTED'])
    dataOf(await answer(guest, id, tree.b1.id, true))
    expect(codesOf(await answer(guest, id, tree.b1.id, false, '改主意'))).toEqual(['JOINT_ANSWER_GIVEN'])
    expect(codesOf(await answer(other, id, tree.a2.id, false))).toEqual(['BAD_INPUT'])
    dataOf(await answer(other, id, tree.a2.id, false, '当日外出'))
    dataOf(await list(host, id, tree.a1.id, { presentIds: [people.host], absentIds: [people.late] }))
    expect(codesOf(await close(id))).toEqual(['JOINT_LISTS_MISSING'])
    // Nobody brings the people of another organisation.
    expect(codesOf(await list(guest, id, tree.b1.id, { presentIds: [people.host] }))).toEqual(['NOT_ON_REGISTER'])
    const own = await done(guest, 'giveJointList', {
      ...{ activityId: id, organisationId: tree.b1.id, presentIds: [people.guest], idempotencyKey: 'once' },
    })
    expect(own.parties).toMatchObject([
      { organisation: { id: tree.b1.id }, due: 1, present: 1, meeting: { kind: 'THEME_DAY', state: 'CLOSED' } },
    ])
    expect(own).toMatchObject({ due: null, present: null })
    expect(codesOf(await list(guest, id, tree.b1.id, { presentIds: [people.guest] }))).toEqual(['JOINT_LIST_GIVEN'])

    expect(codesOf(await close(id, guest))).toEqual(['NOT_FOUND'])
    const closed = await done(host, 'closeJointActivity', { activityId: id })
    expect(closed).toMatchObject({ state: 'CLOSED', due: 3, present: 2, closedOn: today })
    const parties = new Map(closed.parties.map((party: { name: string }) => [party.name, party]))
    expect([...parties.values()].filter(party => (party as { organisation: unknown }).organisation)).toHaveLength(1)
    expect(closed.parties).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ answer: 'ACCEPTED', due: 1, present: 1, organisation: null, meeting: null }),
        expect.objectContaining({ answer: 'DECLINED', declineReason: '当日外出', due: null, meeting: null }),
      ]),
    )
    const { jointActivities, lifeLedger } = await activitiesAt(guest, tree.b1.id)
    expect(jointActivities).toMatchObject([{ id, due: 3, present: 2, items: ['集中学习', '交流'] }])
    expect(JSON.stringify(jointActivities)).not.toContain(tree.a1.id)
    expect(lifeLedger.lines).toEqual(expect.arrayContaining([{ kind: 'THEME_DAY', held: 1 }]))
    expect(codesOf(await list(other, id, tree.a2.id, { presentIds: [people.other] }))).toEqual([
      'JOINT_ACTIVITY_CLOSED',
    ])
    expect(codesOf(await close(id))).toEqual(['JOINT_ACTIVITY_CLOSED'])
  })

  test('S3-11 when its day has passed the host closes it, whoever has not given a list', async () => {
    const id = await planned({ heldOn: addDays(today, -1), kind: 'JOINT_ACTIVITY' })
    expect(await done(host, 'closeJointActivity', { activityId: id })).toMatchObject({ state: 'CLOSED', due: 0 })
  })

  test('S3-11 who is invited is of this county, is another, and is known by its code; strangers find nothing', async () => {
    expect(codesOf(await plan({ inviteCodes: [] }))).toEqual(['JOINT_PARTIES_BOUNDED'])
    expect(codesOf(await plan({ inviteCodes: [tree.a1.code] }))).toEqual(['JOINT_WITH_ITSELF'])
    expect(codesOf(await plan({ inviteCodes: ['没有这个代码'] }))).toEqual(['NOT_FOUND'])
    const elsewhere = await createCounty()
    const { b1 } = await seedTwoCommittees(elsewhere)
    expect(codesOf(await plan({ inviteCodes: [b1.code] }))).toEqual(['NOT_FOUND'])
    expect(codesOf(await plan({}, guest))).toEqual(['NOT_FOUND'])
    const id = await planned({ inviteCodes: [tree.b1.code] })
    expect(codesOf(await answer(other, id, tree.a2.id, true))).toEqual(['NOT_FOUND'])
    expect(codesOf(await answer(other, id, tree.b1.id, true))).toEqual(['NOT_FOUND'])
    expect((await activitiesAt(other, tree.a2.id)).jointActivities.map((one: { id: string }) => one.id)).not.toContain(
      id,
    )
  })
})
