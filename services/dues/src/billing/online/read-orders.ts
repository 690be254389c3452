import type { Stretch } from '@linghang/database'
import { count, many, one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { seenOf, seenPlaces } from '../records/seen-of.ts'
import type { Order } from './order.ts'
import { refundStore } from './refund-store.ts'
import { orderStore } from './store.ts'

/** Orders of organisations that the actor sees, and the actor's own. */
export const orderById = one(async (work: Work, ids) => {
  const found = await seenOf(work, await orderStore.byIds(work.tx, work.actor.countyId, ids))
  return new Map(found.map(order => [order.id, order]))
})

/** An order of the actor's own, as it stands now; null where it is somebody else's. */
export async function ownOrder({ tx, actor }: Work, id: string): Promise<Order | null> {
  const [order] = await orderStore.byIds(tx, actor.countyId, [id])
  return order && order.memberId === actor.memberId ? order : null
}

export const ordersOfMember = many(async (work: Work, memberIds, stretch: Stretch) =>
  orderStore.ofMembers(work.tx, memberIds, await seenPlaces(work, 'duesOrder', memberIds), stretch),
)
/** Of orders that the actor sees. */
export const refundOfOrder = one(({ tx }: Work, orderIds) => refundStore.ofOrders(tx, orderIds))
export const orderCountOf = count(async (work: Work, memberIds) =>
  orderStore.countOf(work.tx, memberIds, await seenPlaces(work, 'duesOrder', memberIds)),
)
