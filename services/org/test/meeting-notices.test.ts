import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { seedMembers } from '@linghang/harness/imports'
import { listen } from '@linghang/harness/listen'
import { fullMember, rows } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { addDays } from '@linghang/rulebook'
import { createDesk, type Desk, refusalOf } from './meeting-desk.ts'

jest.setTimeout(120_000)

const today = shanghaiDay(new Date())
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let desk: Desk
let voters: string[]
let probationer: string
let own: Record<'first' | 'second' | 'third' | 'newcomer', Actor>
let secretary: Actor
let announced: Awaited<ReturnType<typeof listenToNotices>>
const listenToNotices = () => listen('org.events', ['org.meeting.announced.v1'])
beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  desk = createDesk(county)
  announced = await listenToNotices()
  const names = Array.from({ length: 5 }, (_, i) => `通知${i}`)
  const ids = await seedMembers(county, [
    ...names.map(姓名 => fullMember(county.code, tree.a1.code, { 姓名 })),
    fullMember(county.code, tree.a1.code, rows.probationary('通知预备', addDays(today, -100))),
  ])
  voters = names.map(name => ids.get(name) as string)
  probationer = ids.get('通知预备') as string
  const asMember = async (memberId: string): Promise<Actor> => ({
    ...(await seedActor(county, 'AUDITOR', tree.a1.id, { memberId })),
    grants: [],
  })
  const [first, second, third] = voters as [string, string, string]
  own = {
    first: await asMember(first),
    second: await asMember(second),
    third: await asMember(third),
    newcomer: await asMember(probationer),
  }
  secretary = await seedActor(county, 'SECRETARY', tree.a1.id)
})
afterAll(() => announced?.stop())

const meetingFields = `id state heldOn startsAt cancelReason revision
  current { place items { title discussion outcome } due present }
  notices(first: 50) { totalCount nodes { memberId answer leaveReason leaveGranted refusalReason } }`
