import type { Stretch } from '@linghang/database'
import { count, many, one } from '@linghang/subgraph'
import { seenOf, seenPlaces } from '../../billing/records/seen-of.ts'
import type { Work } from '../../work.ts'
import { receiptStore } from './store.ts'

export const receiptById = one(async (work: Work, ids) => {
  const found = await receiptStore.byIds(work.tx, work.actor.countyId, ids)
  return new Map((await seenOf(work, found)).map(receipt => [receipt.id, receipt]))
})
export const receiptOfPayment = one(({ tx }: Work, paymentIds) => receiptStore.ofPayments(tx, paymentIds))
export const linesOfReceipt = many(({ tx }: Work, ids) => receiptStore.linesOf(tx, ids))
export const receiptsOfMember = many(async (work: Work, memberIds, stretch: Stretch) =>
  receiptStore.ofMembers(work.tx, memberIds, await seenPlaces(work, 'duesReceipt', memberIds), stretch),
)
export const receiptCountOfMember = count(async (work: Work, memberIds) =>
  receiptStore.countOfMembers(work.tx, memberIds, await seenPlaces(work, 'duesReceipt', memberIds)),
)
