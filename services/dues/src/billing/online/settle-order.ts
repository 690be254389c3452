import { shanghaiDay } from '@linghang/access'
import type { Work } from '../../work.ts'
import { bookPayments } from '../payments/book-payment.ts'
import type { Payment } from '../payments/payment.ts'
import { paymentStore } from '../payments/store.ts'
import type { Order } from './order.ts'

/**
 * Books what a member has paid through the provider: it pays their oldest open months, what is more is kept for those to
 * come; a large due is the centre's. It is on its way until the bank has it. It counts for the day on which it was paid; today where the month of
 * that day is closed.
 * @returns the payment's id
 */
export async function settleOrder(
  work: Work,
  order: Order,
  { tradeNo, paidAt }: { tradeNo: string; paidAt: Date },
): Promise<string> {
  const { id: orderId, orgId, memberId, keeperId, accountId, amountFen } = order
  const paidOn = shanghaiDay(paidAt)
  const receivedOn = paidOn > work.today ? work.today : paidOn
  const payment: Payment = {
    ...{
      id: work.newId(),
      orgId,
      memberId,
      keeperId,
      accountId,
      way: 'ONLINE',
      kind: order.kind,
      payer: 'SELF',
      payerMemberId: null,
    },
    ...{
      consent: null,
      amountFen,
      rest: order.kind === 'LARGE' ? null : 'ADVANCE',
      duesFen: 0n,
      advanceFen: 0n,
      voluntaryFen: 0n,
      receivedOn,
    },
    ...{ state: 'RECORDED', journalId: null, orderId, whyEnded: null },
    ...{ recordedBy: null, recordedAt: work.now, confirmedBy: null, confirmedAt: null },
  }
  await paymentStore.insert(work.tx, work.actor.countyId, payment)
  await bookPayments(work, [payment], null, () => `线上交纳${order.kind === 'LARGE' ? '大额党费' : ''} ${tradeNo}`)
  return payment.id
}
