import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, systemActor, writeOrgNodes } from '@linghang/access'
import type { Event, MemberState } from '@linghang/events'
import { until } from '@linghang/harness/until'
import { addMonths } from '@linghang/rulebook'
import { arrearsStore } from '../../../services/dues/src/billing/arrears/store.ts'
import { stateOf } from '../../../services/dues/src/billing/bills/bill.ts'
import { collectionStore } from '../../../services/dues/src/billing/bills/collection-store.ts'
import { keepRecordsAndBills } from '../../../services/dues/src/billing/bills/follow-register.ts'
import { billStore } from '../../../services/dues/src/billing/bills/store.ts'
import { beginDuesFixing } from '../../../services/dues/src/billing/fixings/begin-fixing.ts'
import { checkDuesFixing } from '../../../services/dues/src/billing/fixings/check-fixing.ts'
import { recordConfirmedOnPaper } from '../../../services/dues/src/billing/fixings/confirm-base.ts'
import { confirmPayments } from '../../../services/dues/src/billing/payments/confirm-payments.ts'
import { recordPayment } from '../../../services/dues/src/billing/payments/record-payment.ts'
import { paymentStore } from '../../../services/dues/src/billing/payments/store.ts'
import { decideDuesWaiver } from '../../../services/dues/src/billing/waivers/decide-waiver.ts'
import { requestDuesWaiver } from '../../../services/dues/src/billing/waivers/request-waiver.ts'
import { openDuesAccount } from '../../../services/dues/src/ledger/accounts/open-account.ts'
import { closeMonth } from '../../../services/dues/src/ledger/journals/close-month.ts'
import { verifyStore } from '../../../services/dues/src/ledger/journals/verify-store.ts'
import { sqlOf } from '../../../services/dues/src/work.ts'
import { billDues } from '../../../services/workflows/src/processes/dues-bills/bill-dues.ts'
import { openSkippedTime, type SkippedTime } from './skipped-time.ts'

jest.setTimeout(240_000)

const countyId = randomUUID()
const admin = (): Actor => ({
  ...{ ...systemActor(countyId), kind: 'PERSON', accountId: randomUUID() },
  grants: [{ role: 'ADMIN', orgId: null }],
})
const [organiser, cashier] = [admin(), admin()]
const [committee = '', branch = '', other = ''] = Array.from({ length: 3 }, randomUUID)
/** 甲 pays, 乙 falls behind and returns, 丙 does not, 丁 has a waiver, 戊 moves in mid-month, 己 dies. */
const people = new Map(['甲', '乙', '丙', '丁', '戊', '己'].map(name => [name, randomUUID()]))
const idOf = (name: string) => people.get(name) as string

let time: SkippedTime
/** The first year that begins after the server's clock. */
let year: number
afterAll(() => time?.close())
const dayOf = (month: number, day: number) => `${year}-${`${month}`.padStart(2, '0')}-${`${day}`.padStart(2, '0')}`

const told = new Map<string, MemberState>()
const tell = async (
  type: 'registered' | 'changed' | 'transferred' | 'left',
  name: string,
  more: Partial<MemberState>,
) => {
  const before = told.get(name)
  const member: MemberState = {
    ...{ id: idOf(name), orgId: branch, kind: 'FULL', joinedOn: '2010-07-01', appliedOn: null, activistSince: null },
    ...{ candidateSince: null, fullMemberSince: '2011-07-01', talkHeldOn: null, lastReviewOn: null },
    ...{ knownOn: `${year - 1}-12-01`, duesCategory: 'MONTHLY_SALARY', duesBaseFen: '400000', leftOn: null },
    ...{ ...before, ...more, version: (before?.version ?? 0) + 1 },
  }
  told.set(name, member)
  const event = { id: randomUUID(), type: `members.member.${type}.v1`, time: time.now().toISOString(), data: member }
  await time.as(systemActor(countyId), work => keepRecordsAndBills.react(work, [event as unknown as Event]))
}
const pay = async (name: string, orgId: string, day: string) => {
  const open = await time.as(cashier, ({ tx }) => paymentStore.openOf(tx, idOf(name), orgId))
  const amountFen = open.reduce((sum, { openFen }) => sum + openFen, 0n)
  if (amountFen === 0n) return
  const id = await time.as(organiser, work =>
    recordPayment.run(work, {
      ...{ memberId: idOf(name), orgId, amountFen, way: 'BANK', kind: 'DUES', receivedOn: day, payer: 'SELF' },
      ...{ payerMemberId: null, consent: null, rest: null },
    }),
  )
  await time.as(cashier, work => confirmPayments.run(work, { ids: [id] }))
}
/**
 * The night of the first of a month, as the schedule of Temporal begins it. Who waits for a result lets time run on until the
 * next timer of whatever else is open, a week or a month away: so it is looked after instead.
 */
