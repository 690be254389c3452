import type { Work } from '../../work.ts'
import { fail } from './errors.ts'
import { closeHere, learnTrade, takeToAsk } from './learn-trade.ts'
import { type Order, type OrderState, orderNoOf } from './order.ts'
import { ProviderFault } from './payment-provider.ts'
import type { Payments } from './payments.ts'

/** Does something in a transaction of its own that sees the whole county. */
export type Perform = <T>(run: (work: Work) => Promise<T>) => Promise<T>

/**
 * Asks the provider after an order that is still open, and does what follows. What is over its time is closed there first
 * and then here, so that nobody pays what we have given up. The provider is asked between two transactions and never in one.
 * @param atOnce also where it is not yet its turn
 * @returns the state that it has now; null where there is nothing to ask
 * @throws ProviderFault
 */
export async function askAfter(
  { provider }: Payments,
  perform: Perform,
  id: string,
  { atOnce = false, now }: { atOnce?: boolean; now: Date },
): Promise<OrderState | null> {
  const order = await perform(work => takeToAsk(work, id, atOnce))
  if (!order) return null
  const trade = await provider.tradeOf(orderNoOf(id))
  const isOver = order.expiresAt <= now
  if (trade && trade.state !== 'UNPAID') return perform(work => learnTrade(work, { id, trade, by: 'ASKED' }))
  return isOver ? giveUp(provider, perform, order) : order.state
}

/** Closes an order at the provider and then here; one that was paid meanwhile is asked after once more. @throws ProviderFault */
export async function giveUp(
  provider: Payments['provider'],
  perform: Perform,
  { id }: Pick<Order, 'id'>,
): Promise<OrderState | null> {
  if ((await provider.closeOrder(orderNoOf(id))) === 'CLOSED') return perform(work => closeHere(work, id))
  const trade = await provider.tradeOf(orderNoOf(id))
  return trade ? perform(work => learnTrade(work, { id, trade, by: 'ASKED' })) : null
}

/** What a payer is told of a provider that does not do it. @throws DomainError; what is no fault of the provider's is thrown on */
export function refuseAs(error: unknown): never {
  if (!(error instanceof ProviderFault)) throw error
  if (error.kind === 'REFUSED') return fail('PROVIDER_REFUSED', { found: error.code })
  return fail('PROVIDER_UNREACHABLE')
}
