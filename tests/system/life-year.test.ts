import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { shanghaiDay } from '@linghang/access'
import { fullMember, membersCsv } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import type { Caller, Data } from './api.ts'
import { type County, importSound, newCounty, newHolder, orgCode, seedOrganisations, smallTree } from './county.ts'
import { mutationOf } from './dues-desk.ts'
import { look, quiet } from './look.ts'

jest.setTimeout(180_000)

/**
 * A year of a branch as those see it who have a part in it: the committee above, the secretary, a member. All through the
 * gateway, on one day, in the order in which offices do it.
 */
const today = shanghaiDay(new Date())
const soon = () => new Date(Date.now() + 60_000).toISOString()

let county: County
let branchId: string
const by = {} as Record<'above' | 'secretary' | 'member', Caller>
let people: string[]
/** What one test leaves to the next. */
const left = { planId: '', meetingId: '', remarkId: '' }

beforeAll(async () => {
  county = await newCounty()
  const ids = await seedOrganisations(county, smallTree(county))
  branchId = ids[orgCode(county, 3)] as string
  const names = ['年一', '年二', '年三', '年四']
  const rows = names.map(姓名 => fullMember(county.code, orgCode(county, 3), { 姓名 }))
  await importSound(county.admin, 'Member', membersCsv(rows))
  await quiet()
  const found = await look('members', 'select id, name from member where county_id = $1', [county.id])
  people = names.map(name => `Member:${found.find(row => row.name === name)?.id}`)
  by.above = (await newHolder(county, ids[orgCode(county, 2)] as string, 'SECRETARY')).caller
  by.secretary = (await newHolder(county, branchId, 'SECRETARY')).caller
  by.member = (await newHolder(county, branchId, null, { memberId: people[1] })).caller
}, 180_000)

const done = async (caller: Caller, name: string, input: object, what: string): Promise<Data> =>
  (await caller.askUntyped(mutationOf(name, what), { input })).done
const asked = async (caller: Caller, what: string): Promise<Data> =>
  (await caller.askUntyped(`query ($id: ID!) { organisation(id: $id) { ${what} } }`, { id: branchId })).organisation
const meeting = async (caller: Caller, what: string): Promise<Data> =>
  (await caller.askUntyped(`query ($id: ID!) { meeting(id: $id) { ${what} } }`, { id: left.meetingId })).meeting

