import { fromId, fromReference, openPage, type PageArgs, type Reference, toId } from '@linghang/subgraph'
import type { Context } from '../context.ts'
import type { Delegation } from './delegation.ts'

type DelegateInput = {
  organisationId: string
  toAccountId: string
  from: string
  until: string
  reason: string
  idempotencyKey?: string | null
}

export const delegationResolvers = {
  Delegation: {
    __resolveReference: (reference: Reference, context: Context) =>
      context.load.delegation(fromReference('Delegation', reference)),
    id: (delegation: Delegation) => toId('Delegation', delegation.id),
    ref: (delegation: Delegation) => toId('Delegation', delegation.id),
    organisation: async ({ orgId }: Delegation, _: unknown, context: Context) =>
      (await context.load.mayEnter(orgId)) ? { id: toId('Organisation', orgId) } : null,
    by: ({ byAccountId }: Delegation) => ({ id: toId('Account', byAccountId) }),
    to: ({ toAccountId }: Delegation) => ({ id: toId('Account', toAccountId) }),
  },
  Organisation: {
    delegations: async (organisation: { id: string }, args: PageArgs, context: Context) => {
      const orgId = fromId('Organisation', organisation.id)
      const { stretch, page } = openPage(context.cursors, ['Organisation.delegations', orgId], args)
      return page(
        await context.rooms.listDelegations(context.actor, orgId, stretch),
        row => [row.id],
        () => context.rooms.countDelegations(context.actor, orgId),
      )
    },
  },
  Mutation: {
    delegateApprovals: async (_: unknown, { input }: { input: DelegateInput }, context: Context) => {
      const { organisationId, toAccountId, idempotencyKey, ...period } = input
      const wanted = {
        ...period,
        orgId: fromId('Organisation', organisationId, 'organisationId'),
        toAccountId: fromId('Account', toAccountId, 'toAccountId'),
      }
      const id = await context.rooms.delegateApprovals(context.actor, wanted, idempotencyKey ?? null)
      return { delegation: await context.load.delegation(id) }
    },
    endDelegation: async (
      _: unknown,
      { input }: { input: { id: string; idempotencyKey?: string | null } },
      context: Context,
    ) => {
      const id = fromId('Delegation', input.id)
      await context.rooms.endDelegation(context.actor, id, input.idempotencyKey ?? null)
      return { delegation: await context.load.delegation(id) }
    },
  },
}
