import { one, requireCountyAdmin, type Stretch } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import type { NamingRequest, NamingState } from './naming.ts'
import { namingStore } from './store.ts'

const isCountyAdmin = ({ actor }: Pick<Work, 'actor'>): boolean =>
  actor.grants.some(({ role, orgId }) => role === 'ADMIN' && orgId === null)

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

/** @throws DomainError FORBIDDEN */
export function namingPage(work: Work, state: NamingState | null, stretch: Stretch): Promise<NamingRequest[]> {
  requireCountyAdmin(work)
  return namingStore.page(work.tx, work.actor.countyId, state, stretch)
}
/** @throws DomainError FORBIDDEN */
export function countNaming(work: Work, state: NamingState | null): Promise<number> {
  requireCountyAdmin(work)
  return namingStore.count(work.tx, work.actor.countyId, state)
}
