import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { shanghaiDay } from '@linghang/access'
import { fileMaterial } from '@linghang/harness/desk'
import { applicant, fullMember, membersCsv } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { addDays, addMonths } from '@linghang/rulebook'
import { askerOf, codesOf, type Data } from './api.ts'
import { caseOf, paper } from './case-desk.ts'
import {
  appoint,
  type County,
  importSound,
  newCounty,
  newHolder,
  orgCode,
  seedOrganisations,
  smallTree,
} from './county.ts'
import { dashboard } from './dashboard.ts'
import { inboxOf, markRead } from './inbox.ts'
import { quiet } from './look.ts'
import { statusOfCase } from './workflows.ts'

jest.setTimeout(90_000)

const today = shanghaiDay(new Date())
const termEnd = addMonths(today, 2)
const appliedOn = addDays(today, -10)

let county: County
let ids: Record<string, string>
const at = (n: number) => orgCode(county, n)
const idAt = (n: number) => ids[at(n)] as string

const board = async (n: number): Promise<Data> => (await county.admin.ask(dashboard, { code: at(n) })).organisation
const deadlinesAt = async (n: number): Promise<string[]> =>
  (await board(n)).deadlines.nodes.map((deadline: Data) => `${deadline.rule} ${deadline.dueOn}`)
const shows = (n: number, wanted: string[]) =>
  until(
    async () => JSON.stringify((await deadlinesAt(n)).sort()) === JSON.stringify([...wanted].sort()),
    20_000,
    `the deadlines of organisation ${n} are ${wanted}`,
  )
const memberAt = async (n: number, kind: string): Promise<string> =>
  (await board(n)).members.nodes.find((member: Data) => member.kind === kind).id

beforeAll(async () => {
  county = await newCounty()
  ids = await seedOrganisations(county, smallTree(county, { 3: termEnd }))
  const people = [
    fullMember(county.code, at(3), { 党费人员类别: '按月薪', '党费计算基数（元/月）': '8000.00' }),
    applicant(county.code, at(3), appliedOn),
    fullMember(county.code, at(4), { 党费人员类别: '按月薪', '党费计算基数（元/月）': '' }),
    applicant(county.code, at(4), appliedOn),
    applicant(county.code, at(6), appliedOn),
  ]
  await importSound(county.admin, 'Member', membersCsv(people))
  await quiet()
}, 180_000)

describe('an organisation and a person go from a roster through every service', () => {
  test('platform the dashboard query joins five services with the right values', async () => {
    const found = await board(3)
    expect(found).toMatchObject({
      id: idAt(3),
      code: at(3),
      name: '甲一党支部',
      kind: 'BRANCH',
      superior: { code: at(2) },
      term: { end: termEnd },
      children: { totalCount: 0, nodes: [] },
      members: { totalCount: 2 },
      deadlines: { totalCount: 2 },
    })
    const byKind = Object.fromEntries(found.members.nodes.map((member: Data) => [member.kind, member]))
    expect(byKind.FULL.duesRecord).toEqual({ category: 'MONTHLY_SALARY', baseFen: '800000', complete: true })
    expect(byKind.APPLICANT).toMatchObject({ joinedOn: null })
    expect(Object.fromEntries(found.indicators.map(({ key, value }: Data) => [key, value]))).toEqual({
      APPLICANTS: 1,
      ACTIVISTS: 0,
      CANDIDATES: 0,
      PROBATIONARY_MEMBERS: 0,
      FULL_MEMBERS: 1,
      DUES_DATA_COMPLETE: 1,
    })
    expect(found.deadlines.nodes).toEqual([
      {
        rule: 'APPLICANT_TALK',
        dueOn: addMonths(appliedOn, 1),
        state: 'MONTH_AHEAD',
        subject: { __typename: 'Member' },
      },
      { rule: 'TERM_ENDS', dueOn: termEnd, state: 'QUARTER_AHEAD', subject: { __typename: 'Organisation' } },
    ])
  })

  test('platform the superior joins what all below it have', async () => {
    const found = await board(2)
    expect(found.children).toEqual({
      totalCount: 2,
      nodes: [
        { code: at(3), name: '甲一党支部' },
        { code: at(4), name: '甲二党支部' },
      ],
    })
    const values = Object.fromEntries(found.indicators.map(({ key, value }: Data) => [key, value]))
    expect(values).toMatchObject({ APPLICANTS: 2, FULL_MEMBERS: 2, DUES_DATA_COMPLETE: 0.5 })
    expect(found.deadlines.totalCount).toBe(3)
  })
})

