import { refOf, toId } from '@linghang/subgraph'
import type { Resolvers } from '../generated/schema-types.ts'
import { recordOfMember } from './read-records.ts'

export const recordResolvers: Resolvers = {
  Member: {
    __resolveReference: refOf('Member'),
    duesRecord: ({ uuid }, _, context) => context.load(recordOfMember, uuid),
  },
  DuesRecord: {
    id: ({ memberId }) => toId('DuesRecord', memberId),
    ref: ({ memberId }) => toId('DuesRecord', memberId),
  },
}
