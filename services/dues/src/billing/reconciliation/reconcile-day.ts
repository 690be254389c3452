import { recordAudit } from '@linghang/access'
import { addDays } from '@linghang/rulebook'
import type { RealAccount } from '../../ledger/accounts/account.ts'
import type { Work } from '../../work.ts'
import { queueDifferences } from '../online/learn-trade.ts'
import { attachOf, idOfOrderNo, orderNoOf } from '../online/order.ts'
import type { TradeBill } from '../online/payment-provider.ts'
import { compareDay, sumsOf } from './compare-day.ts'
import { reconciliationStore } from './store.ts'

/** The instants between which a day lies in Asia/Shanghai. */
export const boundsOf = (day: string): { from: Date; before: Date } => ({
  from: new Date(`${day}T00:00:00+08:00`),
  before: new Date(`${addDays(day, 1)}T00:00:00+08:00`),
})

export type Reconciled = { trades: number; newMismatches: number }

/**
 * Holds a day of the provider's bill against the orders of one committee's account, once more without effect: what was found
 * is found. What differs goes to the queue, and what was taken is kept for the bank's statement.
 */
export async function reconcileDay(
  work: Work,
  keeper: RealAccount,
  merchantId: string,
  bill: TradeBill,
): Promise<Reconciled> {
  const { tx, actor } = work
  const { day } = bill
  await reconciliationStore.holdDay(tx, keeper.id, day)
  const named = bill.rows.flatMap(({ orderNo }) => idOfOrderNo(orderNo) ?? [])
  const { from, before } = boundsOf(day)
  const paid = await reconciliationStore.ordersPaid(tx, keeper.id, merchantId, from, before)
  const byId = new Map(
    [...(await reconciliationStore.ordersByIds(tx, actor.countyId, named)), ...paid].map(order => [order.id, order]),
  )
  // An order that we know says itself whose it is; of others the bill carries it.
  const attach = attachOf({ countyId: actor.countyId, keeperId: keeper.id })
  const rows = bill.rows.filter(row => {
    const order = byId.get(idOfOrderNo(row.orderNo) ?? '')
    return order ? order.keeperId === keeper.id : row.attach === attach
  })
  const orders = [...byId.values()].filter(({ keeperId }) => keeperId === keeper.id)
  const refunds = await reconciliationStore.refundsByIds(
    tx,
    actor.countyId,
    rows.flatMap(({ refundNo }) => idOfOrderNo(refundNo ?? '') ?? []),
  )
  const given = new Map(refunds.map(({ id, amountFen }) => [orderNoOf(id), amountFen]))
  const found = compareDay(orders, new Set(paid.map(({ id }) => id)), rows, given)
  const { orgId } = keeper
  const newMismatches = await queueDifferences(
    work,
    found.map(difference => ({ ...difference, keeperId: keeper.id, orgId })),
  )
  const sums = sumsOf(rows)
  const isNews =
    sums.trades > 0 &&
    (await reconciliationStore.keepSettlement(tx, {
      ...{ ...sums, id: work.newId(), countyId: actor.countyId, orgId, keeperId: keeper.id, day, at: work.now },
    }))
  // A day is looked at a week long; that nothing was found again is nothing that was done.
  if (isNews || newMismatches > 0 || actor.kind !== 'SYSTEM')
    await recordAudit(work, [
      { orgId, action: `dues.reconciled: ${day}`, subjectType: 'RealDuesAccount', subjectId: keeper.id },
    ])
  return { trades: sums.trades, newMismatches }
}
