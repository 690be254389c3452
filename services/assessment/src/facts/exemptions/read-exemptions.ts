import { many, one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import type { Exemption } from './exemption.ts'
import { exemptionStore } from './store.ts'

async function seenOf({ actor, supervision }: Work, found: readonly Exemption[]): Promise<Exemption[]> {
  const seen = await supervision.seen([...new Set(found.map(({ orgId }) => orgId))])
  return found.filter(({ orgId, memberId }) => seen.has(orgId) || memberId === actor.memberId)
}

export const exemptionById = one(async (work: Work, ids) => {
  const found = await exemptionStore.byIds(work.tx, work.actor.countyId, ids)
  return new Map((await seenOf(work, found)).map(exemption => [exemption.id, exemption]))
})

export const exemptionsOf = many(async (work: Work, memberIds) => {
  const found = await exemptionStore.ofMembers(work.tx, work.actor.countyId, memberIds)
  return Map.groupBy(await seenOf(work, found), ({ memberId }) => memberId)
})
