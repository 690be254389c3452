import type { Stretch } from '@linghang/database'
import { count, many, one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { seenOf, seenPlaces } from '../records/seen-of.ts'
import type { PaymentState } from './payment.ts'
import { paymentStore } from './store.ts'

/** Payments that the actor sees: those to organisations below, and the actor's own; row-level security asks again. */
const paymentBy = (key: 'id' | 'journalId') =>
  one(async (work: Work, ids) => {
    const found = await seenOf(work, await paymentStore.byIds(work.tx, work.actor.countyId, ids, key))
    return new Map(found.flatMap(payment => (payment[key] === null ? [] : [[payment[key], payment] as const])))
  })
export const paymentById = paymentBy('id')
/** What each journal booked. */
export const paymentOfJournal = paymentBy('journalId')
export const sharesOfPayment = many(({ tx }: Work, ids) => paymentStore.sharesOf(tx, ids))
export const paymentsOfMember = many(async (work: Work, memberIds, stretch: Stretch) =>
  paymentStore.ofMembers(work.tx, memberIds, await seenPlaces(work, 'duesPayment', memberIds), stretch),
)
export const paymentCountOfMember = count(async (work: Work, memberIds) =>
  paymentStore.countOfMembers(work.tx, memberIds, await seenPlaces(work, 'duesPayment', memberIds)),
)
type State = PaymentState | null
export const paymentsOfOrganisation = many(async ({ tx, supervision }: Work, orgIds, state: State, stretch: Stretch) =>
  paymentStore.ofOrganisations(tx, [...(await supervision.seen(orgIds))], state, stretch),
)
export const paymentCountOfOrganisation = count(async ({ tx, supervision }: Work, orgIds, state: State) =>
  paymentStore.countOfOrganisations(tx, [...(await supervision.seen(orgIds))], state),
)
