import { count, many, type Stretch } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { type FactFilter, type KeptFact, readingStore } from './store.ts'

/** What of somebody's facts the actor sees: the own, and what happened where they supervise. */
const sightOf = async (work: Work, subjectIds: readonly string[]) => {
  const { tx, actor, supervision } = work
  const places = await readingStore.placesOf(tx, actor.countyId, subjectIds)
  return { ownId: actor.memberId, orgIds: [...(await supervision.seen(places))] }
}

export const factsOfSubject = many(
  async (work: Work, subjectIds, filter: FactFilter, stretch: Stretch): Promise<Map<string, KeptFact[]>> =>
    readingStore.of(work.tx, work.actor.countyId, subjectIds, await sightOf(work, subjectIds), filter, stretch),
)

export const factCountOf = count(async (work: Work, subjectIds, filter: FactFilter) =>
  readingStore.count(work.tx, work.actor.countyId, subjectIds, await sightOf(work, subjectIds), filter),
)
