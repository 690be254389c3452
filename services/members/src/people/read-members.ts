import { type Actor, readGrants, seesWholeCounty } from '@linghang/access'
import type { Stretch } from '@linghang/subgraph'
import type { Deps } from '../deps.ts'
import type { Member } from './member.ts'
import { type MemberFilter, memberStore } from './store.ts'

/** People by id: those of organisations that the actor sees, and the actor's own file. Others are left out. */
export function readMembers(deps: Deps) {
  return (actor: Actor, ids: readonly string[]): Promise<Map<string, Member>> =>
    deps.transact(actor, async tx => {
      const found = await memberStore.byIds(tx, actor.countyId, ids)
      const seen = await deps.supervision.seen(tx, actor, [...new Set(found.map(member => member.orgId))])
      return new Map(
        found
          .filter(member => seen.has(member.orgId) || member.id === actor.memberId)
          .map(member => [member.id, member]),
      )
    })
}

/** People of each organisation that the actor supervises; for other organisations nobody. */
export function readMembersOf(deps: Deps) {
  return (
    actor: Actor,
    orgIds: readonly string[],
    page: { below: boolean; filter: MemberFilter; stretch: Stretch },
  ): Promise<Map<string, Member[]>> =>
    deps.transact(actor, async tx => {
      const seen = await deps.supervision.seen(tx, actor, orgIds)
      return memberStore.atOrganisations(tx, [...seen], page.below, page.filter, page.stretch)
    })
}

export function countMembersOf(deps: Deps) {
  return (
    actor: Actor,
    orgIds: readonly string[],
    below: boolean,
    filter: MemberFilter,
  ): Promise<Map<string, number>> =>
    deps.transact(actor, async tx => {
      const seen = await deps.supervision.seen(tx, actor, orgIds)
      return memberStore.countAtOrganisations(tx, [...seen], below, filter)
    })
}

/** Organisations that a person's file may point to: those that the actor sees, and their own. */
export function enterableOrganisations(deps: Deps) {
  return (actor: Actor, orgIds: readonly string[]): Promise<Map<string, true>> =>
    deps.transact(actor, async tx => {
      const seen = await deps.supervision.seen(tx, actor, orgIds)
      return new Map(orgIds.filter(id => seen.has(id) || id === actor.memberOrgId).map(id => [id, true]))
    })
}

/** How many of the actor's organisations this service has heard of. */
export function countOrganisations(deps: Deps) {
  return (actor: Actor): Promise<number> =>
    deps.transact(actor, tx =>
      memberStore.countOrganisations(tx, actor.countyId, seesWholeCounty(actor) ? null : readGrants(actor)),
    )
}
