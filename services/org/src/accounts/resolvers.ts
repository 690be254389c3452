import { fromId, optionalId, type ResolverMap, toId } from '@linghang/subgraph'
import type { Context } from '../work.ts'
import type { Account, AccountKind } from './account.ts'
import { confirmAccount } from './confirm-account.ts'
import { linkAccount } from './link-account.ts'
import { accountById } from './read-accounts.ts'

type Input<T> = { input: T & { idempotencyKey?: string | null } }
type LinkAccountInput = {
  organisationId: string
  kind: AccountKind
  issuer: string
  subject: string
  memberId?: string
}

export const accountResolvers: ResolverMap = {
  Account: {
    id: (account: Account) => toId('Account', account.id),
    confirmed: (account: Account) => account.confirmedAt !== null,
    member: (account: Account) => account.memberId && { id: toId('Member', account.memberId) },
  },
  Mutation: {
    linkAccount: async (_: unknown, { input }: Input<LinkAccountInput>, context: Context) => {
      const { organisationId, memberId, idempotencyKey, ...rest } = input
      const link = {
        ...rest,
        orgId: fromId('Organisation', organisationId, 'organisationId'),
        memberId: optionalId('Member', memberId, 'memberId'),
      }
      return { account: await context.load(accountById, await context.run(linkAccount, link, idempotencyKey)) }
    },
    confirmAccount: async (_: unknown, { input }: Input<{ accountId: string }>, context: Context) => {
      const accountId = fromId('Account', input.accountId, 'accountId')
      const id = await context.run(confirmAccount, { accountId }, input.idempotencyKey)
      return { account: await context.load(accountById, id) }
    },
  },
}