describe('what changes in the register changes what falls due', () => {
  const applicantTalk = (day: string) => `APPLICANT_TALK ${addMonths(day, 1)}`

  test('S0-38 changing the date of the application moves the deadline, and the talk ends it', async () => {
    const memberId = await memberAt(4, 'APPLICANT')
    expect(await deadlinesAt(4)).toEqual([applicantTalk(appliedOn)])
    const moved = addDays(today, -3)
    await county.admin.ask(
      'mutation ($input: ChangeMemberInput!) { changeMember(input: $input) { member { version } } }',
      { input: { id: memberId, appliedOn: moved } },
    )
    await shows(4, [applicantTalk(moved)])
    const { id: caseId } = await caseOf(county.admin, memberId)
    await until(async () => (await statusOfCase(caseId)) === 'RUNNING', 20_000, 'the case has a workflow')
    const record = { step: 'APPLICANT_TALK', template: 'APPLICANT_TALK_RECORD', filedOn: today } as const
    await fileMaterial(askerOf(county.admin), { caseId, ...record, fileName: '材料.pdf' }, paper)
    await county.admin.ask('mutation ($input: CompleteStepInput!) { completeStep(input: $input) { case { step } } }', {
      input: { caseId, step: 'APPLICANT_TALK', on: today },
    })
    await shows(4, [])
    expect(await statusOfCase(caseId)).toBe('RUNNING')
    const refused = await county.admin.send(
      'mutation ($input: ChangeMemberInput!) { changeMember(input: $input) { member { version } } }',
      { input: { id: memberId, kind: 'FULL' } },
    )
    expect(codesOf(refused)).toEqual(['CASE_DECIDES'])
  })

  test('S0-38 a person who leaves has no deadline and no workflow any more', async () => {
    const memberId = await memberAt(6, 'APPLICANT')
    const { id: caseId } = await caseOf(county.admin, memberId)
    await until(async () => (await statusOfCase(caseId)) === 'RUNNING', 20_000, 'the case has a workflow')
    await county.admin.ask(
      'mutation ($input: RecordLeavingInput!) { recordLeaving(input: $input) { member { leftOn } } }',
      { input: { memberId, leftOn: today, reason: '本人要求' } },
    )
    await shows(6, [])
    await until(async () => (await statusOfCase(caseId)) === 'COMPLETED', 20_000, 'the workflow has ended')
    const found = await until(
      async () => {
        const current = await board(6)
        return current.indicators.every(({ value }: Data) => !value) ? current : null
      },
      20_000,
      'nobody is counted any more',
    )
    expect(found.members.totalCount).toBe(0)
  })
})

describe('reminders go to an office', () => {
  test('S0-38 whoever holds the office finds the reminders, the next holder finds them unread', async () => {
    const first = await newHolder(county, idAt(3), 'SECRETARY')
    const second = await newHolder(county, idAt(3), 'SECRETARY')
    const elsewhere = await newHolder(county, idAt(6), 'SECRETARY')
    const wanted = ['APPLICANT_TALK MONTH_AHEAD', 'TERM_ENDS QUARTER_AHEAD']
    const listed = (reminders: { rule: string; rung: string }[]) => reminders.map(r => `${r.rule} ${r.rung}`).sort()
    const reminders = await until(
      async () => {
        const found = await inboxOf(first.caller)
        return found.length === 2 ? found : null
      },
      20_000,
      'two reminders are in the inbox',
    )
    expect(listed(reminders)).toEqual(wanted)
    expect((await inboxOf(elsewhere.caller)).map(({ rule }) => rule)).toEqual(['APPLICANT_TALK'])

    expect(await markRead(first.caller, reminders)).toBe(2)
    expect(await markRead(elsewhere.caller, reminders)).toBe(0)
    expect((await inboxOf(first.caller)).every(({ readAt }) => readAt !== null)).toBe(true)
    expect((await inboxOf(second.caller)).every(({ readAt }) => readAt === null)).toBe(true)

    await county.admin.ask('mutation ($input: EndOfficeInput!) { endOffice(input: $input) { office { id } } }', {
      input: { officeId: first.officeId as string, reason: '换届' },
    })
    await until(async () => (await inboxOf(first.caller)).length === 0, 10_000, 'the former holder has no inbox')
    await appoint(county, elsewhere.accountId, idAt(3), 'SECRETARY')
    const after = await until(
      async () => {
        const found = await inboxOf(elsewhere.caller)
        return found.length === 3 ? found : null
      },
      10_000,
      'the next holder finds the reminders',
    )
    expect(after.filter(({ readAt }) => readAt !== null)).toEqual([])
  })
})
