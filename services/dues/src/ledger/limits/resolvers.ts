import { fromId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { duesAccountById } from '../accounts/read-accounts.ts'
import { limitsOf } from './read-limits.ts'
import { setLimit } from './set-limit.ts'

export const limitResolvers: Resolvers = {
  DuesAccount: { limits: ({ id }, _, context) => context.load(limitsOf, id) },
  Mutation: {
    setDuesLimit: async (_, { input }, context) => {
      const { accountId, limitFen, effectiveFrom, idempotencyKey, ...rest } = input
      const wanted = {
        ...{ ...rest, accountId: fromId('DuesAccount', accountId, 'accountId'), effectiveFrom: effectiveFrom ?? null },
        limitFen: limitFen == null ? null : BigInt(limitFen),
      }
      const id = await context.run(setLimit, wanted, idempotencyKey)
      return { account: await context.load(duesAccountById, id) }
    },
  },
}
