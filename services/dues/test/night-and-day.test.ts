import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { createAsService, shanghaiDay, systemActor } from '@linghang/access'
import { look } from '@linghang/harness/databases'
import { addMonths, monthOf } from '@linghang/rulebook'
import { followArrears } from '../src/billing/arrears/follow-arrears.ts'
import { followBills } from '../src/billing/bills/follow-bills.ts'
import { standingStore } from '../src/billing/bills/standing-store.ts'
import { confirmPayments } from '../src/billing/payments/confirm-payments.ts'
import type { Payment } from '../src/billing/payments/payment.ts'
import { paymentStore } from '../src/billing/payments/store.ts'
import { recordStore } from '../src/billing/records/store.ts'
import type { Tx } from '../src/work.ts'
import { createBranchBooks, openBooks, outcomesOf } from './branch-books.ts'

jest.setTimeout(60_000)

let database: Awaited<ReturnType<typeof openBooks>>
beforeAll(async () => {
  database = await openBooks('night_and_day')
})
afterAll(() => database?.close())

test('S3-5 the night that bills and the day that confirms meet and wait for each other, never in a circle', async () => {
  const books = await createBranchBooks(database, 100n, addMonths(monthOf(shanghaiDay(new Date())), -3))
  const { work, orgIds, accounts, keeper, county } = books
  const members = Array.from({ length: 24 }, () => randomUUID())
  const today = await work(async own => own.today)
  const month = monthOf(today)
  await work(async ({ tx }) => {
    const records = members.map(memberId => ({
      ...{ memberId, orgId: orgIds.one, kind: 'FULL', category: 'STUDENT' as const, baseFen: null, owes: true },
      ...{ owesSince: '2010-07-01', complete: true, closedOn: null, knownOn: addMonths(month, -3), version: 1 },
    }))
    await recordStore.write(tx, county.countyId, records)
    const places = members.map(memberId => ({ memberId, orgId: orgIds.one, fromMonth: '0001-01-01' }))
    await recordStore.place(tx, county.countyId, places)
  })
  const night = () =>
    work(async own => followBills(own, await standingStore.ofMembers(own.tx, county.countyId, members), today))
  const arrears = () => work(own => followArrears(own, null))
  await night()
  await arrears()
  const received = async () => {
    const ids: string[] = []
    // In an order that is not that of the members.
    for (const memberId of members.toSorted().toReversed())
      await work(async own => {
        const payment: Payment = {
          ...{
            id: own.newId(),
            orgId: orgIds.one,
            memberId,
            keeperId: keeper.id,
            accountId: accounts[0],
            way: 'BANK',
            kind: 'DUES',
          },
          ...{ payer: 'SELF', payerMemberId: null, consent: null, amountFen: 1n, rest: null, duesFen: 0n },
          ...{ advanceFen: 0n, voluntaryFen: 0n, receivedOn: today, state: 'RECORDED', journalId: null, orderId: null },
          ...{ whyEnded: null, recordedBy: randomUUID(), recordedAt: own.now, confirmedBy: null, confirmedAt: null },
        }
        await paymentStore.insert(own.tx, county.countyId, payment)
        ids.push(payment.id)
      })
    return ids
  }
  for (let round = 0; round < 3; round += 1) {
    const ids = await received()
    const day = [ids.slice(0, 12), ids.slice(12)].map(some => work(own => confirmPayments.run(own, { ids: some })))
    let isOver = false
    /** Again and again until the day is over. */
    const through = async (run: () => Promise<unknown>) => {
      while (!isOver) await run()
    }
    const over = Promise.all(day).finally(() => {
      isOver = true
    })
    expect(await outcomesOf([over, through(night), through(arrears), through(arrears)])).toEqual(Array(4).fill('MOVED'))
  }
  expect(
    await database.transact(systemActor(county.countyId), tx =>
      paymentStore.openOf(tx, members[0] as string, orgIds.one),
    ),
  ).toMatchObject([{ openFen: 17n }, { openFen: 20n }, { openFen: 20n }])
  expect(await books.firstDifference()).toBeNull()
})

test('platform a county that moves to another cell is billed by neither night until it lives somewhere', async () => {
  const { county } = await createBranchBooks(database, 100n)
  const { countyId } = county
  const asService = createAsService<Tx>(database.prisma)
  const billed = () => asService(tx => standingStore.countiesWithAccounts(tx))
  const write = (sql: string, values: string[]) => look('dues', sql, values, 'night_and_day')
  expect(await billed()).toContain(countyId)
  for (const state of ['LEAVING', 'STILL', 'LEFT', 'ARRIVING']) {
    await write('insert into county_move (county_id, state) values ($1, $2)', [countyId, state])
    expect(await billed()).not.toContain(countyId)
    await write('delete from county_move where county_id = $1', [countyId])
  }
  expect(await billed()).toContain(countyId)
})
