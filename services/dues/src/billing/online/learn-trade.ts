import { recordAudit } from '@linghang/access'
import { accountStore } from '../../ledger/accounts/store.ts'
import type { Work } from '../../work.ts'
import type { Difference } from './mismatch.ts'
import { isOpen, judgeTrade, nextAskAt, type Order, type OrderState, orderNoOf } from './order.ts'
import type { Trade } from './payment-provider.ts'
import { settleOrder } from './settle-order.ts'
import { orderStore } from './store.ts'

/** TOLD: in a callback. ASKED: in the answer to a question of ours, which is as much as anybody can know. */
export type LearntBy = 'TOLD' | 'ASKED'

/** What does not agree is queued once for the committee in whose account it is. @returns how many are new */
export const queueDifferences = (work: Work, differences: readonly Difference[]): Promise<number> =>
  orderStore.queue(
    work.tx,
    differences.map(difference => ({
      ...difference,
      ...{ id: work.newId(), countyId: work.actor.countyId, foundAt: work.now },
    })),
  )

/**
 * What the provider says of an order, told or asked, however often and in whatever order: the order is held, and its money
 * moves once. What does not agree goes to people; told wrongly it is asked after, asked wrongly it is left to them.
 * @returns its state; null where there is no such order
 */
export async function learnTrade(
  work: Work,
  { id, trade, by }: { id: string; trade: Trade; by: LearntBy },
): Promise<OrderState | null> {
  const { tx, actor, now } = work
  const order = await orderStore.hold(tx, actor.countyId, id)
  if (!order) return null
  const verdict = judgeTrade(order, trade)
  if (verdict.do === 'NOTHING') return order.state
  if (verdict.do === 'CLOSE') return end(work, order, 'CLOSED')
  if (verdict.do === 'SETTLE' && !(await orderStore.isTradeKnown(tx, actor.countyId, verdict.tradeNo))) {
    const { tradeNo, paidAt } = verdict
    await orderStore.change(tx, order, { state: 'SETTLED', tradeNo, paidAt, askAt: null }, now)
    await settleOrder(work, order, { tradeNo, paidAt })
    await audit(work, order, 'dues-order.settled')
    return 'SETTLED'
  }
  const difference =
    verdict.do === 'DISPUTE'
      ? { reason: verdict.reason, expected: verdict.expected, found: verdict.found }
      : { reason: 'PAID_TWICE' as const, expected: null, found: verdict.tradeNo }
  const { keeperId } = order
  const [keeper] = await accountStore.realByIds(tx, actor.countyId, [keeperId])
  const orgId = keeper?.orgId ?? order.orgId
  await queueDifferences(work, [{ ...difference, keeperId, orgId, about: orderNoOf(order.id) }])
  if (!isOpen(order)) return order.state
  if (by === 'ASKED') return end(work, order, 'DISPUTED')
  await orderStore.change(tx, order, { askAt: now }, now)
  return order.state
}

async function end(work: Work, order: Order, state: OrderState): Promise<OrderState> {
  await orderStore.change(work.tx, order, { state, askAt: null }, work.now)
  await audit(work, order, `dues-order.${state.toLowerCase()}`)
  return state
}

const audit = (work: Work, { id, orgId }: Order, action: string) =>
  recordAudit(work, [{ orgId, action, subjectType: 'DuesOrder', subjectId: id }])

/** Nobody can pay it at the provider any more, so it is closed here too. */
export async function closeHere(work: Work, id: string): Promise<OrderState | null> {
  const order = await orderStore.hold(work.tx, work.actor.countyId, id)
  if (!order) return null
  return isOpen(order) ? end(work, order, 'CLOSED') : order.state
}

/** A payer who looks again and again does not make us ask the provider for ever. */
const askedAtOnce = 40

/** Whether it is still to be asked after, and that somebody now does: no two ask in the same moment. */
export async function takeToAsk(work: Work, id: string, atOnce: boolean): Promise<Order | null> {
  const order = await orderStore.hold(work.tx, work.actor.countyId, id)
  if (!order?.askAt || (order.askAt > work.now && !(atOnce && order.asked < askedAtOnce))) return null
  const asked = order.asked + 1
  await orderStore.change(work.tx, order, { asked, askAt: nextAskAt({ ...order, asked }, work.now) }, work.now)
  return order
}
