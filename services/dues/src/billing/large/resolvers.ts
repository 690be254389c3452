import { largeDues } from '@linghang/rulebook'
import { connection, fromId, ref } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { journalById } from '../../ledger/journals/read-journals.ts'
import type { Context } from '../../work.ts'
import { paymentById } from '../payments/read-payments.ts'
import { handOverLarge } from './hand-over.ts'
import { passLargeUp, receiveLarge } from './pass-large.ts'
import { largeCountOfOrganisation, largeOfOrganisation, largeOfPayment, stepsOfLarge } from './read-large.ts'
import { takeBackLargeStep } from './take-back.ts'

const paymentIdOf = (id: string) => fromId('DuesPayment', id, 'paymentId')
const payload = async (context: Context, id: string) => ({ payment: await context.load(paymentById, id) })
const placeOf = (orgId: string | null) => (orgId === null ? null : ref('Organisation', orgId))

export const largeResolvers: Resolvers = {
  DuesPayment: { large: ({ id, kind }, _, context) => (kind === 'LARGE' ? context.load(largeOfPayment, id) : null) },
  Organisation: {
    largeDues: ({ uuid }, { state, ...args }, context) => {
      const wanted = state ?? null
      return connection(context, args, {
        of: ['Organisation.largeDues', uuid, wanted],
        read: stretch => context.load(largeOfOrganisation, uuid, wanted, stretch),
        count: () => context.load(largeCountOfOrganisation, uuid, wanted),
        place: ({ paymentId }) => [paymentId],
      })
    },
  },
  DuesLargeDue: {
    payment: ({ paymentId }, _, context) => context.load(paymentById, paymentId),
    member: ({ memberId }) => ref('Member', memberId),
    organisation: ({ orgId }) => ref('Organisation', orgId),
    holder: ({ holderOrgId }) => ref('Organisation', holderOrgId),
    next: ({ nextOrgId }) => placeOf(nextOrgId),
    centreReceiptNumber: ({ centreReceipt }) => centreReceipt,
    citation: () => largeDues.citation,
    steps: ({ paymentId }, _, context) => context.load(stepsOfLarge, paymentId),
  },
  DuesLargeStep: {
    organisation: ({ atOrgId }) => ref('Organisation', atOrgId),
    journal: ({ journalId }, _, context) => (journalId === null ? null : context.load(journalById, journalId)),
  },
  Mutation: {
    passLargeDuesUp: async (_, { input: { paymentId, countsOn, note, idempotencyKey } }, context) => {
      const wanted = { paymentId: paymentIdOf(paymentId), countsOn: countsOn ?? null, note }
      return payload(context, await context.run(passLargeUp, wanted, idempotencyKey))
    },
    receiveLargeDues: async (_, { input: { paymentId, countsOn, note, idempotencyKey } }, context) => {
      const wanted = { paymentId: paymentIdOf(paymentId), countsOn: countsOn ?? null, note }
      return payload(context, await context.run(receiveLarge, wanted, idempotencyKey))
    },
    handOverLargeDues: async (_, { input: { paymentId, number, givenOn, idempotencyKey } }, context) => {
      const wanted = { paymentId: paymentIdOf(paymentId), number, givenOn }
      return payload(context, await context.run(handOverLarge, wanted, idempotencyKey))
    },
    takeBackLargeDuesStep: async (_, { input: { paymentId, reason, idempotencyKey } }, context) => {
      const wanted = { paymentId: paymentIdOf(paymentId), reason }
      return payload(context, await context.run(takeBackLargeStep, wanted, idempotencyKey))
    },
  },
}