describe('S0-11 a year of a branch, from its plan to its archive', () => {
  test('S0-11 the committee above gives a theme, and one command makes the year’s plan with it', async () => {
    const theme = { organisationId: branchId, from: today, until: today, text: '学习条例专题', basis: '工委通知' }
    await done(by.above, 'giveLifeTheme', theme, 'theme { id }')
    const wanted = { organisationId: branchId, period: 'YEAR', day: today }
    const { plan } = await done(
      by.secretary,
      'makeLifePlan',
      wanted,
      'plan { id entries { kind on topics { text article } } }',
    )
    left.planId = plan.id
    const kinds = new Set(plan.entries.map(({ kind }: { kind: string }) => kind))
    for (const kind of ['BRANCH_ASSEMBLY', 'CLASS', 'THEME_DAY', 'CRITICISM_MEETING', 'APPRAISAL_MEETING'])
      expect([...kinds]).toContain(kind)
    const topics = plan.entries.flatMap(({ topics }: Data) => topics.map(({ text }: Data) => text))
    expect(topics.some((text: string) => text.includes('学习条例专题'))).toBe(true)
  })

  test('S1-7 the secretary announces a theme day; a member sees when, where and what, and asks for leave', async () => {
    const plan = {
      ...{ startsAt: soon(), place: '党员活动室' },
      items: [{ title: '学习条例专题' }, { title: '讨论志愿服务' }],
    }
    const planned = await done(
      by.secretary,
      'planMeeting',
      { organisationId: branchId, kind: 'THEME_DAY', plan },
      'meeting { id }',
    )
    left.meetingId = planned.meeting.id
    await done(by.secretary, 'announceMeeting', { id: left.meetingId }, 'meeting { state }')
    const { myMeetings } = await by.member.askUntyped(
      '{ myMeetings(first: 5) { nodes { meetingId kind place agenda organisation { name } } } }',
    )
    expect(myMeetings.nodes).toEqual([
      {
        ...{ meetingId: left.meetingId, kind: 'THEME_DAY', place: '党员活动室' },
        ...{ agenda: ['学习条例专题', '讨论志愿服务'], organisation: { name: '甲一党支部' } },
      },
    ])
    await done(
      by.member,
      'answerMeetingNotice',
      { meetingId: left.meetingId, answer: 'LEAVE', reason: '住院' },
      'notice { answer }',
    )
    await done(
      by.secretary,
      'decideLeave',
      { meetingId: left.meetingId, memberId: people[1], granted: true },
      'meeting { id }',
    )
  })

  test('S1-7 the meeting is held: who asked for leave need not be told again, and the record is closed', async () => {
    const content = {
      ...{ heldOn: today, presentIds: [people[0], people[2], people[3]] },
      items: [
        { title: '学习条例专题', discussion: '逐条学习', outcome: '撰写心得自愿' },
        { title: '讨论志愿服务', outcome: '每月第二个周六清理河道' },
      ],
    }
    await done(by.secretary, 'recordHeldMeeting', { id: left.meetingId, content }, 'meeting { id }')
    await done(by.secretary, 'closeMeeting', { id: left.meetingId }, 'meeting { state }')
    const { state, current } = await meeting(
      by.above,
      'state current { due present people(first: 9) { nodes { memberId attendance leaveReason } } }',
    )
    expect({ state, due: current.due, present: current.present }).toEqual({ state: 'CLOSED', due: 4, present: 3 })
    expect(current.people.nodes).toContainEqual({ memberId: people[1], attendance: 'LEAVE', leaveReason: '住院' })
  })

  test('S0-26 the plan beside what was held, the ledger in words, and the record found by what it says', async () => {
    const { lifePlans, lifeLedger, meetingsFound } = await asked(
      by.above,
      `lifePlans(first: 1) { nodes { entries { kind meeting { id } } } }
       lifeLedger { complete words lines { kind held } }
       meetingsFound(text: "清理河道") { totalCount nodes { id } }`,
    )
    expect(lifePlans.nodes[0].entries).toContainEqual({ kind: 'THEME_DAY', meeting: { id: left.meetingId } })
    expect(lifeLedger.lines).toContainEqual({ kind: 'THEME_DAY', held: 1 })
    expect(lifeLedger.words).not.toBe('')
    expect(meetingsFound).toEqual({ totalCount: 1, nodes: [{ id: left.meetingId }] })
  })

  test('S0-35 the committee above leaves a remark on the record, the branch finds it in its inbox and answers', async () => {
    await done(
      by.above,
      'leaveRecordRemark',
      { meetingId: left.meetingId, text: '请补记志愿服务的分工' },
      'meeting { id }',
    )
    const remarks = async (caller: Caller) =>
      (await meeting(caller, 'recordRemarks { id text settledAt answers { text } }')).recordRemarks
    const [remark] = await remarks(by.secretary)
    expect(remark).toMatchObject({ text: '请补记志愿服务的分工', settledAt: null, answers: [] })
    left.remarkId = remark.id
    await done(
      by.secretary,
      'answerRecordRemark',
      { remarkId: left.remarkId, text: '分工见附页，第一组负责' },
      'meeting { id }',
    )
    await done(by.above, 'settleRecordRemark', { remarkId: left.remarkId }, 'meeting { id }')
    const [settled] = await remarks(by.above)
    expect(settled).toMatchObject({ answers: [{ text: '分工见附页，第一组负责' }] })
    expect(settled.settledAt).not.toBeNull()
  })

  test('S2-17 minutes as a document, and the year as one archive; a neighbour gets neither', async () => {
    const linkTo = (caller: Caller) =>
      caller.sendUntyped('query ($id: ID!) { lifeArchiveLink(organisationId: $id) { url } }', {
        id: branchId,
      })
    const link = await until(async () => (await linkTo(by.above)).data?.lifeArchiveLink, 30_000, 'the link')
    const archive = await by.above.get(link.url)
    expect([archive.status, archive.text.slice(0, 2)]).toEqual([200, 'PK'])
    const minutes = await by.secretary.askUntyped('query ($id: ID!) { meetingMinutesLink(meetingId: $id) { url } }', {
      id: left.meetingId,
    })
    expect((await by.secretary.get(minutes.meetingMinutesLink.url)).status).toBe(200)
    const { data, errors } = await linkTo(by.member)
    expect([data?.lifeArchiveLink ?? null, errors[0]?.extensions?.code]).toEqual([null, 'NOT_FOUND'])
  })
})
