import { recordAudit } from '@linghang/access'
import { DomainError } from '@linghang/subgraph/errors'
import type { RealAccount } from '../../ledger/accounts/account.ts'
import { accountStore } from '../../ledger/accounts/store.ts'
import { turnRound } from '../../ledger/journals/reverse-journal.ts'
import { journalStore } from '../../ledger/journals/store.ts'
import type { Work } from '../../work.ts'
import { standingStore } from '../bills/standing-store.ts'
import { isWhereItCame } from '../payments/book-large.ts'
import { unbookPayment } from '../payments/book-payment.ts'
import { paymentStore } from '../payments/store.ts'
import { queueDifferences } from './learn-trade.ts'
import type { MismatchReason } from './mismatch.ts'
import { type Order, orderNoOf } from './order.ts'
import type { Refund as Told } from './payment-provider.ts'
import { judgeRefund, type Refund, type RefundState, refundAskMs } from './refund.ts'
import { refundStore } from './refund-store.ts'
import { orderStore } from './store.ts'

/**
 * What the provider says of a refund, told or asked, however often: when the payer has it the payment's journal is turned
 * round once and what it paid is open again. What does not agree goes to people.
 * @returns its state; null where there is no such refund
 */
export async function learnRefund(work: Work, id: string, told: Told): Promise<RefundState | null> {
  const { tx, actor, now } = work
  const refund = await refundStore.hold(tx, actor.countyId, id)
  const order = refund && (await orderStore.hold(tx, actor.countyId, refund.orderId))
  if (!refund || !order) return null
  const [keeper] = await accountStore.realByIds(tx, actor.countyId, [order.keeperId])
  if (!keeper) return null
  const verdict = judgeRefund({ ...refund, orderNo: orderNoOf(order.id) }, told)
  if (verdict.do === 'NOTHING') return refund.state
  const later = new Date(now.getTime() + refundAskMs)
  if (verdict.do === 'WAIT') {
    await refundStore.change(tx, id, { state: 'PROCESSING', askAt: later })
    return 'PROCESSING'
  }
  const queue = (reason: MismatchReason, found: string) =>
    queueDifferences(work, [
      {
        reason,
        found,
        keeperId: keeper.id,
        orgId: keeper.orgId,
        about: orderNoOf(id),
        expected: `${refund.amountFen}`,
      },
    ])
  if (verdict.do === 'DISPUTE') {
    await queue('REFUND_DIFFERS', verdict.found)
    await refundStore.change(tx, id, { askAt: later })
    return refund.state
  }
  if (verdict.do === 'FAIL') {
    await queue('REFUND_FAILED', verdict.found)
    return end(work, refund, 'FAILED')
  }
  if (!(await unbook(work, keeper, order, refund))) await queue('REFUND_NOT_BOOKED', 'SUCCESS')
  await orderStore.change(tx, order, { state: 'REFUNDED' }, now)
  return end(work, refund, 'SUCCESS')
}

async function end(work: Work, { id, orgId }: Refund, state: RefundState): Promise<RefundState> {
  await refundStore.change(work.tx, id, { state, endedAt: work.now, askAt: null })
  const action = `dues-refund.${state.toLowerCase()}`
  await recordAudit(work, [{ orgId, action, subjectType: 'DuesRefund', subjectId: id }])
  return state
}

/** @returns false where the money has been spent or banked since: the payer has it all the same, so people see to the books */
async function unbook(work: Work, keeper: RealAccount, order: Order, refund: Refund): Promise<boolean> {
  const { tx, actor } = work
  const paymentId = await refundStore.paymentOf(tx, order.id)
  const [payment] = paymentId === null ? [] : await paymentStore.hold(tx, actor.countyId, [paymentId])
  const [journal] = payment?.journalId ? await journalStore.byIds(tx, actor.countyId, [payment.journalId]) : []
  if (!payment || !journal) return false
  // Bills before balances, as whoever books a payment holds them.
  await standingStore.hold(tx, [payment.memberId])
  if (payment.kind === 'LARGE' && !(await isWhereItCame(work, payment.id))) return false
  try {
    await turnRound(work, keeper, journal, refund.reason)
  } catch (error) {
    if (error instanceof DomainError && error.code === 'MONEY_NOT_THERE') return false
    throw error
  }
  await unbookPayment(work, payment, refund.reason)
  const nothing = { duesFen: 0n, advanceFen: 0n, voluntaryFen: 0n }
  await paymentStore.change(tx, payment.id, { state: 'REVERSED', whyEnded: refund.reason, ...nothing })
  return true
}
