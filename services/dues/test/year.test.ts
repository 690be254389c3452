import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, createPerform, surroundings, systemActor, writeOrgNodes } from '@linghang/access'
import type { Event, MemberState } from '@linghang/events'
import { addMonths } from '@linghang/rulebook'
import { createSealing } from '@linghang/sealing'
import { followArrears } from '../src/billing/arrears/follow-arrears.ts'
import { decideMatter, recordTalk } from '../src/billing/arrears/record-step.ts'
import { arrearsStore } from '../src/billing/arrears/store.ts'
import { stateOf } from '../src/billing/bills/bill.ts'
import { billCounty } from '../src/billing/bills/bill-county.ts'
import { collectionStore } from '../src/billing/bills/collection-store.ts'
import { keepRecordsAndBills } from '../src/billing/bills/follow-register.ts'
import { billStore } from '../src/billing/bills/store.ts'
import { beginDuesFixing } from '../src/billing/fixings/begin-fixing.ts'
import { checkDuesFixing } from '../src/billing/fixings/check-fixing.ts'
import { recordConfirmedOnPaper } from '../src/billing/fixings/confirm-base.ts'
import { confirmPayments } from '../src/billing/payments/confirm-payments.ts'
import { recordPayment } from '../src/billing/payments/record-payment.ts'
import { paymentStore } from '../src/billing/payments/store.ts'
import { decideDuesWaiver } from '../src/billing/waivers/decide-waiver.ts'
import { requestDuesWaiver } from '../src/billing/waivers/request-waiver.ts'
import { openDuesAccount } from '../src/ledger/accounts/open-account.ts'
import { closeMonth } from '../src/ledger/journals/close-month.ts'
import { verifyStore } from '../src/ledger/journals/verify-store.ts'
import { type Own, sqlOf, type Tx, type Work } from '../src/work.ts'
import { openBooks } from './branch-books.ts'

jest.setTimeout(120_000)

let database: Awaited<ReturnType<typeof openBooks>>
beforeAll(async () => {
  database = await openBooks('year')
})
afterAll(() => database?.close())

const year = 2026
const dayOf = (month: number, day: number) => `${year}-${`${month}`.padStart(2, '0')}-${`${day}`.padStart(2, '0')}`
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

