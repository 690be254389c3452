import { connection, fromId, ref, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { journalById } from '../../ledger/journals/read-journals.ts'
import type { Context } from '../../work.ts'
import { holderOf } from '../records/holder.ts'
import { cancelPayment } from './cancel-payment.ts'
import { confirmPayments } from './confirm-payments.ts'
import { depositCash } from './deposit-cash.ts'
import {
  paymentById,
  paymentCountOfMember,
  paymentCountOfOrganisation,
  paymentOfJournal,
  paymentsOfMember,
  paymentsOfOrganisation,
  sharesOfPayment,
} from './read-payments.ts'
import { recordPayment } from './record-payment.ts'

const payload = async (context: Context, id: string) => ({ payment: await context.load(paymentById, id) })

export const paymentResolvers: Resolvers = {
  DuesPayment: {
    holder: holderOf,
    id: ({ id }) => toId('DuesPayment', id),
    ref: ({ id }) => toId('DuesPayment', id),
    member: ({ memberId }) => ref('Member', memberId),
    organisation: ({ orgId }) => ref('Organisation', orgId),
    payerMember: ({ payerMemberId }) => (payerMemberId === null ? null : ref('Member', payerMemberId)),
    journal: ({ journalId }, _, context) => (journalId === null ? null : context.load(journalById, journalId)),
    shares: ({ id }, _, context) => context.load(sharesOfPayment, id),
  },
  DuesJournal: { payment: ({ id }, _, context) => context.load(paymentOfJournal, id) },
  DuesRecord: {
    payments: ({ memberId }, args, context) =>
      connection(context, args, {
        of: ['DuesRecord.payments', memberId],
        read: stretch => context.load(paymentsOfMember, memberId, stretch),
        count: () => context.load(paymentCountOfMember, memberId),
        place: ({ id }) => [id],
      }),
  },
  Organisation: {
    duesPayments: ({ uuid }, { state, ...args }, context) => {
      const wanted = state ?? null
      return connection(context, args, {
        of: ['Organisation.duesPayments', uuid, wanted],
        read: stretch => context.load(paymentsOfOrganisation, uuid, wanted, stretch),
        count: () => context.load(paymentCountOfOrganisation, uuid, wanted),
        place: ({ id }) => [id],
      })
    },
  },
  Mutation: {
    recordDuesPayment: async (_, { input }, context) => {
      const { memberId, organisationId, payerMemberId, amountFen, idempotencyKey, ...rest } = input
      const wanted = {
        kind: rest.kind ?? 'DUES',
        ...{ way: rest.way, receivedOn: rest.receivedOn, payer: rest.payer, rest: rest.rest ?? null },
        ...{
          consent: rest.consent ?? null,
          amountFen: BigInt(amountFen),
          memberId: fromId('Member', memberId, 'memberId'),
        },
        orgId: organisationId == null ? null : fromId('Organisation', organisationId, 'organisationId'),
        payerMemberId: payerMemberId == null ? null : fromId('Member', payerMemberId, 'payerMemberId'),
      }
      return payload(context, await context.run(recordPayment, wanted, idempotencyKey))
    },
    confirmDuesPayments: async (_, { input: { paymentIds, idempotencyKey } }, context) => {
      const ids = paymentIds.map(id => fromId('DuesPayment', id, 'paymentIds'))
      const confirmed = await context.run(confirmPayments, { ids }, idempotencyKey)
      const found = await Promise.all(confirmed.map(id => context.load(paymentById, id)))
      return { payments: found.filter(payment => payment !== null) }
    },
    cancelDuesPayment: async (_, { input: { paymentId, reason, idempotencyKey } }, context) => {
      const id = fromId('DuesPayment', paymentId, 'paymentId')
      return payload(context, await context.run(cancelPayment, { id, reason }, idempotencyKey))
    },
    depositDuesCash: async (_, { input: { accountId, amountFen, countsOn, note, idempotencyKey } }, context) => {
      const keeperId = fromId('RealDuesAccount', accountId, 'accountId')
      const wanted = { keeperId, amountFen: BigInt(amountFen), countsOn: countsOn ?? null, note }
      return { journal: await context.load(journalById, await context.run(depositCash, wanted, idempotencyKey)) }
    },
  },
}
