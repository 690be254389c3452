import { one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { recordStore } from './store.ts'

/** Dues records by person: those of organisations that the actor sees, and the actor's own. */
export const recordOfMember = one(async ({ tx, actor, supervision }: Work, memberIds) => {
  const found = await recordStore.byMembers(tx, actor.countyId, memberIds)
  const seen = await supervision.seen([...new Set(found.map(record => record.orgId))])
  return new Map(
    found
      .filter(record => seen.has(record.orgId) || record.memberId === actor.memberId)
      .map(record => [record.memberId, record]),
  )
})
