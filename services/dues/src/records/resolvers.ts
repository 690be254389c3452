import { DataLoader, fromId, fromReference, type Reference, type RequestContext, toId } from '@linghang/subgraph'
import type { DuesRecord } from './dues-record.ts'
import type { readRecords } from './read-records.ts'

export type Context = RequestContext & { loadRecord: (memberId: string) => Promise<DuesRecord | null> }

export const createContext =
  (read: ReturnType<typeof readRecords>) =>
  (base: RequestContext): Context => {
    const loader = new DataLoader<string, DuesRecord | null>(async memberIds => {
      const found = await read(base.actor, memberIds)
      return memberIds.map(id => found.get(id) ?? null)
    })
    return { ...base, loadRecord: memberId => loader.load(memberId) }
  }

export const recordResolvers = {
  Node: { __resolveType: () => 'DuesRecord' },
  Member: {
    __resolveReference: (reference: { id: string }) => ({ id: reference.id, uuid: fromId('Member', reference.id) }),
    duesRecord: (member: { uuid: string }, _: unknown, context: Context) => context.loadRecord(member.uuid),
  },
  DuesRecord: {
    __resolveReference: (reference: Reference, context: Context) =>
      context.loadRecord(fromReference('DuesRecord', reference)),
    id: (record: DuesRecord) => toId('DuesRecord', record.memberId),
    ref: (record: DuesRecord) => toId('DuesRecord', record.memberId),
    owesSince: (record: DuesRecord) => record.owesSince?.toISOString().slice(0, 10) ?? null,
  },
}
