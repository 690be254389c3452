import { connection, fromId, ref, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { availableOf } from '../accounts/balance.ts'
import { balanceOf, realAccountById } from '../accounts/read-accounts.ts'
import { holdCountOf, holdsOfAccount } from '../holds/read-holds.ts'
import { journalById } from '../journals/read-journals.ts'
import { entriesOf } from '../journals/resolvers.ts'
import { openFund, setAside } from './open-fund.ts'
import { fundById, fundsBeside } from './read-funds.ts'
import { receiveForFund } from './receive-for-fund.ts'

export const fundResolvers: Resolvers = {
  DuesAccount: { funds: ({ id }, _, context) => context.load(fundsBeside, id) },
  DuesHold: { fund: ({ accountId }, _, context) => context.load(fundById, accountId) },
  DuesFund: {
    id: ({ id }) => toId('DuesFund', id),
    ref: ({ id }) => toId('DuesFund', id),
    organisation: ({ orgId }) => ref('Organisation', orgId),
    real: ({ keeperId }, _, context) => context.load(realAccountById, keeperId),
    balanceFen: async ({ id }, _, context) => (await context.load(balanceOf, id))?.balanceFen ?? 0n,
    heldFen: async ({ id }, _, context) => (await context.load(balanceOf, id))?.heldFen ?? 0n,
    availableFen: async ({ id }, _, context) => {
      const balance = await context.load(balanceOf, id)
      return balance ? availableOf(balance) : 0n
    },
    entries: ({ id }, args, context) => entriesOf('DuesFund', id, args, context),
    holds: ({ id }, args, context) =>
      connection(context, args, {
        of: ['DuesFund.holds', id],
        read: stretch => context.load(holdsOfAccount, id, stretch),
        count: () => context.load(holdCountOf, id),
        place: hold => [`${hold.open}`, hold.id],
      }),
  },
  Mutation: {
    openDuesFund: async (_, { input }, context) => {
      const { organisationId, idempotencyKey, ...rest } = input
      const wanted = { ...rest, orgId: fromId('Organisation', organisationId, 'organisationId') }
      return { fund: await context.load(fundById, await context.run(openFund, wanted, idempotencyKey)) }
    },
    recordDuesFundIncome: async (_, { input }, context) => {
      const { fundId, amountFen, countsOn, idempotencyKey, ...rest } = input
      const wanted = {
        ...{ ...rest, fundId: fromId('DuesFund', fundId, 'fundId') },
        ...{ amountFen: BigInt(amountFen), countsOn: countsOn ?? null },
      }
      return { journal: await context.load(journalById, await context.run(receiveForFund, wanted, idempotencyKey)) }
    },
    setAsideDues: async (_, { input }, context) => {
      const { fundId, amountFen, countsOn, idempotencyKey, ...rest } = input
      const wanted = {
        ...{ ...rest, fundId: fromId('DuesFund', fundId, 'fundId') },
        ...{ amountFen: BigInt(amountFen), countsOn: countsOn ?? null },
      }
      return { journal: await context.load(journalById, await context.run(setAside, wanted, idempotencyKey)) }
    },
  },
}
