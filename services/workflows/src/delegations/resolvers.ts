import { fromId, openPage, type PageArgs, type ResolverMap, toId } from '@linghang/subgraph'
import { mayEnter } from '../offices/read-offices.ts'
import type { Context } from '../work.ts'
import { delegateApprovals } from './delegate-approvals.ts'
import type { Delegation } from './delegation.ts'
import { endDelegation } from './end-delegation.ts'
import { countDelegations, delegationById, listDelegations } from './read-delegations.ts'

type DelegateInput = {
  organisationId: string
  toAccountId: string
  from: string
  until: string
  reason: string
  idempotencyKey?: string | null
}

export const delegationResolvers: ResolverMap = {
  Delegation: {
    id: (delegation: Delegation) => toId('Delegation', delegation.id),
    ref: (delegation: Delegation) => toId('Delegation', delegation.id),
    organisation: async ({ orgId }: Delegation, _: unknown, context: Context) =>
      (await context.load(mayEnter, orgId)) ? { id: toId('Organisation', orgId) } : null,
    by: ({ byAccountId }: Delegation) => ({ id: toId('Account', byAccountId) }),
    to: ({ toAccountId }: Delegation) => ({ id: toId('Account', toAccountId) }),
  },
  Organisation: {
    delegations: async (organisation: { id: string }, args: PageArgs, context: Context) => {
      const orgId = fromId('Organisation', organisation.id)
      const { stretch, page } = openPage(context.cursors, ['Organisation.delegations', orgId], args)
      return page(
        await context.perform(work => listDelegations(work, orgId, stretch)),
        row => [row.id],
        () => context.perform(work => countDelegations(work, orgId)),
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
      const id = await context.run(delegateApprovals, wanted, idempotencyKey)
      return { delegation: await context.load(delegationById, id) }
    },
    endDelegation: async (
      _: unknown,
      { input }: { input: { id: string; idempotencyKey?: string | null } },
      context: Context,
    ) => {
      const id = fromId('Delegation', input.id)
      await context.run(endDelegation, { id }, input.idempotencyKey)
      return { delegation: await context.load(delegationById, id) }
    },
  },
}
