import { one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { holderStore } from './store.ts'

/** Whose dues: those of organisations whose books the actor sees, and the actor. */
export const holderById = one(async ({ tx, actor, supervision }: Work, ids) => {
  const found = await holderStore.byIds(tx, ids)
  const seen = await supervision.seenBooks([...new Set(found.map(({ orgId }) => orgId))])
  return new Map(
    found.filter(({ id, orgId }) => seen.has(orgId) || id === actor.memberId).map(holder => [holder.id, holder]),
  )
})
