import { type Actor, readGrants, seesWholeCounty } from '@linghang/access'
import type { Stretch } from '@linghang/subgraph'
import type { Deps, Tx } from '../deps.ts'
import type { Organisation } from './organisation.ts'
import { organisationStore, type Range } from './store.ts'

export const rangeOf = (actor: Actor): Range => ({
  countyId: actor.countyId,
  underOrgIds: seesWholeCounty(actor) ? null : readGrants(actor),
})

/** Those of `ids` that the actor sees: through an office there or above, or as the organisation they belong to. */
export async function visibleIds(deps: Deps, tx: Tx, actor: Actor, ids: readonly string[]): Promise<Set<string>> {
  const seen = await deps.supervision.seen(tx, actor, ids)
  if (actor.memberOrgId && ids.includes(actor.memberOrgId)) seen.add(actor.memberOrgId)
  return seen
}

/** Organisations by id, for one actor; what they may not see is left out, as what does not exist is. */
export function readOrganisations(deps: Deps) {
  return (actor: Actor, ids: readonly string[]): Promise<Map<string, Organisation>> =>
    deps.transact(actor, async tx => {
      const visible = await visibleIds(deps, tx, actor, ids)
      const found = await organisationStore.byIds(tx, actor.countyId, ids)
      return new Map(found.filter(({ id }) => visible.has(id)).map(organisation => [organisation.id, organisation]))
    })
}

/** Organisations by code, for one actor. */
export function findOrganisations(deps: Deps) {
  return (actor: Actor, codes: readonly string[]): Promise<Map<string, Organisation>> =>
    deps.transact(actor, async tx => {
      const found = await organisationStore.byCodes(tx, actor.countyId, codes)
      const visible = await visibleIds(
        deps,
        tx,
        actor,
        found.map(({ id }) => id),
      )
      return new Map(found.filter(({ id }) => visible.has(id)).map(organisation => [organisation.code, organisation]))
    })
}

/** The children of each organisation that the actor supervises; for others none (belonging is not supervising). */
export function readChildren(deps: Deps) {
  return (actor: Actor, parents: readonly string[], stretch: Stretch): Promise<Map<string, Organisation[]>> =>
    deps.transact(actor, async tx => {
      const seen = await deps.supervision.seen(tx, actor, parents)
      return organisationStore.childrenOf(tx, [...seen], stretch)
    })
}

export function countChildren(deps: Deps) {
  return (actor: Actor, parents: readonly string[]): Promise<Map<string, number>> =>
    deps.transact(actor, async tx =>
      organisationStore.countChildren(tx, [...(await deps.supervision.seen(tx, actor, parents))]),
    )
}

/** Names and codes of those above each organisation that the actor sees or belongs to, nearest first (S3-2). */
export function readSuperiors(deps: Deps) {
  return (actor: Actor, ids: readonly string[]): Promise<Map<string, { code: string; name: string }[]>> =>
    deps.transact(actor, async tx => organisationStore.superiorsOf(tx, [...(await visibleIds(deps, tx, actor, ids))]))
}

type Filter = { kind: string | null; nameStartsWith: string | null }

export function listOrganisations(deps: Deps) {
  return (actor: Actor, filter: Filter, stretch: Stretch): Promise<Organisation[]> =>
    deps.transact(actor, tx => organisationStore.list(tx, rangeOf(actor), filter, stretch))
}

export function countOrganisations(deps: Deps) {
  return (actor: Actor, filter: Filter): Promise<number> =>
    deps.transact(actor, tx => organisationStore.count(tx, rangeOf(actor), filter))
}
