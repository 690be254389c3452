import type { Context } from '../../work.ts'
import type { PaymentKind } from '../payments/payment.ts'
import { askAfter, giveUp, type Perform, refuseAs } from './ask-provider.ts'
import { fail } from './errors.ts'
import { noteOpened, openOrderThrough } from './open-order.ts'
import { attachOf, isOpen, type Order, orderNoOf } from './order.ts'
import type { PayPage } from './payment-provider.ts'
import type { Payments } from './payments.ts'
import { ownOrder } from './read-orders.ts'

export type Paying = { amountFen: bigint | null; kind: PaymentKind; openId: string | null }

const countyWide =
  (context: Context): Perform =>
  run =>
    context.perform(run, { rights: 'COUNTY' })

/** @throws DomainError NOT_FOUND for an order of somebody else */
async function requireOwn(context: Context, id: string): Promise<Order> {
  // Not by a load, which would be remembered for the answer: what follows changes it.
  const order = await context.perform(work => ownOrder(work, id))
  return order ?? fail('NOT_FOUND', { what: `DuesOrder:${id}` })
}

/**
 * Opens an order here, then at the provider, then notes that it is open there; cut off anywhere, the same request goes on.
 * @returns the order's id, and what a page inside the provider's app goes on with
 * @throws DomainError see openOrder; PROVIDER_UNREACHABLE, PROVIDER_REFUSED
 */
export async function payOnline(
  context: Context,
  payments: Payments | null,
  { amountFen, kind, openId }: Paying,
  key: string | null | undefined,
): Promise<{ id: string; page: PayPage | null }> {
  if (openId !== null && !/^[\w-]{1,128}$/.test(openId))
    fail('BAD_INPUT', {
      field: 'openId',
      found: openId,
      wanted: '1 to 128 letters and digits',
      wantedZh: '1 至 128 位字母数字',
    })
  if (!payments) return fail('ONLINE_PAYMENT_OFF')
  const id = await context.run(openOrderThrough(payments), { amountFen, kind }, key)
  const order = await requireOwn(context, id)
  if (!isOpen(order) || (order.codeUrl !== null && openId === null)) return { id, page: null }
  const opened = await payments.provider
    .openOrder({
      ...{
        orderNo: orderNoOf(id),
        amountFen: order.amountFen,
        description: order.kind === 'LARGE' ? '大额党费' : '党费',
        attach: attachOf(order),
      },
      ...{ expiresAt: order.expiresAt, openId },
    })
    .catch(refuseAs)
  await context.run(noteOpened, { id, codeUrl: opened.codeUrl }, null)
  return { id, page: opened.page }
}

/** Asks the provider whether an own order was paid, without waiting to be told. @throws DomainError NOT_FOUND, PROVIDER_… */
export async function checkOrder(context: Context, payments: Payments | null, id: string): Promise<void> {
  const order = await requireOwn(context, id)
  if (!isOpen(order)) return
  if (!payments) return fail('ONLINE_PAYMENT_OFF')
  await askAfter(payments, countyWide(context), id, { atOnce: true, now: context.now }).catch(refuseAs)
}

/** Gives an own order up. @throws DomainError NOT_FOUND, ORDER_PAID_ALREADY, PROVIDER_… */
export async function cancelOrder(context: Context, payments: Payments | null, id: string): Promise<void> {
  const order = await requireOwn(context, id)
  if (order.state === 'CLOSED') return
  if (!isOpen(order)) return fail('ORDER_PAID_ALREADY')
  if (!payments) return fail('ONLINE_PAYMENT_OFF')
  const state = await giveUp(payments.provider, countyWide(context), order).catch(refuseAs)
  if (state !== 'CLOSED') fail('ORDER_PAID_ALREADY')
}
