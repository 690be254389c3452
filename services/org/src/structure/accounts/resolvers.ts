import { fromId, optionalId, ref, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { confirmAccount } from './confirm-account.ts'
import { linkAccount } from './link-account.ts'
import { accountById } from './read-accounts.ts'

export const accountResolvers: Resolvers = {
  Account: {
    id: account => toId('Account', account.id),
    confirmed: account => account.confirmedAt !== null,
    member: account => ref('Member', account.memberId),
  },
  Mutation: {
    linkAccount: async (_, { input }, context) => {
      const { organisationId, memberId, idempotencyKey, ...rest } = input
      const link = {
        ...rest,
        orgId: fromId('Organisation', organisationId, 'organisationId'),
        memberId: optionalId('Member', memberId, 'memberId'),
      }
      return { account: await context.load(accountById, await context.run(linkAccount, link, idempotencyKey)) }
    },
    confirmAccount: async (_, { input }, context) => {
      const accountId = fromId('Account', input.accountId, 'accountId')
      const id = await context.run(confirmAccount, { accountId }, input.idempotencyKey)
      return { account: await context.load(accountById, id) }
    },
  },
}
