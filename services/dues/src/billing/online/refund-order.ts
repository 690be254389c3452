import { recordAudit, whenTaken } from '@linghang/access'
import { requireReason } from '@linghang/subgraph'
import { availableOf } from '../../ledger/accounts/balance.ts'
import { balanceStore } from '../../ledger/accounts/balance-store.ts'
import { accountStore } from '../../ledger/accounts/store.ts'
import { keptAccount } from '../../ledger/journals/record-income.ts'
import { type Context, useCase } from '../../work.ts'
import { isWhereItCame } from '../payments/book-large.ts'
import { type Perform, refuseAs } from './ask-provider.ts'
import { fail } from './errors.ts'
import { learnRefund } from './learn-refund.ts'
import { orderNoOf } from './order.ts'
import type { PaymentProvider } from './payment-provider.ts'
import type { Payments } from './payments.ts'
import { type Refund, refundAskMs } from './refund.ts'
import { refundStore } from './refund-store.ts'
import { orderStore } from './store.ts'

/**
 * Gives back what was paid online by mistake or twice, whole, by whoever keeps the committee's books. Only what is still
 * there: with the provider, and in the part of the organisation.
 * @returns the refund's id
 * @throws DomainError NOT_FOUND, BAD_INPUT without a reason, ORDER_NOT_TO_REFUND, PROVIDER_HAS_TOO_LITTLE
 */
const openRefund = useCase(
  'refundDuesOrder',
  async (work, { orderId, reason }: { orderId: string; reason: string }): Promise<string> => {
    const { tx, actor, now } = work
    const order = await orderStore.hold(tx, actor.countyId, orderId)
    const keeper = order && (await keptAccount(work, order.keeperId))
    if (!order || !keeper) return fail('NOT_FOUND', { what: `DuesOrder:${orderId}` })
    if (order.state !== 'SETTLED') fail('ORDER_NOT_TO_REFUND', { found: order.state })
    if (order.kind === 'LARGE') {
      const paymentId = await refundStore.paymentOf(tx, order.id)
      // What lies in the fund may be another's by now.
      if (paymentId === null || !(await isWhereItCame(work, paymentId)))
        fail('ORDER_NOT_TO_REFUND', { found: 'PASSED_UP' })
    }
    const provider = (await accountStore.placesOf(tx, keeper.id))('TRANSIT', 'PROVIDER')
    const balances = await balanceStore.lock(work, [provider, order.accountId])
    const underway = await refundStore.openUnder(tx, keeper.id)
    for (const balance of balances) {
      const left = availableOf(balance) - underway
      if (left < order.amountFen) fail('PROVIDER_HAS_TOO_LITTLE', { found: `${left}`, wanted: `${order.amountFen}` })
    }
    const refund: Refund = {
      ...{ id: work.newId(), countyId: actor.countyId, orgId: order.orgId, orderId, merchantId: order.merchantId },
      ...{ amountFen: order.amountFen, reason: requireReason(reason), state: 'OPENED', openedAt: now, endedAt: null },
      askAt: new Date(now.getTime() + refundAskMs),
    }
    await refundStore
      .insert(tx, refund, actor.accountId)
      .catch(whenTaken(() => fail('ORDER_NOT_TO_REFUND', { found: 'REFUND' })))
    const subject = { subjectType: 'DuesRefund', subjectId: refund.id }
    await recordAudit(work, [{ orgId: order.orgId, action: 'dues-refund.opened', ...subject }])
    return refund.id
  },
  { rights: 'COUNTY', turns: 'ledger' },
)

/** Asks for a refund at the provider, however often: it is done once. @throws ProviderFault */
export async function pursueRefund(provider: PaymentProvider, perform: Perform, id: string, now: Date): Promise<void> {
  const refund = await perform(async ({ tx, actor }) => {
    const held = await refundStore.hold(tx, actor.countyId, id)
    if (held?.askAt) await refundStore.change(tx, id, { askAt: new Date(now.getTime() + refundAskMs) })
    return held?.askAt ? held : null
  })
  if (!refund) return
  const { orderId, amountFen, reason } = refund
  const known = await provider.refundOf(orderNoOf(id))
  const said =
    known ??
    (await provider.refund({
      ...{ refundNo: orderNoOf(id), orderNo: orderNoOf(orderId), amountFen, ofFen: amountFen },
      // The provider takes 80 bytes; the whole reason stands in our books.
      reason: Array.from(reason).slice(0, 26).join(''),
    }))
  await perform(work => learnRefund(work, id, said))
}

/** @throws DomainError see openRefund; ONLINE_PAYMENT_OFF, PROVIDER_UNREACHABLE, PROVIDER_REFUSED */
export async function refundOrder(
  context: Context,
  payments: Payments | null,
  { orderId, reason }: { orderId: string; reason: string },
  key: string | null | undefined,
): Promise<void> {
  if (!payments) return fail('ONLINE_PAYMENT_OFF')
  const id = await context.run(openRefund, { orderId, reason }, key)
  const perform: Perform = run => context.perform(run, { rights: 'COUNTY', turns: 'ledger' })
  await pursueRefund(payments.provider, perform, id, context.now).catch(refuseAs)
}