async function night(month: number): Promise<string> {
  const handle = await time.env.client.workflow.start(billDues, {
    workflowId: `dues-bills/${month}`,
    taskQueue: time.taskQueue,
    args: [],
  })
  let status = 'RUNNING'
  const hasEnded = async () => {
    status = (await handle.describe()).status.name
    return status !== 'RUNNING'
  }
  await until(hasEnded, 60_000, 'the night is over')
  return status
}

describe('S3-5 a year of a branch in skipped time', () => {
  test('S3-5 the fixing and its deadline, twelve nights, who falls behind and who returns, with what the branch is reminded of', async () => {
    time = await openSkippedTime(countyId)
    year = time.now().getUTCFullYear() + 1
    const node = { countyId, name: '党组织', unitKind: null, approves: null, version: 1 }
    const nodes = [
      { ...node, id: committee, superiorId: null, code: '1', kind: 'COMMITTEE' as const },
      { ...node, id: branch, superiorId: committee, code: '2', kind: 'BRANCH' as const },
      { ...node, id: other, superiorId: committee, code: '3', kind: 'BRANCH' as const },
    ]
    await time.as(systemActor(countyId), ({ tx }) => writeOrgNodes(tx, nodes))
    await time.asOrganiser(({ tx }) => writeOrgNodes(tx, nodes))
    await time.sleepTo(dayOf(1, 1))
    const keeperId = await time.as(cashier, work =>
      openDuesAccount.run(work, {
        ...{ orgId: committee, bank: 'ICBC', bankNumber: '12345678', openedOn: dayOf(1, 1) },
      }),
    )
    for (const name of people.keys()) await tell('registered', name, {})
    // Proposed on New Year's day, and due by its 31st: reminded of until the committee has checked it.
    await time.as(cashier, work => beginDuesFixing.run(work, { orgId: committee, year }))
    await time.carryOver()
    await time.sleepTo(dayOf(1, 28))
    const lines = await time.as(cashier, ({ tx }) =>
      sqlOf(tx).selectFrom('duesFixingLine').select(['id as lineId', 'version']).execute(),
    )
    const named = lines.map(({ lineId, version }) => ({ lineId, version: Number(version) }))
    await time.as(organiser, work => recordConfirmedOnPaper.run(work, { lines: named, signedOn: dayOf(1, 28) }))
    await time.as(cashier, work => checkDuesFixing.run(work, { orgId: committee, year, confirmedOnly: false }))
    await time.carryOver()

    const arrearsOf = async (name: string) =>
      (await time.as(cashier, ({ tx }) => arrearsStore.openOf(tx, [idOf(name)]))).get(idOf(name)) ?? null
    for (let month = 1; month <= 12; month += 1) {
      if (month > 1) await time.sleepTo(dayOf(month, 1), '00:10')
      if (month === 3) await tell('changed', '甲', { duesBaseFen: '2000000' })
      if (month === 4) {
        const ground = { hardship: 'ILLNESS' as const, reason: '长期住院' }
        const waiverId = await time.as(organiser, work =>
          requestDuesWaiver.run(work, {
            ...{ ...ground, memberId: idOf('丁'), fromMonth: dayOf(4, 1), toMonth: dayOf(6, 1), partFen: null },
            ...{ studiedOn: dayOf(4, 1), studyNumber: '支委会 4 号' },
          }),
        )
        await time.as(cashier, work => decideDuesWaiver.run(work, { waiverId, version: 1, approved: true }))
      }
      expect(await night(month)).toBe('COMPLETED')
      await time.carryOver()
      const paidOn = dayOf(month, month === 1 ? 29 : 20)
      if (month > 1) await time.sleepTo(dayOf(month, 10))
      if (month === 5) await tell('transferred', '戊', { orgId: other })
      if (month === 8) await tell('left', '己', { leftOn: dayOf(8, 9) })
      await time.sleepTo(paidOn)
      for (const name of ['甲', '丁', '己']) await pay(name, branch, paidOn)
      for (const orgId of [branch, other]) await pay('戊', orgId, paidOn)
      // Behind with February to April, and back in May; the other one is never back.
      if (month === 1 || month >= 5) await pay('乙', branch, paidOn)
      if (month === 1) await pay('丙', branch, paidOn)
      await time.carryOver()
      if (month > 1) await time.as(cashier, work => closeMonth.run(work, { keeperId, month: dayOf(month - 1, 1) }))
    }
    await time.sleepTo(dayOf(12, 31))

    expect(await arrearsOf('乙')).toBeNull()
    expect(await arrearsOf('丙')).toMatchObject({ sinceMonth: dayOf(2, 1), months: 10, matterOn: dayOf(8, 1) })
    const reminded = await time.reminders()
    const nameOf = (id: string) => [...people].find(([, own]) => own === id)?.[0] ?? '支部'
    // Of two on one day either may be the first.
    const inOrder = reminded
      .map(({ rule, rung, on, subjectId }) => [rule, rung, nameOf(subjectId), on] as const)
      .toSorted(([, , one, on], [, , other, then]) => (`${on} ${one}` < `${then} ${other}` ? -1 : 1))
    expect(inOrder).toEqual([
      ['DUES_FIXING', 'MONTH_AHEAD', '支部', dayOf(1, 1)],
      ['DUES_FIXING', 'WEEK_AHEAD', '支部', dayOf(1, 24)],
      ['DUES_TALK', 'REACHED', '丙', dayOf(5, 1)],
      ['DUES_TALK', 'REACHED', '乙', dayOf(5, 1)],
      ['DUES_WARNING', 'REACHED', '丙', dayOf(7, 1)],
      ['DUES_MATTER', 'REACHED', '丙', dayOf(8, 1)],
      // Of the year that comes.
      ['DUES_FIXING', 'MONTH_AHEAD', '支部', dayOf(12, 31)],
    ])

    const bills = await time.as(cashier, ({ tx }) =>
      billStore.ofYears(tx, countyId, [...people.values()], dayOf(1, 1), addMonths(dayOf(1, 1), 12)),
    )
    const marks = { OPEN: 'o', PART: 'p', SETTLED: 's', WAIVED: 'w', WITHDRAWN: '-' } as const
    const statesOf = (name: string) =>
      bills
        .filter(({ memberId }) => memberId === idOf(name))
        .map(bill => marks[stateOf(bill)])
        .join('')
    expect(Object.fromEntries([...people.keys()].map(name => [name, statesOf(name)]))).toEqual({
      ...{ 甲: 's'.repeat(12), 乙: 's'.repeat(12), 丙: `s${'o'.repeat(11)}`, 丁: 'ssswwwssssss' },
      ...{ 戊: 's'.repeat(12), 己: 's'.repeat(8) },
    })
    // Fixed at the beginning of the year: 1 % of 4000 yuan all along, whatever was paid afterwards.
    expect(new Set(bills.map(({ dueFen }) => dueFen))).toEqual(new Set([4_000n]))
    const placesOf = bills.filter(({ memberId }) => memberId === idOf('戊')).map(({ orgId }) => orgId)
    expect(placesOf).toEqual([...Array(5).fill(branch), ...Array(7).fill(other)])

    const summed = async (first: number, last: number) => {
      const period = { from: dayOf(first, 1), until: dayOf(last, 1) }
      return (await time.as(cashier, ({ tx }) => collectionStore.of(tx, countyId, [committee], period))).get(committee)
    }
    const quarters = [await summed(1, 3), await summed(4, 6), await summed(7, 9), await summed(10, 12)]
    expect(quarters.map(found => [found?.bills, found?.settledBills, found?.membersInArrears])).toEqual([
      [18, 16, 1],
      [18, 15, 1],
      [17, 14, 1],
      [15, 12, 1],
    ])
    const whole = await summed(1, 12)
    expect(whole).toMatchObject({ bills: 68, settledBills: 57, waivedFen: 12_000n, paidFen: 54n * 4_000n })
    const difference = await time.as(systemActor(countyId), async ({ tx }) => verifyStore.firstDifference(tx, countyId))
    expect(difference).toBeNull()
  })
})
