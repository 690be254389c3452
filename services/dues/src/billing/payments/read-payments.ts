import type { Stretch } from '@linghang/database'
import { count, many, one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import type { PaymentState } from './payment.ts'
import { paymentStore } from './store.ts'

/** Payments that the actor sees: those to organisations below, and the actor's own; the database knows which. */
export const paymentById = one(
  async ({ tx, actor }: Work, ids) =>
    new Map((await paymentStore.byIds(tx, actor.countyId, ids)).map(payment => [payment.id, payment])),
)
export const sharesOfPayment = many(({ tx }: Work, ids) => paymentStore.sharesOf(tx, ids))
export const paymentsOfMember = many(({ tx }: Work, memberIds, stretch: Stretch) =>
  paymentStore.ofMembers(tx, memberIds, stretch),
)
export const paymentCountOfMember = count(({ tx }: Work, memberIds) => paymentStore.countOfMembers(tx, memberIds))
export const paymentsOfOrganisation = many(({ tx }: Work, orgIds, state: PaymentState | null, stretch: Stretch) =>
  paymentStore.ofOrganisations(tx, orgIds, state, stretch),
)
export const paymentCountOfOrganisation = count(({ tx }: Work, orgIds, state: PaymentState | null) =>
  paymentStore.countOfOrganisations(tx, orgIds, state),
)
