import { fromId, ref, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { holderById } from './read-holders.ts'

export const holderResolvers: Resolvers = {
  DuesHolder: {
    __resolveReference: ({ id }, context) => context.load(holderById, fromId('DuesHolder', id)),
    id: ({ id }) => toId('DuesHolder', id),
    organisation: ({ orgId }) => ref('Organisation', orgId),
  },
}
