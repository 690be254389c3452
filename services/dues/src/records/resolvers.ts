import { fromId, type ResolverMap, toId } from '@linghang/subgraph'
import type { Context } from '../work.ts'
import type { DuesRecord } from './dues-record.ts'
import { recordOfMember } from './read-records.ts'

export const recordResolvers: ResolverMap = {
  Node: { __resolveType: () => 'DuesRecord' },
  Member: {
    __resolveReference: (reference: { id: string }) => ({ id: reference.id, uuid: fromId('Member', reference.id) }),
    duesRecord: (member: { uuid: string }, _: unknown, context: Context) => context.load(recordOfMember, member.uuid),
  },
  DuesRecord: {
    id: (record: DuesRecord) => toId('DuesRecord', record.memberId),
    ref: (record: DuesRecord) => toId('DuesRecord', record.memberId),
  },
}
