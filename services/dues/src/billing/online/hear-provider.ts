import type { Work } from '../../work.ts'
import { learnRefund } from './learn-refund.ts'
import { learnTrade } from './learn-trade.ts'
import { idOfOrderNo } from './order.ts'
import { type CallbackHeaders, CallbackRefused, type Refund } from './payment-provider.ts'
import type { Payments } from './payments.ts'

export type Ear = {
  payments: Payments
  /** In which county an order is; null where there is none of this id. */
  countyOf(id: string): Promise<string | null>
  countyOfRefund(id: string): Promise<string | null>
  /** In a transaction of the county itself: nobody's request brings a callback. */
  performIn<T>(countyId: string, run: (work: Work) => Promise<T>): Promise<T>
}

/** TAKEN: the provider need not say it again. UNKNOWN: of an order that is not ours. */
export type Heard = 'TAKEN' | 'UNKNOWN' | CallbackRefused['reason']

/** What the provider tells unasked: believed only under its signature and seal, and done as what was asked is. */
export async function hearProvider(ear: Ear, headers: CallbackHeaders, body: string): Promise<Heard> {
  const callback = readCallback(ear.payments, headers, body)
  if (callback instanceof CallbackRefused) return callback.reason
  if (callback.kind === 'REFUND') return hearRefund(ear, callback.refund)
  if (callback.kind !== 'TRADE') return 'TAKEN'
  const { trade } = callback
  const id = idOfOrderNo(trade.orderNo)
  const countyId = id && (await ear.countyOf(id))
  if (!id || !countyId) return 'UNKNOWN'
  await ear.performIn(countyId, work => learnTrade(work, { id, trade, by: 'TOLD' }))
  return 'TAKEN'
}

async function hearRefund(ear: Ear, refund: Refund): Promise<Heard> {
  const id = idOfOrderNo(refund.refundNo)
  const countyId = id && (await ear.countyOfRefund(id))
  if (!id || !countyId) return 'UNKNOWN'
  await ear.performIn(countyId, work => learnRefund(work, id, refund))
  return 'TAKEN'
}

function readCallback({ provider }: Payments, headers: CallbackHeaders, body: string) {
  try {
    return provider.readCallback(headers, body)
  } catch (error) {
    if (error instanceof CallbackRefused) return error
    throw error
  }
}
