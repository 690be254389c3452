import { unlessItMoves } from '@linghang/access'
import { accountStore } from '../../ledger/accounts/store.ts'
import type { Work } from '../../work.ts'
import { askAfter } from '../online/ask-provider.ts'
import { idOfOrderNo } from '../online/order.ts'
import type { TradeBill } from '../online/payment-provider.ts'
import type { Payments } from '../online/payments.ts'
import { boundsOf, reconcileDay } from './reconcile-day.ts'

export type Reconciling = {
  payments: Payments
  performIn<T>(countyId: string, run: (work: Work) => Promise<T>): Promise<T>
  /** `county/keeper` of orders by their ids, of these and of what was paid within a time. */
  homesOf(merchantId: string, ids: readonly string[], from: Date, before: Date): Promise<{ id: string; home: string }[]>
  now: () => Date
  log: { info(fields: object, message: string): void; warn(fields: object, message: string): void }
}

const homePattern = /^[0-9a-f-]{36}\/[0-9a-f-]{36}$/

/** The bill of a day; of a day without trades an empty one. @throws ProviderFault */
export const billOf = async ({ provider }: Payments, day: string): Promise<TradeBill> =>
  (await provider.tradeBill(day)) ?? { day, rows: [] }

/**
 * Reconciles a day of all committees: orders that the bill says are paid are asked after first, since a callback may be
 * lost; what cannot be given to any committee is told in the log.
 * @param heard is told after each step how many there were
 * @throws ProviderFault
 */
export async function reconcileAll(
  at: Reconciling,
  day: string,
  heard: (steps: number) => void = () => undefined,
): Promise<{ committees: number; newMismatches: number }> {
  let steps = 0
  const step = () => {
    steps += 1
    heard(steps)
  }
  const bill = await billOf(at.payments, day)
  step()
  const { from, before } = boundsOf(day)
  const named = bill.rows.flatMap(({ orderNo }) => idOfOrderNo(orderNo) ?? [])
  const homes = await at.homesOf(at.payments.provider.merchantId, named, from, before)
  const known = new Map(homes.map(({ id, home }) => [id, home]))
  for (const id of new Set(named)) {
    const countyId = known.get(id)?.split('/')[0]
    if (countyId)
      await unlessItMoves(
        askAfter(at.payments, run => at.performIn(countyId, run), id, { atOnce: true, now: at.now() }),
      )
    step()
  }
  const attached = bill.rows.filter(
    ({ orderNo, attach }) => !known.has(idOfOrderNo(orderNo) ?? '') && homePattern.test(attach),
  )
  const strangers = bill.rows.filter(
    ({ orderNo, attach }) => !known.has(idOfOrderNo(orderNo) ?? '') && !homePattern.test(attach),
  )
  if (strangers.length > 0)
    at.log.warn({ day, rows: strangers.length }, 'the bill of the payment provider has trades that are nobody’s here')
  let [committees, newMismatches] = [0, 0]
  for (const home of new Set([...known.values(), ...attached.map(({ attach }) => attach)])) {
    const [countyId = '', keeperId = ''] = home.split('/')
    const done = await unlessItMoves(
      at.performIn(countyId, async work => {
        const [keeper] = await accountStore.realByIds(work.tx, countyId, [keeperId])
        return keeper ? reconcileDay(work, keeper, at.payments.provider.merchantId, bill) : null
      }),
    )
    step()
    committees += done ? 1 : 0
    newMismatches += done?.newMismatches ?? 0
  }
  at.log.info({ day, committees, newMismatches }, 'a day was reconciled with the payment provider')
  return { committees, newMismatches }
}
