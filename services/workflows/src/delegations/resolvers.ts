import { fromId, type PageArgs, pageSize, toId, toPage } from '@linghang/subgraph'
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
    __resolveReference: (reference: { id: string }, context: Context) =>
      context.load.delegation(fromId('Delegation', reference.id)),
    id: (delegation: Delegation) => toId('Delegation', delegation.id),
    organisation: async ({ orgId }: Delegation, _: unknown, context: Context) =>
      (await context.load.mayEnter(orgId)) ? { id: toId('Organisation', orgId) } : null,
    by: ({ byAccountId }: Delegation) => ({ id: toId('Account', byAccountId) }),
    to: ({ toAccountId }: Delegation) => ({ id: toId('Account', toAccountId) }),
  },
  Organisation: {
    delegations: async (organisation: { id: string }, args: PageArgs, context: Context) => {
      const orgId = fromId('Organisation', organisation.id)
      const size = pageSize(args)
      const after = args.after ? (context.cursors.decode(args.after)[0] ?? null) : null
      const rows = await context.rooms.listDelegations(context.actor, orgId, size, after)
      const total = () => context.rooms.countDelegations(context.actor, orgId)
      return toPage(rows, size, context.cursors, row => [row.id], total)
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
