import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { shanghaiDay } from '@linghang/access'
import { until } from '@linghang/harness/until'
import { addDays, addMonths, monthOf } from '@linghang/rulebook'
import type { Caller, Data } from './api.ts'
import { newSetting, openDesk } from './case-desk.ts'
import { newHolder, orgCode } from './county.ts'
import { mutationOf } from './dues-desk.ts'

jest.setTimeout(180_000)

/** A point on a sheet, and the way from it to what was written down: in one query, through the gateway. */
const today = shanghaiDay(new Date())
const month = monthOf(today)
const lastMonth = addMonths(month, -1)

let branchId: string
let meetingId: string
let memberId: string
const by = {} as Record<'secretary' | 'member' | 'another', Caller>

const done = async (caller: Caller, name: string, input: object, what: string): Promise<Data> =>
  (await caller.askUntyped(mutationOf(name, what), { input })).done

/** A theme day at which everybody was. */
async function meet(people: readonly string[]): Promise<void> {
  const content = { heldOn: today, presentIds: people, minutes: '逐条学习了条例', agenda: '学习条例' }
  const wanted = { organisationId: branchId, kind: 'THEME_DAY', content }
  meetingId = (await done(by.secretary, 'recordMeeting', wanted, 'meeting { id }')).meeting.id
  await done(by.secretary, 'closeMeeting', { id: meetingId }, 'meeting { state }')
}

/** The dues of the month, billed, paid and confirmed by somebody else. */
async function pay(admin: Caller, cashier: Caller, organisationId: string): Promise<void> {
  const account = { organisationId, bank: 'ICBC', bankNumber: '6222021203001234567', openedOn: lastMonth }
  await done(admin, 'openDuesAccount', account, 'account { id }')
  await done(admin, 'recordDuesPaidThrough', { memberId, through: lastMonth }, 'record { paidThrough }')
  await done(admin, 'makeDuesBills', { organisationId: branchId }, 'made')
  const year = 'query ($id: ID!) { member(id: $id) { duesRecord { bills { month openFen } } } }'
  const bills: Data[] = (await admin.askUntyped(year, { id: memberId })).member.duesRecord.bills
  const amountFen = bills.find(bill => bill.month === month).openFen
  const paid = { memberId, amountFen, way: 'BANK', receivedOn: today, payer: 'SELF' }
  const { payment } = await done(admin, 'recordDuesPayment', paid, 'payment { id }')
  await done(cashier, 'confirmDuesPayments', { paymentIds: [payment.id] }, '__typename')
}

beforeAll(async () => {
  // Talked to a month late: the branch answers for it, and not the person who applied.
  const appliedOn = addDays(addMonths(month, -2), 9)
  const setting = await newSetting(appliedOn)
  const { county, branch, voters, secretary } = setting
  branchId = branch
  memberId = voters[0] as string
  by.secretary = secretary.caller
  by.member = (await newHolder(county, branchId, null, { memberId })).caller
  by.another = (await newHolder(county, branchId, null, { memberId: voters[1] as string })).caller
  await done(
    county.admin,
    'publishPack',
    {
      ...{ library: 's1-monthly', effectiveFrom: lastMonth, decidedOn: addMonths(lastMonth, -1) },
      ...{ title: '月度考核办法', number: '测委发〔2026〕1号', organ: '测试区委组织部' },
    },
    'pack { version }',
  )
  const desk = openDesk(setting)
  if ((await desk.stepNow()) === 'APPLICATION') await desk.plainly('APPLICATION', appliedOn)
  await desk.plainly('APPLICANT_TALK', addDays(month, -1))
  await meet(voters)
  const top = 'query ($code: String!) { organisation(code: $code) { id } }'
  const organisationId = (await county.admin.askUntyped(top, { code: orgCode(county, 1) })).organisation.id
  await pay(county.admin, (await newHolder(county, organisationId, 'CASHIER')).caller, organisationId)
}, 240_000)

const explained = `score indicators { key lines(first: 3) { state points facts(first: 3) { kind day source { __typename
  ... on Meeting { id kind heldOn state ownAttendance current { minutes } }
  ... on DuesBill { month owed: state member { id } }
  ... on DevelopmentCase { phase organisation { id } } } } } }`
const ofMember = `query ($id: ID!) { member(id: $id) { scoreSheets(first: 2) { nodes { ${explained} } } } }`
const ofBranch = `query ($id: ID!) { organisation(id: $id) { scoreSheets(first: 2) { nodes { ${explained} } } } }`

/** The line that rests on a fact of this kind, once it is there. */
const lineOf = (caller: Caller, document: string, id: string, kind: string, from = month): Promise<Data> =>
  until(
    async () => {
      const { member, organisation } = await caller.askUntyped(document, { id })
      const sheets: Data[] = (member ?? organisation).scoreSheets.nodes
      const lines: Data[] = sheets.flatMap(({ indicators }) => indicators.flatMap(({ lines: own }: Data) => own))
      return lines.find(({ facts }) => facts.some((fact: Data) => fact.kind === kind && fact.day >= from))
    },
    60_000,
    `a line rests on ${kind}`,
  )

describe('S0-21 a point explains itself', () => {
  const meeting = { __typename: 'Meeting', kind: 'THEME_DAY', heldOn: today, state: 'CLOSED' }

  test('S0-21 from the line of a sheet to the meeting that it rests on, in one query of the person concerned, who reads there of themselves alone', async () => {
    const { state, points, facts } = await lineOf(by.member, ofMember, memberId, 'ATTENDANCE')
    expect({ state, facts }).toEqual({
      state: 'COUNTED',
      facts: [
        {
          ...{ kind: 'ATTENDANCE', day: today },
          source: { ...meeting, id: meetingId, ownAttendance: 'PRESENT', current: null },
        },
      ],
    })
    expect(points).toBeGreaterThan(0)
  })

  test('S0-21 to the bill of a month, as the person who paid it', async () => {
    const { state, points, facts } = await lineOf(by.member, ofMember, memberId, 'DUES_MONTH')
    expect([state, points]).toEqual(['COUNTED', 1])
    expect(facts).toEqual([
      {
        ...{ kind: 'DUES_MONTH', day: month },
        source: { __typename: 'DuesBill', month, owed: 'SETTLED', member: { id: memberId } },
      },
    ])
  })

  test('S0-21 to the step of a development that is late, as the branch that answers for it', async () => {
    const { state, facts } = await lineOf(by.secretary, ofBranch, branchId, 'DEVELOPMENT_STEP', lastMonth)
    expect(state).toBe('PROPOSED')
    expect(facts).toMatchObject([
      {
        kind: 'DEVELOPMENT_STEP',
        source: {
          __typename: 'DevelopmentCase',
          phase: 'OPEN',
          organisation: { id: branchId },
        },
      },
    ])
  })

  test('S0-21 who keeps the branch reads what was said there beside', async () => {
    const { facts } = await lineOf(by.secretary, ofMember, memberId, 'ATTENDANCE')
    expect(facts).toMatchObject([
      { source: { ...meeting, ownAttendance: null, current: { minutes: '逐条学习了条例' } } },
    ])
  })

  test('B8 nobody reads the sheet of somebody else by it', async () => {
    const { member } = await by.another.askUntyped(ofMember, { id: memberId })
    expect(member?.scoreSheets.nodes ?? []).toEqual([])
  })
})
