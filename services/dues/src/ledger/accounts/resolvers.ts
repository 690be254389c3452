import { fromId, ref, refOf, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { availableOf } from './balance.ts'
import { openDuesAccount } from './open-account.ts'
import { balanceOf, duesAccountOf, realAccountById, realAccountOf } from './read-accounts.ts'

export const accountResolvers: Resolvers = {
  Organisation: {
    __resolveReference: refOf('Organisation'),
    duesAccount: ({ uuid }, _, context) => context.load(duesAccountOf, uuid),
    realDuesAccount: ({ uuid }, _, context) => context.load(realAccountOf, uuid),
  },
  RealDuesAccount: {
    id: ({ id }) => toId('RealDuesAccount', id),
    ref: ({ id }) => toId('RealDuesAccount', id),
    organisation: ({ orgId }) => ref('Organisation', orgId),
    lastDigits: ({ bankDigits }) => bankDigits,
    balanceFen: async ({ id }, _, context) => (await context.load(balanceOf, id))?.balanceFen ?? 0n,
  },
  DuesAccount: {
    id: ({ id }) => toId('DuesAccount', id),
    ref: ({ id }) => toId('DuesAccount', id),
    organisation: ({ orgId }) => ref('Organisation', orgId),
    real: ({ keeperId }, _, context) => context.load(realAccountById, keeperId),
    balanceFen: async ({ id }, _, context) => (await context.load(balanceOf, id))?.balanceFen ?? 0n,
    heldFen: async ({ id }, _, context) => (await context.load(balanceOf, id))?.heldFen ?? 0n,
    availableFen: async ({ id }, _, context) => {
      const balance = await context.load(balanceOf, id)
      return balance ? availableOf(balance) : 0n
    },
  },
  Mutation: {
    openDuesAccount: async (_, { input }, context) => {
      const { organisationId, openedOn, idempotencyKey, ...rest } = input
      const wanted = {
        ...rest,
        orgId: fromId('Organisation', organisationId, 'organisationId'),
        openedOn: openedOn ?? null,
      }
      const id = await context.run(openDuesAccount, wanted, idempotencyKey)
      return { account: await context.load(realAccountById, id) }
    },
  },
}
