import type { Work } from '../../work.ts'
import { standingStore } from '../bills/standing-store.ts'
import type { Payment } from './payment.ts'
import { paymentStore } from './store.ts'

/**
 * Payments, held until the transaction ends: the bills of their members first, in the order in which the night takes them,
 * then the payments themselves, so that whoever meets waits and nobody waits in a circle. Before any account is held.
 */
export async function holdPayments({ tx, actor }: Work, ids: readonly string[]): Promise<Payment[]> {
  const found = await paymentStore.byIds(tx, actor.countyId, ids)
  await standingStore.hold(tx, [...new Set(found.map(({ memberId }) => memberId))])
  return paymentStore.hold(tx, actor.countyId, ids)
}
