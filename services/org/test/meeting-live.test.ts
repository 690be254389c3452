import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { seedMembers } from '@linghang/harness/imports'
import { fullMember } from '@linghang/harness/people'
import { createDesk, type Desk, refusalOf } from './meeting-desk.ts'

jest.setTimeout(120_000)

const today = shanghaiDay(new Date())
const liveUrl = 'https://live.example.cn/branch/index.m3u8'
const replayUrl = 'https://live.example.cn/branch/replay.m3u8'

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let desk: Desk
let people: string[]
let secretary: Actor
let [here, away, elsewhere] = [] as unknown as [Actor, Actor, Actor]
beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  desk = createDesk(county)
  const names = ['直播甲', '直播乙', '直播丙']
  const ids = await seedMembers(county, [
    ...names.map(姓名 => fullMember(county.code, tree.a1.code, { 姓名 })),
    fullMember(county.code, tree.b1.code, { 姓名: '别处党员' }),
  ])
  people = names.map(name => ids.get(name) as string)
  const asMember = async (orgId: string, memberId: string | undefined): Promise<Actor> => ({
    ...(await seedActor(county, 'AUDITOR', orgId, { memberId: memberId as string })),
    grants: [],
  })
  here = await asMember(tree.a1.id, people[0])
  away = await asMember(tree.a1.id, people[1])
  elsewhere = await asMember(tree.b1.id, ids.get('别处党员'))
  secretary = await seedActor(county, 'SECRETARY', tree.a1.id)
})

const send = (actor: Actor, mutation: string, input: object, fields: string) => {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`
  const document = `mutation ($input: ${type}!) { done: ${mutation}(input: $input) { ${fields} } }`
  return county.world.askUntyped.org(actor, document, { input })
}
const meetingOf = async (mutation: string, input: object) =>
  dataOf(await send(secretary, mutation, input, 'meeting { id state stream { liveUrl replayUrl } }')).done.meeting
const planned = async (): Promise<string> => {
  const plan = { startsAt: new Date(Date.now() + 3_600_000).toISOString() }
  return (await meetingOf('planMeeting', { organisationId: tree.a1.id, kind: 'BRANCH_ASSEMBLY', plan })).id
}
const announced = async (): Promise<string> => (await meetingOf('announceMeeting', { id: await planned() })).id
const setStream = (meetingId: string, urls: object, actor = secretary) =>
  send(actor, 'setMeetingStream', { meetingId, ...urls }, 'meeting { id }')
const notice = async (actor: Actor, id: string) =>
  dataOf(
    await county.world.askUntyped.org(
      actor,
      `{ myMeetings(first: 50) { nodes { meetingId stream { liveUrl replayUrl } makeUp { reason confirmed refusalReason }
        remarks { totalCount nodes { id memberId kind text answer } } } } }`,
    ),
  ).myMeetings.nodes.find(({ meetingId }: { meetingId: string }) => meetingId === id)
const say = (actor: Actor, meetingId: string, text: string) =>
  send(actor, 'sayUnderMeeting', { meetingId, kind: 'QUESTION', text }, 'notice { meetingId }')

describe('S2-4 a meeting is watched from elsewhere by those whose it is', () => {
  test('S2-4 its address is theirs and the branch’s; nobody else’s, and of watching nothing is kept', async () => {
    const id = await announced()
    expect(codesOf(await setStream(id, { liveUrl: 'http://live.example.cn/a.m3u8' }))).toEqual(['BAD_INPUT'])
    expect(codesOf(await setStream(id, { liveUrl }, here))).toEqual(['NOT_FOUND'])
    expect(refusalOf(await setStream(await planned(), { liveUrl }))).toMatchObject({
      code: 'MEETING_NOT_ANNOUNCED_YET',
    })
    dataOf(await setStream(id, { liveUrl, replayUrl }))
    expect((await notice(here, id)).stream).toEqual({ liveUrl, replayUrl })
    expect(await desk.read(id, 'stream { liveUrl }')).toEqual({ stream: { liveUrl } })
    expect(await notice(elsewhere, id)).toBeUndefined()
    dataOf(await setStream(id, { replayUrl }))
    expect((await notice(here, id)).stream).toEqual({ liveUrl: null, replayUrl })
  })

  test('S2-4 who was told asks under it and the branch answers; twenty each', async () => {
    const id = await announced()
    expect(codesOf(await say(elsewhere, id, '几点开始？'))).toEqual(['NOT_FOUND'])
    expect(codesOf(await say(here, id, ' '))).toEqual(['BAD_INPUT'])
    dataOf(await say(here, id, '几点开始？'))
    const [remark] = (await notice(away, id)).remarks.nodes
    expect(remark).toMatchObject({ memberId: people[0], kind: 'QUESTION', text: '几点开始？', answer: null })
    const answer = (actor: Actor) =>
      send(actor, 'answerMeetingRemark', { remarkId: remark.id, answer: '九点' }, 'meeting { id }')
    expect(codesOf(await answer(here))).toEqual(['NOT_FOUND'])
    dataOf(await answer(secretary))
    expect((await notice(away, id)).remarks.nodes).toMatchObject([{ answer: '九点' }])
    for (let i = 1; i < 20; i++) dataOf(await say(here, id, `第 ${i} 问`))
    expect(refusalOf(await say(here, id, '再问'))).toMatchObject({ code: 'REMARKS_FULL', found: 20, wanted: 20 })
    expect(codesOf(await say(away, id, '我也问'))).toEqual([])
    expect((await desk.read(id, 'remarks(first: 100) { totalCount }')).remarks.totalCount).toBe(21)
  })
})

describe('S2-5 making up by replay', () => {
  const madeUp = (actor: Actor, meetingId: string, more: object = {}) =>
    send(
      actor,
      'sayMeetingMadeUp',
      { meetingId, reason: 'WORK', note: '已看回放并写了体会', ...more },
      'notice { makeUp { confirmed } }',
    )
  const decide = (meetingId: string, more: object) =>
    send(
      secretary,
      'decideMakeUp',
      { meetingId, memberId: people[1], ...more },
      'meeting { makeUps { memberId confirmed } }',
    )

  test('S2-5 who was away says so, the branch confirms; made up it is, and never present', async () => {
    const id = await announced()
    expect(codesOf(await madeUp(away, id))).toEqual(['NOTHING_TO_MAKE_UP'])
    const content = {
      heldOn: today,
      presentIds: [people[0], people[2]],
      leaves: [{ memberId: people[1], reason: '出差' }],
    }
    await meetingOf('recordHeldMeeting', { id, content })
    dataOf(await desk.close(id))
    expect(refusalOf(await madeUp(here, id))).toMatchObject({ code: 'NOTHING_TO_MAKE_UP', found: 'PRESENT' })
    expect(codesOf(await madeUp(elsewhere, id))).toEqual(['NOT_FOUND'])
    expect(codesOf(await decide(id, { confirmed: true }))).toEqual(['MAKE_UP_NOT_SAID'])
    expect(dataOf(await madeUp(away, id)).done.notice.makeUp).toEqual({ confirmed: null })
    expect(codesOf(await decide(id, { confirmed: false }))).toEqual(['BAD_INPUT'])
    expect(dataOf(await decide(id, { confirmed: true })).done.meeting.makeUps).toEqual([
      { memberId: people[1], confirmed: true },
    ])
    expect(codesOf(await madeUp(away, id))).toEqual(['MAKE_UP_DECIDED'])
    expect((await desk.read(id, 'current { due present }')).current).toEqual({ due: 3, present: 2 })
    expect((await notice(here, id)).makeUp).toBeNull()
  })
})