describe('S3-5 a year of a branch', () => {
  test('S3-5 from the fixing to the report, day by day: who pays, who returns, who does not, who moves, who dies', async () => {
    let at = new Date(`${dayOf(1, 5)}T02:00:00Z`)
    const sealing = createSealing(database.transact, { current: 'k', keys: { k: randomBytes(32).toString('base64') } })
    const perform = createPerform<Tx, Own>(database.transact, { ...surroundings, now: () => at }, async actor => ({
      seal: await sealing.opened(actor.countyId),
    }))
    const as = <T>(actor: Actor, run: (work: Work) => Promise<T>) => perform(actor, run, { rights: 'COUNTY' })
    const standOn = (month: number, day: number) => {
      at = new Date(`${dayOf(month, day)}T02:00:00Z`)
    }
    const told = new Map<string, MemberState>()
    const tell = (
      type: 'registered' | 'changed' | 'transferred' | 'left',
      name: string,
      more: Partial<MemberState>,
    ) => {
      const before = told.get(name)
      const member: MemberState = {
        ...{
          id: idOf(name),
          orgId: branch,
          kind: 'FULL',
          joinedOn: '2010-07-01',
          appliedOn: null,
          activistSince: null,
        },
        ...{ candidateSince: null, fullMemberSince: '2011-07-01', talkHeldOn: null, lastReviewOn: null },
        ...{ knownOn: '2025-12-01', duesCategory: 'MONTHLY_SALARY', duesBaseFen: '400000', leftOn: null },
        ...{ ...before, ...more, version: (before?.version ?? 0) + 1 },
      }
      told.set(name, member)
      const event = { id: randomUUID(), type: `members.member.${type}.v1`, time: at.toISOString(), data: member }
      return as(systemActor(countyId), work => keepRecordsAndBills.react(work, [event as unknown as Event]))
    }
    await as(systemActor(countyId), async work => {
      const node = { countyId, name: '党组织', unitKind: null, approves: null, version: 1 }
      await writeOrgNodes(work.tx, [
        { ...node, id: committee, superiorId: null, code: '1', kind: 'COMMITTEE' },
        { ...node, id: branch, superiorId: committee, code: '2', kind: 'BRANCH' },
        { ...node, id: other, superiorId: committee, code: '3', kind: 'BRANCH' },
      ])
    })
    const keeperId = await as(cashier, work =>
      openDuesAccount.run(work, {
        ...{ orgId: committee, bank: 'ICBC', bankNumber: '12345678', openedOn: `${year}-01-01` },
      }),
    )
    for (const name of people.keys()) await tell('registered', name, {})

    // The fixing of January: proposed at 4000 yuan, signed on paper, checked, so that a raise in March changes nothing.
    await as(cashier, work => beginDuesFixing.run(work, { orgId: committee, year }))
    const lines = await as(cashier, ({ tx }) =>
      sqlOf(tx).selectFrom('duesFixingLine').select(['id as lineId', 'version']).execute(),
    )
    const named = lines.map(({ lineId, version }) => ({ lineId, version: Number(version) }))
    await as(organiser, work => recordConfirmedOnPaper.run(work, { lines: named, signedOn: dayOf(1, 5) }))
    await as(cashier, work => checkDuesFixing.run(work, { orgId: committee, year, confirmedOnly: false }))

    const pay = async (name: string, orgId: string, day: string) => {
      const open = await as(cashier, ({ tx }) => paymentStore.openOf(tx, idOf(name), orgId))
      const amountFen = open.reduce((sum, { openFen }) => sum + openFen, 0n)
      if (amountFen === 0n) return
      const id = await as(organiser, work =>
        recordPayment.run(work, {
          ...{ memberId: idOf(name), orgId, amountFen, way: 'BANK', kind: 'DUES', receivedOn: day, payer: 'SELF' },
          ...{ payerMemberId: null, consent: null, rest: null },
        }),
      )
      await as(cashier, work => confirmPayments.run(work, { ids: [id] }))
    }
    const arrearsOf = async (name: string) =>
      (await as(cashier, ({ tx }) => arrearsStore.openOf(tx, [idOf(name)]))).get(idOf(name)) ?? null
    const months: string[] = []
    for (let month = 1; month <= 12; month += 1) {
      standOn(month, 1)
      if (month === 3) await tell('changed', '甲', { duesBaseFen: '2000000' })
      if (month === 4) {
        const ground = { hardship: 'ILLNESS' as const, reason: '长期住院' }
        const waiverId = await as(organiser, work =>
          requestDuesWaiver.run(work, {
            ...{ ...ground, memberId: idOf('丁'), fromMonth: dayOf(4, 1), toMonth: dayOf(6, 1), partFen: null },
            ...{ studiedOn: dayOf(4, 1), studyNumber: '支委会 4 号' },
          }),
        )
        await as(cashier, work => decideDuesWaiver.run(work, { waiverId, version: 1, approved: true }))
      }
      await billCounty(perform, { countyId, on: dayOf(month, 1) }, () => undefined)
      await as(systemActor(countyId), work => followArrears(work, null))
      standOn(month, 10)
      if (month === 5) await tell('transferred', '戊', { orgId: other })
      if (month === 8) await tell('left', '己', { leftOn: dayOf(8, 9) })
      standOn(month, 20)
      const day = dayOf(month, 20)
      for (const name of ['甲', '丁', '己']) await pay(name, branch, day)
      for (const orgId of [branch, other]) await pay('戊', orgId, day)
      // Four months behind, and back in the fifth.
      if (month === 1 || month >= 6) await pay('乙', branch, day)
      if (month === 1) await pay('丙', branch, day)
      if (month === 5)
        expect(await arrearsOf('乙')).toMatchObject({ sinceMonth: dayOf(2, 1), months: 3, matterOn: null })
      if (month > 1) {
        const closed = await as(cashier, work => closeMonth.run(work, { keeperId, month: dayOf(month - 1, 1) }))
        months.push(closed)
      }
    }
    expect(months).toHaveLength(11)
    expect(await arrearsOf('乙')).toBeNull()
    const behind = await arrearsOf('丙')
    expect(behind).toMatchObject({ sinceMonth: dayOf(2, 1), months: 10, matterOn: dayOf(8, 1) })
    const matter = { id: behind?.id as string, heldOn: dayOf(12, 20), reason: '不愿交纳' }
    await as(organiser, work => recordTalk.run(work, { ...matter, goodReason: false }))
    await as(organiser, work =>
      decideMatter.run(work, { ...matter, outcome: 'DEADLINE_SET', recordNumber: '支部大会 12 号' }),
    )

    const bills = await as(cashier, ({ tx }) =>
      billStore.ofYears(tx, countyId, [...people.values()], dayOf(1, 1), addMonths(dayOf(1, 1), 12)),
    )
    const statesOf = (name: string) => {
      const own = bills.filter(({ memberId }) => memberId === idOf(name))
      const marks = { OPEN: 'o', PART: 'p', SETTLED: 's', WAIVED: 'w', WITHDRAWN: '-' } as const
      return own.map(bill => marks[stateOf(bill)]).join('')
    }
    expect(Object.fromEntries([...people.keys()].map(name => [name, statesOf(name)]))).toEqual({
      ...{ 甲: 'ssssssssssss', 乙: 'ssssssssssss', 丙: 'soooooooooooo'.slice(0, 12), 丁: 'ssswwwssssss' },
      ...{ 戊: 'ssssssssssss', 己: 'ssssssss' },
    })
    // Fixed at the beginning of the year: 1 % of 4000 yuan all along, whatever was paid afterwards.
    expect(new Set(bills.map(({ dueFen }) => dueFen))).toEqual(new Set([4_000n]))
    const placesOf = bills.filter(({ memberId }) => memberId === idOf('戊')).map(({ orgId }) => orgId)
    expect(placesOf).toEqual([...Array(5).fill(branch), ...Array(7).fill(other)])

    const quarter = async (first: number) => {
      const period = { from: dayOf(first, 1), until: dayOf(first + 2, 1) }
      return (await as(cashier, ({ tx }) => collectionStore.of(tx, countyId, [committee], period))).get(committee)
    }
    const [one, two, three, four] = [await quarter(1), await quarter(4), await quarter(7), await quarter(10)]
    expect([one, two, three, four].map(found => [found?.bills, found?.settledBills, found?.membersInArrears])).toEqual([
      [18, 16, 1],
      [18, 15, 1],
      [17, 14, 1],
      [15, 12, 1],
    ])
    const paid = [one, two, three, four].reduce((sum, found) => sum + (found?.paidFen ?? 0n), 0n)
    expect(paid).toBe(4_000n * BigInt(bills.length - 11 - 3))
    const difference = await database.transact(systemActor(countyId), async tx => {
      await verifyStore.begin(tx)
      return verifyStore.firstDifference(tx, countyId)
    })
    expect(difference).toBeNull()
  })
})
