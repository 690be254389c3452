import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { shanghaiDay } from '@linghang/access'
import { addDays } from '@linghang/rulebook'
import { sql } from 'kysely'
import { attachOf } from '../src/billing/online/order.ts'
import type { TradeBill } from '../src/billing/online/payment-provider.ts'
import { reconcileDay } from '../src/billing/reconciliation/reconcile-day.ts'
import { sqlOf } from '../src/work.ts'
import { createBranchBooks, openBooks } from './branch-books.ts'

jest.setTimeout(60_000)

let database: Awaited<ReturnType<typeof openBooks>>
beforeAll(async () => {
  database = await openBooks('reconcile_again')
})
afterAll(() => database?.close())

test('S0-6c a week long a day is looked at each morning: what was found is found once, and nothing is said of looking again', async () => {
  const { work, keeper, county } = await createBranchBooks(database, 100n)
  const day = addDays(shanghaiDay(new Date()), -1)
  const attach = attachOf({ countyId: county.countyId, keeperId: keeper.id })
  const trade = (orderNo: string): TradeBill['rows'][number] => ({
    ...{ kind: 'PAID' as const, orderNo, tradeNo: orderNo, refundNo: null, amountFen: 500n, feeMilliFen: 0n, attach },
  })
  const first = trade(randomUUID().replaceAll('-', ''))
  const look = (rows: TradeBill['rows']) => work(own => reconcileDay(own, keeper, 'merchant', { day, rows }))
  const audited = async () => {
    const { rows } = await work(({ tx }) =>
      sql<{ n: number }>`select count(*)::int as n from audit_entry where action like 'dues.reconciled%'`.execute(
        sqlOf(tx),
      ),
    )
    return rows[0]?.n
  }
  expect(await look([first])).toEqual({ trades: 1, newMismatches: 1 })
  expect(await audited()).toBe(1)
  expect(await look([first])).toEqual({ trades: 1, newMismatches: 0 })
  expect(await audited()).toBe(1)
  expect(await look([first, trade(randomUUID().replaceAll('-', ''))])).toEqual({ trades: 2, newMismatches: 1 })
  expect(await audited()).toBe(2)
})
