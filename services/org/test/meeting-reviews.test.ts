import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { seedMembers } from '@linghang/harness/imports'
import { listen } from '@linghang/harness/listen'
import { fullMember, rows } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { addDays } from '@linghang/rulebook'
import { createDesk, type Desk, refusalOf } from './meeting-desk.ts'

jest.setTimeout(120_000)

const today = shanghaiDay(new Date())

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let desk: Desk
let people: string[]
let probationer: string
let secretary: Actor
let kai: Actor
let lan: Actor
let mei: Actor
let heard: Awaited<ReturnType<typeof listenToFollowUps>>
const listenToFollowUps = () => listen('org.events', ['org.follow-up.changed.v1'])
beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  desk = createDesk(county)
  heard = await listenToFollowUps()
  const names = ['评议甲', '评议乙', '评议丙']
  const ids = await seedMembers(county, [
    ...names.map(姓名 => fullMember(county.code, tree.a1.code, { 姓名 })),
    fullMember(county.code, tree.a1.code, rows.probationary('评议预备', addDays(today, -100))),
  ])
  people = names.map(name => ids.get(name) as string)
  probationer = ids.get('评议预备') as string
  const asMember = async (memberId: string | undefined): Promise<Actor> => ({
    ...(await seedActor(county, 'AUDITOR', tree.a1.id, { memberId: memberId as string })),
    grants: [],
  })
  kai = await asMember(people[0])
  lan = await asMember(people[1])
  mei = await asMember(people[2])
  secretary = await seedActor(county, 'SECRETARY', tree.a1.id)
})
afterAll(() => heard?.stop())

/** What the branch is told to do after its meetings, once it is that. */
const told = (wanted: readonly string[]) =>
  until(() => {
    const newest = heard.heard.filter(({ data }) => data.orgId === uuidOf(tree.a1.id)).at(-1)?.data
    const dates = newest?.dates.map(({ rule, dueOn }) => `${rule} ${dueOn}`) ?? []
    return dates.join() === wanted.join() && newest?.open === wanted.length > 0 ? true : null
  }, 30_000)
