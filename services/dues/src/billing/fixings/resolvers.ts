import { connection, fromId, ref, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { beginDuesFixing } from './begin-fixing.ts'
import { fixingLineCountOf, fixingLinesOf, fixingOf, fixingsOfMember } from './read-fixings.ts'

export const fixingResolvers: Resolvers = {
  Organisation: { duesFixing: ({ uuid }, { year }, context) => context.load(fixingOf, uuid, year) },
  DuesRecord: { fixings: ({ memberId }, { year }, context) => context.load(fixingsOfMember, memberId, year) },
  DuesFixing: {
    organisation: ({ orgId }) => ref('Organisation', orgId),
    monthlyDueFen: ({ dueFen }) => dueFen,
    lines: ({ orgId, year }, { filter, ...args }, context) => {
      const asked = { year, filter: { states: filter?.states ?? null, whys: filter?.whys ?? null } }
      return connection(context, args, {
        of: ['DuesFixing.lines', orgId, year, asked.filter],
        read: stretch => context.load(fixingLinesOf, orgId, { ...asked, stretch }),
        count: () => context.load(fixingLineCountOf, orgId, asked),
        place: ({ id }) => [id],
      })
    },
  },
  DuesFixingLine: {
    id: ({ id }) => toId('DuesFixingLine', id),
    ref: ({ id }) => toId('DuesFixingLine', id),
    member: ({ memberId }) => ref('Member', memberId),
    organisation: ({ orgId }) => ref('Organisation', orgId),
  },
  Mutation: {
    beginDuesFixing: async (_, { input }, context) => {
      const { organisationId, year, idempotencyKey } = input
      const orgId = fromId('Organisation', organisationId, 'organisationId')
      const proposed = await context.run(beginDuesFixing, { orgId, year }, idempotencyKey)
      return { proposed, fixing: await context.load(fixingOf, orgId, year) }
    },
  },
}
