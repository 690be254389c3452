import { isCountyAdmin, one, type Stretch } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import type { NamingRequest, NamingState } from './naming.ts'
import { namingStore } from './store.ts'

/** The own ones, and all for the county's administrators; for nobody else. */
export const namingById = one(async (work: Work, ids) => {
  const { tx, actor } = work
  const found = await namingStore.byIds(tx, actor.countyId, ids)
  const seen = found.filter(({ memberId }) => memberId === actor.memberId || isCountyAdmin(work))
  return new Map(seen.map(request => [request.id, request]))
})

export async function ownNaming({ tx, actor }: Work, most: number): Promise<NamingRequest[]> {
  return actor.memberId === null ? [] : namingStore.ofMember(tx, actor.countyId, actor.memberId, most)
}

/** For the county's administrators, who answer them; nobody else finds any. */
export async function namingPage(work: Work, state: NamingState | null, stretch: Stretch): Promise<NamingRequest[]> {
  if (!isCountyAdmin(work)) return []
  return namingStore.page(work.tx, work.actor.countyId, state, stretch)
}
export async function countNaming(work: Work, state: NamingState | null): Promise<number> {
  if (!isCountyAdmin(work)) return 0
  return namingStore.count(work.tx, work.actor.countyId, state)
}