const send = (actor: Actor, mutation: string, input: object) => {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`
  const document = `mutation ($input: ${type}!) { done: ${mutation}(input: $input) { meeting { ${meetingFields} } } }`
  return county.world.askUntyped.org(actor, document, { input })
}
const done = async (actor: Actor, mutation: string, input: object) =>
  dataOf(await send(actor, mutation, input)).done.meeting
const plan = (more: object = {}) => ({
  startsAt: inHours(48),
  place: '一楼会议室',
  items: [{ title: '传达学习' }, { title: '讨论工作计划' }],
  ...more,
})
const planned = (more: object = {}, kind = 'BRANCH_ASSEMBLY') =>
  done(secretary, 'planMeeting', { organisationId: tree.a1.id, kind, plan: plan(more) })
const announcedMeeting = async (more: object = {}, kind = 'BRANCH_ASSEMBLY') =>
  done(secretary, 'announceMeeting', { id: (await planned(more, kind)).id })
const answer = (actor: Actor, meetingId: string, more: object) =>
  county.world.askUntyped.org(
    actor,
    `mutation ($input: AnswerMeetingNoticeInput!) { answerMeetingNotice(input: $input) {
      notice { meetingId state answer leaveReason leaveGranted } } }`,
    { input: { meetingId, ...more } },
  )
const mine = async (actor: Actor) =>
  dataOf(
    await county.world.askUntyped.org(
      actor,
      `{ myMeetings(first: 50) { totalCount nodes { meetingId kind state startsAt place agenda cancelReason answer
        leaveGranted organisation { name } } } }`,
    ),
  ).myMeetings
const noticeOf = async (actor: Actor, id: string) =>
  (await mine(actor)).nodes.find(({ meetingId }: { meetingId: string }) => meetingId === id)

describe('S1-7 a meeting is announced, and those whose it is answer', () => {
  test('S1-7 planned nobody is told; announced everybody of the branch is, with time, place and agenda', async () => {
    const meeting = await planned()
    expect(meeting).toMatchObject({
      state: 'PLANNED',
      current: { items: [{ title: '传达学习', discussion: null }, { title: '讨论工作计划' }] },
      notices: { totalCount: 0 },
    })
    expect(await noticeOf(own.first, meeting.id)).toBeUndefined()
    const told = await done(secretary, 'announceMeeting', { id: meeting.id })
    expect(told).toMatchObject({ state: 'ANNOUNCED', notices: { totalCount: 6 } })
    for (const actor of [own.first, own.newcomer])
      expect(await noticeOf(actor, meeting.id)).toMatchObject({
        ...{ kind: 'BRANCH_ASSEMBLY', state: 'ANNOUNCED', place: '一楼会议室', answer: null },
        agenda: ['传达学习', '讨论工作计划'],
        organisation: { name: expect.any(String) },
      })
    const state = await until(() => announced.heard.find(({ subject }) => subject === uuidOf(meeting.id)), 30_000)
    expect(state.data).toMatchObject({ kind: 'BRANCH_ASSEMBLY', state: 'ANNOUNCED', orgId: uuidOf(tree.a1.id) })
    expect(JSON.stringify(state.data)).not.toContain('传达学习')
    expect(refusalOf(await send(secretary, 'announceMeeting', { id: meeting.id }))).toMatchObject({
      ...{ code: 'MEETING_NOT_AHEAD', found: 'ANNOUNCED' },
    })
  })

  test('S1-7 somebody comes, asks for leave, thinks better of it; leave takes a reason', async () => {
    const { id } = await announcedMeeting()
    expect(codesOf(await answer(own.first, id, { answer: 'LEAVE' }))).toEqual(['BAD_INPUT'])
    expect(dataOf(await answer(own.first, id, { answer: 'LEAVE', reason: '出差' })).answerMeetingNotice.notice).toEqual(
      {
        ...{ meetingId: id, state: 'ANNOUNCED', answer: 'LEAVE', leaveReason: '出差', leaveGranted: null },
      },
    )
    const decide = (more: object) => send(secretary, 'decideLeave', { meetingId: id, memberId: voters[0], ...more })
    expect(codesOf(await decide({ granted: false }))).toEqual(['BAD_INPUT'])
    dataOf(await decide({ granted: false, reason: '换届会议，请尽量到会' }))
    expect(await noticeOf(own.first, id)).toMatchObject({ answer: 'LEAVE', leaveGranted: false })
    dataOf(await answer(own.first, id, { answer: 'COMES' }))
    expect(await noticeOf(own.first, id)).toMatchObject({ answer: 'COMES', leaveGranted: null })
    // Where they rang up, the branch writes it down.
    expect(codesOf(await decide({ granted: true }))).toEqual(['LEAVE_NOT_ASKED'])
    dataOf(await decide({ granted: true, reason: '电话请假：住院' }))
    expect(await noticeOf(own.first, id)).toMatchObject({ answer: 'LEAVE', leaveGranted: true })
    expect(codesOf(await decide({ memberId: `Member:${randomUUID()}`, granted: true, reason: '住院' }))).toEqual([
      'NOT_TOLD_OF_MEETING',
    ])
  })

  test('S1-7 nobody answers for somebody else, nobody who was not told, nobody once it has begun', async () => {
    const { id } = await announcedMeeting({ participantIds: voters.slice(0, 2) }, 'BRANCH_COMMITTEE')
    expect(codesOf(await answer(own.third, id, { answer: 'COMES' }))).toEqual(['NOT_FOUND'])
    expect(codesOf(await answer(secretary, id, { answer: 'COMES' }))).toEqual(['NOT_FOUND'])
    dataOf(await answer(own.second, id, { answer: 'COMES' }))
    expect(await noticeOf(own.first, id)).toMatchObject({ answer: null })
    await look('org', `update meeting_notice set starts_at = now() - interval '1 second' where meeting_id = $1`, [
      uuidOf(id),
    ])
    expect(codesOf(await answer(own.first, id, { answer: 'COMES' }))).toEqual(['MEETING_HAS_BEGUN'])
  })

  test('S1-7 another hour is told and keeps the answers, another day is told and asks anew', async () => {
    const first = inHours(48)
    const { id } = await announcedMeeting({ startsAt: first })
    dataOf(await answer(own.first, id, { answer: 'COMES' }))
    const sameDay = new Date(Date.parse(`${shanghaiDay(new Date(first))}T23:00:00+08:00`)).toISOString()
    await done(secretary, 'changePlannedMeeting', { id, plan: plan({ startsAt: sameDay, place: '二楼' }) })
    expect(await noticeOf(own.first, id)).toMatchObject({ startsAt: sameDay, place: '二楼', answer: 'COMES' })
    await done(secretary, 'changePlannedMeeting', {
      id,
      plan: plan({ startsAt: inHours(96), items: [{ title: '选举' }] }),
    })
    expect(await noticeOf(own.first, id)).toMatchObject({ agenda: ['选举'], answer: null })
  })

  test('S1-7 what was announced and is not held is cancelled with the reason, and never deleted', async () => {
    const { id } = await announcedMeeting()
    expect(codesOf(await desk.send(county.admin, 'closeMeeting', { id }))).toEqual(['MEETING_NOT_HELD'])
    const drop = 'mutation ($input: DeleteMeetingInput!) { deleteMeeting(input: $input) { id } }'
    expect(codesOf(await county.world.ask.org(county.admin, drop, { input: { id, reason: '不开了' } }))).toEqual([
      'MEETING_WAS_PLANNED',
    ])
    expect(codesOf(await send(secretary, 'cancelMeeting', { id, reason: ' ' }))).toEqual(['BAD_INPUT'])
    const cancelled = await done(secretary, 'cancelMeeting', { id, reason: '台风' })
    expect(cancelled).toMatchObject({ state: 'CANCELLED', cancelReason: '台风' })
    expect(await noticeOf(own.first, id)).toMatchObject({ state: 'CANCELLED', cancelReason: '台风' })
    expect(codesOf(await answer(own.first, id, { answer: 'COMES' }))).toEqual(['MEETING_NOT_ANNOUNCED'])
    expect(codesOf(await send(secretary, 'recordHeldMeeting', { id, content: { heldOn: today } }))).toEqual([
      'MEETING_NOT_AHEAD',
    ])
  })

  test('S1-7 nothing is planned for what is over, and nobody plans for others', async () => {
    const input = { organisationId: tree.a1.id, kind: 'BRANCH_ASSEMBLY', plan: plan({ startsAt: inHours(-1) }) }
    expect(codesOf(await send(secretary, 'planMeeting', input))).toEqual(['MEETING_IN_PAST'])
    const ahead = { ...input, plan: plan() }
    expect(codesOf(await send(own.first, 'planMeeting', ahead))).toEqual(['NOT_FOUND'])
    const leader = await seedActor(county, 'LEADER', tree.a.id)
    expect(codesOf(await send(leader, 'planMeeting', ahead))).toEqual(['FORBIDDEN'])
  })
})

describe('S0-16 what was announced is not asked again when it has been held', () => {
  test('S0-16 place, agenda and granted leave are taken over; silence is written down as nothing', async () => {
    const { id } = await announcedMeeting()
    dataOf(await answer(own.first, id, { answer: 'LEAVE', reason: '出差' }))
    dataOf(await send(secretary, 'decideLeave', { meetingId: id, memberId: voters[0], granted: true }))
    dataOf(await answer(own.second, id, { answer: 'LEAVE', reason: '家事' }))
    dataOf(await answer(own.third, id, { answer: 'COMES' }))
    const held = await done(secretary, 'recordHeldMeeting', { id, content: { heldOn: today } })
    expect(held).toMatchObject({
      ...{ state: 'DRAFT', heldOn: today },
      current: { place: '一楼会议室', items: [{ title: '传达学习' }, { title: '讨论工作计划' }], due: 5, present: 0 },
    })
    const people = dataOf(
      await county.world.askUntyped.org(
        secretary,
        `query ($id: ID!) { meeting(id: $id) { current { people(first: 20) { nodes { memberId attendance leaveReason } } } } }`,
        { id },
      ),
    ).meeting.current.people.nodes
    expect(people.filter(({ attendance }: { attendance: string | null }) => attendance !== null)).toEqual([
      { memberId: voters[0], attendance: 'LEAVE', leaveReason: '出差' },
    ])
    expect(refusalOf(await desk.close(id))).toMatchObject({ code: 'ATTENDANCE_INCOMPLETE', found: 1, wanted: 5 })
    expect(await noticeOf(own.first, id)).toMatchObject({ state: 'HELD' })
  })

  test('S0-16 who came although on leave came; who was late or left early is marked, of those who came alone', async () => {
    const { id } = await announcedMeeting()
    dataOf(await answer(own.first, id, { answer: 'LEAVE', reason: '出差' }))
    dataOf(await send(secretary, 'decideLeave', { meetingId: id, memberId: voters[0], granted: true }))
    const came = { heldOn: today, presentIds: voters.slice(0, 4), absentIds: [voters[4]] }
    const marks = { lateIds: [voters[1]], leftEarlyIds: [voters[1], voters[2]] }
    expect(
      codesOf(await send(secretary, 'recordHeldMeeting', { id, content: { ...came, ...marks, lateIds: [voters[4]] } })),
    ).toEqual(['MARKED_WITHOUT_COMING'])
    const held = await done(secretary, 'recordHeldMeeting', {
      id,
      content: { ...came, ...marks, items: [{ title: '传达学习', discussion: '逐条学习', outcome: '无' }] },
    })
    expect(held.current).toMatchObject({
      present: 4,
      items: [{ title: '传达学习', discussion: '逐条学习', outcome: '无' }],
    })
    const { current } = dataOf(await desk.close(id)).done.meeting
    expect(current).toMatchObject({ due: 5, present: 4 })
    const people = (await desk.read(id, 'current { people(first: 20) { nodes { memberId late leftEarly } } }')).current
      .people
    const marked = people.nodes.filter(
      ({ late, leftEarly }: { late: boolean; leftEarly: boolean }) => late || leftEarly,
    )
    expect(marked).toEqual(
      expect.arrayContaining([
        { memberId: voters[1], late: true, leftEarly: true },
        { memberId: voters[2], late: false, leftEarly: true },
      ]),
    )
    expect(marked).toHaveLength(2)
  })

  test('S0-16 the agenda of a closed meeting is evidence as the rest is', async () => {
    const { id } = await announcedMeeting()
    const content = { heldOn: today, presentIds: voters, items: [{ title: '传达学习' }] }
    await done(secretary, 'recordHeldMeeting', { id, content })
    dataOf(await desk.close(id))
    await expect(look('org', 'delete from meeting_item where meeting_id = $1', [uuidOf(id)])).rejects.toThrow(
      /immutable/,
    )
  })
})

describe('1.5 who sits in a committee is named by nobody', () => {
  test('1.5 a committee of seats is told and due; whoever is named by hand takes their place', async () => {
    const seat = (memberId: string | undefined, post: string) =>
      county.world.askUntyped.org(
        county.admin,
        'mutation ($input: RecordSeatInput!) { recordSeat(input: $input) { __typename } }',
        { input: { organisationId: tree.a1.id, memberId, post, entry: 'APPOINTED', from: today, evidence: '批复' } },
      )
    for (const [i, post] of ['SECRETARY', 'DEPUTY_SECRETARY'].entries()) dataOf(await seat(voters[i], post))
    const told = async (more: object) => {
      const { notices } = await announcedMeeting(more, 'BRANCH_COMMITTEE')
      return notices.nodes.map(({ memberId }: { memberId: string }) => memberId).toSorted()
    }
    expect(await told({})).toEqual(voters.slice(0, 2).toSorted())
    expect(await told({ participantIds: voters.slice(3) })).toEqual(voters.slice(3).toSorted())
    const recorded = await desk.record(tree.a1.id, 'BRANCH_COMMITTEE', {
      heldOn: today,
      presentIds: voters.slice(0, 2),
    })
    expect(recorded.current).toMatchObject({ due: 2, present: 2 })
    const before = await desk.tryRecord(tree.a1.id, 'BRANCH_COMMITTEE', {
      heldOn: addDays(today, -1),
      presentIds: voters.slice(0, 2),
    })
    expect(codesOf(before)).toEqual(['NOT_ON_REGISTER'])
  })
})
