import { many, one } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import type { RecordedFact } from './recorded-fact.ts'
import { recordedStore } from './store.ts'

/** Those of them that the actor sees: their own, and those of people and organisations that they supervise. */
async function seenOf({ actor, supervision }: Work, facts: readonly RecordedFact[]): Promise<RecordedFact[]> {
  const seen = await supervision.seen([...new Set(facts.map(({ orgId }) => orgId))])
  return facts.filter(
    ({ orgId, subjectType, subjectId }) =>
      seen.has(orgId) || (subjectType === 'MEMBER' && subjectId === actor.memberId),
  )
}

export const recordedById = one(async (work: Work, ids) => {
  const facts = await recordedStore.byIds(work.tx, work.actor.countyId, ids)
  return new Map((await seenOf(work, facts)).map(fact => [fact.id, fact]))
})

export const recordedVersions = many(async (work: Work, ids) => {
  const facts = await recordedStore.versions(work.tx, work.actor.countyId, ids)
  return Map.groupBy(await seenOf(work, facts), ({ id }) => id)
})
