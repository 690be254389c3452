import { connection, fromId, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { realAccountById } from '../../ledger/accounts/read-accounts.ts'
import { journalById } from '../../ledger/journals/read-journals.ts'
import { idOfOrderNo } from '../online/order.ts'
import type { Payments } from '../online/payments.ts'
import { orderById } from '../online/read-orders.ts'
import { feeFenOf, netFenOf } from './compare-day.ts'
import {
  mismatchById,
  mismatchCountOf,
  mismatchesOf,
  settlementById,
  settlementCountOf,
  settlementOfJournal,
  settlementsOf,
} from './read-reconciliation.ts'
import { confirmSettlement, reconcileAgain, resolveMismatch } from './work-off.ts'

export const reconciliationResolvers = (payments: Payments | null): Resolvers => ({
  RealDuesAccount: {
    settlements: ({ id }, args, context) =>
      connection(context, args, {
        of: ['RealDuesAccount.settlements', id],
        read: stretch => context.load(settlementsOf, id, stretch),
        count: () => context.load(settlementCountOf, id),
        place: ({ day }) => [day],
      }),
    mismatches: ({ id }, { openOnly, ...args }, context) =>
      connection(context, args, {
        of: ['RealDuesAccount.mismatches', id, openOnly ?? true],
        read: stretch => context.load(mismatchesOf, id, stretch, openOnly ?? true),
        count: () => context.load(mismatchCountOf, id, openOnly ?? true),
        place: ({ id: place }) => [place],
      }),
  },
  DuesJournal: { settlement: ({ id }, _, context) => context.load(settlementOfJournal, id) },
  DuesSettlement: {
    id: ({ id }) => toId('DuesSettlement', id),
    ref: ({ id }) => toId('DuesSettlement', id),
    feeFen: ({ feeMilliFen }) => feeFenOf(feeMilliFen),
    netFen: settlement => netFenOf(settlement),
    journal: ({ journalId }, _, context) => (journalId === null ? null : context.load(journalById, journalId)),
  },
  DuesMismatch: {
    id: ({ id }) => toId('DuesMismatch', id),
    ref: ({ id }) => toId('DuesMismatch', id),
    account: ({ keeperId }, _, context) => context.load(realAccountById, keeperId),
    order: ({ about }, _, context) => {
      const orderId = idOfOrderNo(about)
      return orderId === null ? null : context.load(orderById, orderId)
    },
  },
  Mutation: {
    reconcileDuesDay: async (_, { input }, context) => {
      const keeperId = fromId('RealDuesAccount', input.accountId, 'accountId')
      await reconcileAgain(context, payments, { keeperId, day: input.day })
      return { account: await context.load(realAccountById, keeperId) }
    },
    resolveDuesMismatch: async (_, { input }, context) => {
      const { mismatchId, resolution, idempotencyKey } = input
      const wanted = { id: fromId('DuesMismatch', mismatchId, 'mismatchId'), resolution }
      return { mismatch: await context.load(mismatchById, await context.run(resolveMismatch, wanted, idempotencyKey)) }
    },
    confirmDuesSettlement: async (_, { input }, context) => {
      const { settlementId, amountFen, idempotencyKey, ...rest } = input
      const id = fromId('DuesSettlement', settlementId, 'settlementId')
      const posted = await context.run(confirmSettlement, { ...rest, id, amountFen: BigInt(amountFen) }, idempotencyKey)
      return { posted, settlement: await context.load(settlementById, id) }
    },
  },
})
