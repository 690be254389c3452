import type { Stretch } from '@linghang/database'
import { count, many, one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import type { LargeState } from '../payments/large-due.ts'
import { largeStore } from '../payments/large-store.ts'
import { seenOf } from '../records/seen-of.ts'

type State = LargeState | null

/** Large dues of payments that the actor sees. */
export const largeOfPayment = one(async (work: Work, paymentIds) => {
  const found = await largeStore.byPayments(work.tx, work.actor.countyId, paymentIds)
  return new Map((await seenOf(work, found)).map(due => [due.paymentId, due]))
})
export const stepsOfLarge = many(({ tx }: Work, paymentIds) => largeStore.stepsOf(tx, paymentIds))
/** Those of organisations that the actor sees: given by their members, with them, or on their way to them. */
export const largeOfOrganisation = many(async ({ tx, supervision }: Work, orgIds, state: State, stretch: Stretch) =>
  largeStore.ofOrganisations(tx, [...(await supervision.seen(orgIds))], state, stretch),
)
export const largeCountOfOrganisation = count(async ({ tx, supervision }: Work, orgIds, state: State) =>
  largeStore.countOf(tx, [...(await supervision.seen(orgIds))], state),
)
