import type { Actor } from '@linghang/access'
import type { Deps } from '../deps.ts'
import type { DuesRecord } from './dues-record.ts'
import { recordStore } from './store.ts'

/** Dues records by person: those of organisations that the actor sees, and the actor's own. */
export function readRecords(deps: Deps) {
  return (actor: Actor, memberIds: readonly string[]): Promise<Map<string, DuesRecord>> =>
    deps.transact(actor, async tx => {
      const found = await recordStore.byMembers(tx, actor.countyId, memberIds)
      const seen = await deps.supervision.seen(tx, actor, [...new Set(found.map(record => record.orgId))])
      return new Map(
        found
          .filter(record => seen.has(record.orgId) || record.memberId === actor.memberId)
          .map(record => [record.memberId, record]),
      )
    })
}
