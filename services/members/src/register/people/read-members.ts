import { readGrants, seesWholeCounty } from '@linghang/access'
import { count, many, one, type Stretch } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { type MemberFilter, memberListStore } from './member-list-store.ts'
import { memberStore } from './store.ts'

/** People by id: those of organisations that the actor sees, and the actor's own file. Others are left out. */
export const memberById = one(async ({ tx, actor, supervision }: Work, ids) => {
  const found = await memberStore.byIds(tx, actor.countyId, ids)
  const seen = await supervision.seen([...new Set(found.map(member => member.orgId))])
  return new Map(
    found.filter(member => seen.has(member.orgId) || member.id === actor.memberId).map(member => [member.id, member]),
  )
})

/** People of each organisation that the actor supervises; for other organisations nobody. */
export const membersOf = many(
  async (
    { tx, supervision }: Work,
    orgIds,
    { below, filter, stretch }: { below: boolean; filter: MemberFilter; stretch: Stretch },
  ) => memberListStore.atOrganisations(tx, [...(await supervision.seen(orgIds))], below, filter, stretch),
)

export const memberCountOf = count(async ({ tx, supervision }: Work, orgIds, below: boolean, filter: MemberFilter) =>
  memberListStore.countAtOrganisations(tx, [...(await supervision.seen(orgIds))], below, filter),
)

/** How many of the actor's organisations this service has heard of. */
export const countOrganisations = ({ tx, actor }: Work): Promise<number> =>
  memberStore.countOrganisations(tx, actor.countyId, seesWholeCounty(actor) ? null : readGrants(actor))