const send = (actor: Actor, mutation: string, input: object, fields = 'meeting { id }') => {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`
  const document = `mutation ($input: ${type}!) { done: ${mutation}(input: $input) { ${fields} } }`
  return county.world.askUntyped.org(actor, document, { input })
}
const announced = async (kind: string): Promise<string> => {
  const plan = { startsAt: new Date(Date.now() + 3_600_000).toISOString(), items: [{ title: '查摆问题' }] }
  const planned = await send(secretary, 'planMeeting', { organisationId: tree.a1.id, kind, plan })
  const { id } = dataOf(planned).done.meeting
  dataOf(await send(secretary, 'announceMeeting', { id }))
  return id
}
const hold = async (id: string) =>
  dataOf(
    await send(secretary, 'recordHeldMeeting', {
      id,
      content: { heldOn: today, presentIds: [...people, probationer] },
    }),
  )
const own = async (actor: Actor, id: string, fields: string) =>
  dataOf(
    await county.world.askUntyped.org(actor, `{ myMeetings(first: 20) { nodes { meetingId ${fields} } } }`),
  ).myMeetings.nodes.find(({ meetingId }: { meetingId: string }) => meetingId === id)

describe('S2-12 a criticism meeting: opinions before, measures after', () => {
  test('S2-12 an opinion is read by whom it is about and by the branch’s secretary, by nobody else and no superior', async () => {
    const id = await announced('CRITICISM_MEETING')
    const write = (actor: Actor, aboutMemberId: string | undefined, text: string) =>
      send(actor, 'writeCriticismOpinion', { meetingId: id, aboutMemberId, text }, 'notice { meetingId }')
    dataOf(await write(kai, people[1], '学习抓得不紧'))
    dataOf(await write(kai, people[0], '联系群众不够'))
    expect(codesOf(await write(kai, `Member:${randomUUID()}`, '无此人'))).toEqual(['OPINION_NOT_ABOUT_MEMBER'])
    expect(codesOf(await write(secretary, people[1], '代写'))).toEqual(['NOT_FOUND'])
    const fields = 'opinions { aboutMemberId byMemberId text }'
    expect((await own(lan, id, fields)).opinions).toEqual([
      { aboutMemberId: people[1], byMemberId: null, text: '学习抓得不紧' },
    ])
    expect((await own(kai, id, fields)).opinions).toHaveLength(2)
    expect((await own(mei, id, fields)).opinions).toEqual([])
    const read = (actor: Actor) => desk.read(id, 'opinions { totalCount nodes { text byMemberId } }', actor)
    expect((await read(secretary)).opinions.nodes).toEqual([
      { text: '学习抓得不紧', byMemberId: people[0] },
      { text: '联系群众不够', byMemberId: people[0] },
    ])
    const leader = await seedActor(county, 'LEADER', tree.a.id)
    for (const actor of [county.admin, leader, await seedActor(county, 'SECRETARY', tree.a.id)])
      expect((await read(actor)).opinions).toEqual({ totalCount: 0, nodes: [] })
    await hold(id)
    expect(codesOf(await write(kai, people[1], '会后再写'))).toEqual(['NOT_A_CRITICISM_MEETING'])
  })

  test('S2-12 what is to be mended has its day, its person, and an end', async () => {
    const id = await announced('CRITICISM_MEETING')
    const add = (more: object = {}) =>
      send(secretary, 'addCriticismMeasure', {
        ...{ meetingId: id, memberId: people[1], problem: '学习不紧', measure: '每周学习一次', dueOn: today },
        ...more,
      })
    expect(codesOf(await add())).toEqual(['NOT_A_CRITICISM_MEETING'])
    await hold(id)
    expect(codesOf(await add({ dueOn: addDays(today, -1) }))).toEqual(['MEASURE_DUE_IN_PAST'])
    dataOf(await add())
    dataOf(await add({ memberId: null, problem: '台账不全' }))
    dataOf(await desk.close(id))
    const open = 'query ($id: ID!) { organisation(id: $id) { measuresToFinish { problem meeting { id } } } }'
    const toFinish = async () =>
      dataOf(await county.world.askUntyped.org(secretary, open, { id: tree.a1.id })).organisation.measuresToFinish
    expect(await toFinish()).toEqual(['学习不紧', '台账不全'].map(problem => ({ problem, meeting: { id } })))
    await told([`CRITICISM_MEASURE ${today}`])
    const fields = 'measures { id problem dueOn doneOn outcome overdue }'
    const [mine] = (await own(lan, id, fields)).measures
    expect(mine).toMatchObject({ problem: '学习不紧', dueOn: today, doneOn: null, overdue: false })
    expect((await own(kai, id, fields)).measures).toEqual([])
    const finish = (actor: Actor) =>
      send(actor, 'finishCriticismMeasure', { measureId: mine.id, outcome: '已学习四次' })
    expect(codesOf(await finish(lan))).toEqual(['NOT_FOUND'])
    dataOf(await finish(secretary))
    expect(codesOf(await finish(secretary))).toEqual(['MEASURE_DONE'])
    expect(await toFinish()).toEqual([{ problem: '台账不全', meeting: { id } }])
    const { measures } = await desk.read(id, fields)
    const other = measures.find(({ doneOn }: { doneOn: string | null }) => doneOn === null)
    await told([`CRITICISM_MEASURE ${today}`])
    dataOf(await send(secretary, 'finishCriticismMeasure', { measureId: other.id, outcome: '已补齐' }))
    await told([])
    expect(measures).toHaveLength(2)
    expect((await own(lan, id, fields)).measures).toMatchObject([{ doneOn: today, outcome: '已学习四次' }])
  })
})

describe('S2-12 a draft on which something hangs', () => {
  test('S2-12 is not deleted, in words: what is to be mended would be of no meeting', async () => {
    const held = { heldOn: today, participantIds: people, presentIds: people }
    const { id } = await desk.record(tree.a1.id, 'CRITICISM_MEETING', held, secretary)
    const measure = { meetingId: id, problem: '台账不全', measure: '补齐', dueOn: today }
    dataOf(await send(secretary, 'addCriticismMeasure', measure))
    const remove = (meetingId: string) => send(secretary, 'deleteMeeting', { id: meetingId, reason: '重复登记' }, 'id')
    expect(codesOf(await remove(id))).toEqual(['MEETING_HAS_MORE'])
    const other = await desk.record(tree.a1.id, 'CRITICISM_MEETING', held, secretary)
    dataOf(await remove(other.id))
  })
})

describe('1.5 支部工作条例 art. 18: the appraisal of members', () => {
  const record = (meetingId: string, memberId: string | undefined, more: object) =>
    send(
      secretary,
      'recordAppraisal',
      { meetingId, memberId, ...more },
      'meeting { appraisalGrades { graded excellent excellentAtMost tooMany } }',
    )
  const tested = (excellent: number, grade: string | null) => ({
    ...{ test: { excellent, competent: 3 - excellent, basic: 0, unfit: 0 }, grade },
  })

  test('1.5 self, the test, the grade: one of three excellent, a second one is warned of; no grade on probation', async () => {
    const id = await announced('APPRAISAL_MEETING')
    dataOf(await send(kai, 'writeSelfReview', { meetingId: id, text: '一年来……' }, 'notice { meetingId }'))
    expect(codesOf(await record(id, people[0], tested(3, 'EXCELLENT')))).toEqual(['NOT_AN_APPRAISAL'])
    await hold(id)
    const grades = async (memberId: string | undefined, more: object) =>
      dataOf(await record(id, memberId, more)).done.meeting.appraisalGrades
    await grades(people[0], { ...tested(3, 'EXCELLENT'), mutual: '工作扎实' })
    await grades(people[1], tested(1, 'COMPETENT'))
    expect(await grades(people[2], tested(1, 'COMPETENT'))).toEqual({
      ...{ graded: 3, excellent: 1, excellentAtMost: 1, tooMany: false },
    })
    expect(await grades(people[2], tested(2, 'EXCELLENT'))).toMatchObject({ excellent: 2, tooMany: true })
    expect(refusalOf(await record(id, probationer, tested(3, 'EXCELLENT')))).toMatchObject({
      ...{ code: 'GRADE_NOT_FOR_PROBATIONARY', article: '第十八条' },
    })
    dataOf(await record(id, probationer, tested(3, null)))
    expect(codesOf(await record(id, people[1], { test: { excellent: 4, competent: 0, basic: 0, unfit: 0 } }))).toEqual([
      'TEST_NOT_COUNTABLE',
    ])
    expect(await grades(people[2], { leftOutReason: '长期患病' })).toMatchObject({
      graded: 2,
      excellent: 1,
      tooMany: true,
    })
    const mine = await own(kai, id, 'appraisal { selfReview mutual grade test { excellent } }')
    expect(mine.appraisal).toEqual({
      ...{ selfReview: '一年来……', mutual: '工作扎实', grade: 'EXCELLENT', test: { excellent: 3 } },
    })
    dataOf(await desk.close(id))
    expect(codesOf(await record(id, people[0], tested(3, 'COMPETENT')))).toEqual(['APPRAISAL_CLOSED'])
    expect(codesOf(await record(await announced('CRITICISM_MEETING'), people[0], tested(3, 'COMPETENT')))).toEqual([
      'NOT_AN_APPRAISAL',
    ])
    const leader = await seedActor(county, 'LEADER', tree.a.id)
    expect((await desk.read(id, 'appraisals { totalCount }', leader)).appraisals.totalCount).toBe(4)
  })
})
