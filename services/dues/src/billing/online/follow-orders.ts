import type { Work } from '../../work.ts'
import { askAfter } from './ask-provider.ts'
import { ProviderFault } from './payment-provider.ts'
import type { Payments } from './payments.ts'
import { pursueRefund } from './refund-order.ts'

const everyMs = 5_000
const atOnce = 50

export type Following = {
  payments: Payments
  /** After which orders to ask by now. */
  toAsk(merchantId: string, now: Date, most: number): Promise<{ id: string; countyId: string }[]>
  /** And after which refunds. */
  refundsToAsk(merchantId: string, now: Date, most: number): Promise<{ id: string; countyId: string }[]>
  performIn<T>(countyId: string, run: (work: Work) => Promise<T>): Promise<T>
  now: () => Date
  log: { warn(fields: object, message: string): void }
}

/** Asks after the orders and refunds whose turn it is: callbacks may never come. */
async function follow({ payments, toAsk, refundsToAsk, performIn, now, log }: Following): Promise<void> {
  const { provider } = payments
  const onceMore = (error: unknown) => {
    if (!(error instanceof ProviderFault)) throw error
    log.warn({ kind: error.kind, code: error.code }, 'the payment provider is asked after an order once more')
  }
  for (const { id, countyId } of await toAsk(provider.merchantId, now(), atOnce))
    await askAfter(payments, run => performIn(countyId, run), id, { now: now() }).catch(onceMore)
  for (const { id, countyId } of await refundsToAsk(provider.merchantId, now(), atOnce))
    await pursueRefund(provider, run => performIn(countyId, run), id, now()).catch(onceMore)
}

/** Follows orders until stopped; several processes may, an order is taken by one of them. */
export function startFollowing(following: Following) {
  let running: Promise<void> | null = null
  const turn = () => {
    running ??= follow(following)
      .catch(error => following.log.warn({ reason: (error as Error).name }, 'orders are followed at the next turn'))
      .finally(() => {
        running = null
      })
  }
  const timer = setInterval(turn, everyMs)
  return {
    async stop(): Promise<void> {
      clearInterval(timer)
      await running
    },
  }
}
