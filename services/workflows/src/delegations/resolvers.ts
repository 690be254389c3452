import { connection, fromId, mayEnter, ref, toId } from '@linghang/subgraph'
import type { Resolvers } from '../generated/schema-types.ts'
import { delegateApprovals } from './delegate-approvals.ts'
import { endDelegation } from './end-delegation.ts'
import { countDelegations, delegationById, listDelegations } from './read-delegations.ts'

export const delegationResolvers: Resolvers = {
  Delegation: {
    id: delegation => toId('Delegation', delegation.id),
    ref: delegation => toId('Delegation', delegation.id),
    organisation: async ({ orgId }, _, context) =>
      (await context.load(mayEnter, orgId)) ? ref('Organisation', orgId) : null,
    by: ({ byAccountId }) => ref('Account', byAccountId),
    to: ({ toAccountId }) => ref('Account', toAccountId),
  },
  Organisation: {
    delegations: ({ uuid }, args, context) =>
      connection(context, args, {
        of: ['Organisation.delegations', uuid],
        read: stretch => context.perform(work => listDelegations(work, uuid, stretch)),
        count: () => context.perform(work => countDelegations(work, uuid)),
        place: row => [row.id],
      }),
  },
  Mutation: {
    delegateApprovals: async (_, { input }, context) => {
      const { organisationId, toAccountId, idempotencyKey, ...period } = input
      const wanted = {
        ...period,
        orgId: fromId('Organisation', organisationId, 'organisationId'),
        toAccountId: fromId('Account', toAccountId, 'toAccountId'),
      }
      const id = await context.run(delegateApprovals, wanted, idempotencyKey)
      return { delegation: await context.load(delegationById, id) }
    },
    endDelegation: async (_, { input }, context) => {
      const id = fromId('Delegation', input.id)
      await context.run(endDelegation, { id }, input.idempotencyKey)
      return { delegation: await context.load(delegationById, id) }
    },
  },
}
