import { connection, fromId, ref, requireFirst, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import type { Context } from '../../work.ts'
import { answerNaming } from './answer-naming.ts'
import { askNotToBeNamed, withdrawNaming } from './ask-not-to-be-named.ts'
import { againFrom, hides, isOverdue } from './naming.ts'
import { countNaming, namingById, namingPage, ownNaming } from './read-naming.ts'

const payload = async (context: Context, id: string) => ({ request: await context.load(namingById, id) })

export const namingResolvers: Resolvers = {
  NamingRequest: {
    id: ({ id }) => toId('NamingRequest', id),
    ref: ({ id }) => toId('NamingRequest', id),
    member: ({ memberId }) => ref('Member', memberId),
    named: request => !hides(request),
    overdue: (request, _, { today }) => isOverdue(request, today),
    againFrom,
  },
  Query: {
    myNamingRequests: (_, { first }, context) => {
      const most = requireFirst(first)
      return context.perform(work => ownNaming(work, most))
    },
    namingRequests: (_, { state, ...args }, context) => {
      const asked = state ?? null
      return connection(context, args, {
        of: ['Query.namingRequests', asked],
        read: stretch => context.perform(work => namingPage(work, asked, stretch)),
        count: () => context.perform(work => countNaming(work, asked)),
        place: ({ answerBy, id }) => [answerBy, id],
      })
    },
  },
  Mutation: {
    askNotToBeNamed: async (_, { input: { reason, idempotencyKey } }, context) =>
      payload(context, await context.run(askNotToBeNamed, { reason: reason ?? null }, idempotencyKey)),
    withdrawNaming: async (_, { input: { id, idempotencyKey } }, context) =>
      payload(context, await context.run(withdrawNaming, { id: fromId('NamingRequest', id) }, idempotencyKey)),
    answerNaming: async (_, { input: { id, outcome, reason, idempotencyKey } }, context) => {
      const wanted = { id: fromId('NamingRequest', id), outcome, reason: reason ?? null }
      return payload(context, await context.run(answerNaming, wanted, idempotencyKey))
    },
  },
}
