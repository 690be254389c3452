import type { Work } from '../../work.ts'
import { askAfter } from './ask-provider.ts'
import { ProviderFault } from './payment-provider.ts'
import type { Payments } from './payments.ts'

const everyMs = 5_000
const atOnce = 50

export type Following = {
  payments: Payments
  /** After which orders to ask by now. */
  toAsk(merchantId: string, now: Date, most: number): Promise<{ id: string; countyId: string }[]>
  performIn<T>(countyId: string, run: (work: Work) => Promise<T>): Promise<T>
  now: () => Date
  log: { warn(fields: object, message: string): void }
}

/** Asks after the orders whose turn it is: callbacks may never come. @returns how many */
async function follow({ payments, toAsk, performIn, now, log }: Following): Promise<number> {
  const orders = await toAsk(payments.provider.merchantId, now(), atOnce)
  for (const { id, countyId } of orders) {
    await askAfter(payments, run => performIn(countyId, run), id, { now: now() }).catch(error => {
      if (!(error instanceof ProviderFault)) throw error
      log.warn({ kind: error.kind, code: error.code }, 'the payment provider is asked after an order once more')
    })
  }
  return orders.length
}

/** Follows orders until stopped; several processes may, an order is taken by one of them. */
export function startFollowing(following: Following) {
  let running: Promise<void> | null = null
  const turn = () => {
    running ??= follow(following)
      .then(
        () => undefined,
        error => following.log.warn({ reason: (error as Error).name }, 'orders are followed at the next turn'),
      )
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
