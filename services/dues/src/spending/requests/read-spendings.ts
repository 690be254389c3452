import type { Stretch } from '@linghang/database'
import { count, many, one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { bookingStore } from './booking-store.ts'
import { paperStore } from './paper-store.ts'
import { refusalStore } from './refusal-store.ts'
import { type SpendingFilter, spendingStore } from './store.ts'
import { voucherStore } from './voucher-store.ts'

const refusalsShown = 100

/** Requests of organisations whose books the actor sees. */
async function readSpendings({ tx, actor, supervision, today }: Work, ids: readonly string[]) {
  const found = await spendingStore.byIds(tx, actor.countyId, ids, today)
  const seen = await supervision.seen([...new Set(found.map(({ orgId }) => orgId))])
  return new Map(found.flatMap(spending => (seen.has(spending.orgId) ? [[spending.id, spending] as const] : [])))
}
export const spendingById = one(readSpendings)
/** Of which request each journal booked something, taken back since or not. */
export const spendingOfJournal = one(async (work: Work, journalIds) => {
  const booked = await bookingStore.spendingsOf(work.tx, work.actor.countyId, journalIds)
  const found = await readSpendings(work, [...new Set(booked.values())])
  return new Map(
    [...booked].flatMap(([journalId, id]) => {
      const spending = found.get(id)
      return spending ? [[journalId, spending] as const] : []
    }),
  )
})
/** What shows that it was spent; of a request that the actor sees. */
export const vouchersOf = many(async ({ tx, actor }: Work, ids) =>
  Map.groupBy(await voucherStore.ofSpendings(tx, actor.countyId, ids), ({ spendingId }) => spendingId),
)
/** The paper of vouchers of requests that the actor sees. */
export const paperOf = one(({ tx, actor }: Work, voucherIds) => paperStore.ofVouchers(tx, actor.countyId, voucherIds))
/** What the payee has given back of requests that the actor sees, in fen. */
export const refundedOf = one(({ tx, actor }: Work, ids) => bookingStore.refundedOf(tx, actor.countyId, ids))
/** By which limits it was refused, the newest first; of a request that the actor sees. */
export const limitRefusalsOf = many(async ({ tx }: Work, ids) => {
  const found = await refusalStore.ofSpendings(tx, ids)
  return new Map([...found].map(([id, refusals]) => [id, refusals.slice(0, refusalsShown)]))
})
/** What has been done with a request that the actor sees. */
export const stepsOf = many(({ tx }: Work, ids) => spendingStore.stepsOf(tx, ids))

export const spendingsOf = many(
  async ({ tx, supervision, today }: Work, orgIds, filter: SpendingFilter, stretch: Stretch) =>
    spendingStore.listIn(tx, [...(await supervision.seen(orgIds))], { filter, stretch, today }),
)
export const spendingCountOf = count(async ({ tx, supervision, today }: Work, orgIds, filter: SpendingFilter) =>
  spendingStore.countIn(tx, [...(await supervision.seen(orgIds))], filter, today),
)
