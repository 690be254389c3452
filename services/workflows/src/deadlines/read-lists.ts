import { type Actor, readGrants, seesWholeCounty } from '@linghang/access'
import { type Stretch, toId } from '@linghang/subgraph'
import type { Deps, Tx } from '../deps.ts'
import { fail } from '../errors.ts'
import { type DeadlineFilter, type DeadlineScope, deadlineLists, type OrganisationCount } from './deadline-lists.ts'
import type { DeadlineRow, RuleCount } from './store.ts'

/** A list of dates: the place that it is of, and which of its dates. */
export type DeadlinePlace = { place: string; scope: DeadlineScope }

/**
 * All that an actor may list: a whole county, or what their offices reach; with `orgId` that organisation's.
 * @throws DomainError NOT_FOUND for an organisation that is not the actor's to see
 */
export function placeOfDeadlines(deps: Deps) {
  return async (actor: Actor, orgId: string | null, below: boolean): Promise<DeadlinePlace> => {
    if (orgId === null)
      return {
        place: actor.countyId,
        scope: seesWholeCounty(actor) ? { kind: 'COUNTY' } : { kind: 'OFFICES', orgIds: readGrants(actor) },
      }
    const seen = await deps.transact(actor, tx => deps.supervision.seen(tx, actor, [orgId]))
    if (!seen.has(orgId)) fail('NOT_FOUND', { what: toId('Organisation', orgId) })
    return { place: orgId, scope: { kind: 'ORGANISATION', below } }
  }
}

/** Places whose dates the actor may list: organisations that they see; the wider scopes are the actor's own. */
async function listable(deps: Deps, tx: Tx, actor: Actor, places: readonly string[], { scope }: DeadlineFilter) {
  if (scope.kind === 'ORGANISATION') return [...(await deps.supervision.seen(tx, actor, places))]
  return places.filter(place => place === actor.countyId)
}

/** Open dates of each place that the actor may list, by date. */
export function readDeadlinesOf(deps: Deps) {
  return (
    actor: Actor,
    places: readonly string[],
    filter: DeadlineFilter,
    stretch: Stretch,
  ): Promise<Map<string, DeadlineRow[]>> =>
    deps.transact(actor, async tx =>
      deadlineLists.page(tx, await listable(deps, tx, actor, places, filter), filter, stretch),
    )
}

export function countDeadlinesOf(deps: Deps) {
  return (actor: Actor, places: readonly string[], filter: DeadlineFilter): Promise<Map<string, number>> =>
    deps.transact(actor, async tx => deadlineLists.count(tx, await listable(deps, tx, actor, places, filter), filter))
}

/** How many of each rule. */
export function countDeadlinesByRule(deps: Deps) {
  return (actor: Actor, places: readonly string[], filter: DeadlineFilter): Promise<Map<string, RuleCount[]>> =>
    deps.transact(actor, async tx =>
      deadlineLists.countByRule(tx, await listable(deps, tx, actor, places, filter), filter),
    )
}

/** How many at each organisation, those with most overdue first. */
export function countDeadlinesByOrganisation(deps: Deps) {
  return (
    actor: Actor,
    places: readonly string[],
    filter: DeadlineFilter,
    size: number,
  ): Promise<Map<string, OrganisationCount[]>> =>
    deps.transact(actor, async tx =>
      deadlineLists.countByOrganisation(tx, await listable(deps, tx, actor, places, filter), filter, size),
    )
}
