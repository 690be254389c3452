import { connection, fromId, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { paymentById } from '../payments/read-payments.ts'
import { settlementById } from '../reconciliation/read-reconciliation.ts'
import { confirmBankLine, rejectBankLine } from './end-line.ts'
import { bankLineById, bankLineCountOf, bankLinesOf } from './read-lines.ts'

export const bankResolvers: Resolvers = {
  RealDuesAccount: {
    bankLines: ({ id }, { openOnly, ...args }, context) =>
      connection(context, args, {
        of: ['RealDuesAccount.bankLines', id, openOnly ?? true],
        read: stretch => context.load(bankLinesOf, id, stretch, openOnly ?? true),
        count: () => context.load(bankLineCountOf, id, openOnly ?? true),
        place: ({ bookedOn, id: place }) => [bookedOn, place],
      }),
  },
  DuesBankLine: {
    id: ({ id }) => toId('DuesBankLine', id),
    ref: ({ id }) => toId('DuesBankLine', id),
    settlement: ({ proposedAs, proposedId }, _, context) =>
      proposedAs === 'SETTLEMENT' && proposedId ? context.load(settlementById, proposedId) : null,
    payment: ({ proposedAs, proposedId }, _, context) =>
      proposedAs === 'PAYMENT' && proposedId ? context.load(paymentById, proposedId) : null,
  },
  Mutation: {
    confirmBankLine: async (_, { input }, context) => {
      const { lineId, as, settlementId, paymentId, idempotencyKey } = input
      const thingId = settlementId
        ? fromId('DuesSettlement', settlementId, 'settlementId')
        : paymentId
          ? fromId('DuesPayment', paymentId, 'paymentId')
          : null
      const wanted = { id: fromId('DuesBankLine', lineId, 'lineId'), as: as ?? null, thingId }
      return { line: await context.load(bankLineById, await context.run(confirmBankLine, wanted, idempotencyKey)) }
    },
    rejectBankLine: async (_, { input }, context) => {
      const { lineId, reason, idempotencyKey } = input
      const wanted = { id: fromId('DuesBankLine', lineId, 'lineId'), reason }
      return { line: await context.load(bankLineById, await context.run(rejectBankLine, wanted, idempotencyKey)) }
    },
  },
}
