import { type Actor, countiesSummed, readGrants, seesWholeCounty } from '@linghang/access'
import { count, defineErrors, many, type Stretch, toId } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { type DeadlineFilter, type DeadlineScope, deadlineLists } from './deadline-list-store.ts'

const { fail } = defineErrors({})

/** A list of dates: the place that it is of, and which of its dates. */
export type DeadlinePlace = { place: string; scope: DeadlineScope }

/** All that an actor may list: a whole county, or what their offices reach. */
export const everyPlaceOf = (actor: Actor): DeadlinePlace => ({
  place: actor.countyId,
  scope: seesWholeCounty(actor) ? { kind: 'COUNTY' } : { kind: 'OFFICES', orgIds: readGrants(actor) },
})

/** @throws DomainError NOT_FOUND for an organisation that is not the actor's to see */
export async function requirePlace({ supervision }: Work, orgId: string, below: boolean): Promise<DeadlinePlace> {
  if (!(await supervision.seen([orgId])).has(orgId)) fail('NOT_FOUND', { what: toId('Organisation', orgId) })
  return { place: orgId, scope: { kind: 'ORGANISATION', below } }
}

/** Places whose dates the actor may list: organisations that they see; the wider scopes are the actor's own. */
async function listable({ actor, supervision }: Work, places: readonly string[], { scope }: DeadlineFilter) {
  if (scope.kind === 'ORGANISATION') return [...(await supervision.seen(places))]
  return places.filter(place => place === actor.countyId)
}

/** Open dates of each place that the actor may list, by date. */
export const deadlinesOf = many(async (work: Work, places, filter: DeadlineFilter, stretch: Stretch) =>
  deadlineLists.page(work.tx, await listable(work, places, filter), filter, stretch),
)

export const deadlineCount = count(async (work: Work, places, filter: DeadlineFilter) =>
  deadlineLists.count(work.tx, await listable(work, places, filter), filter),
)

/** How many of each rule. */
export const deadlinesByRule = many(async (work: Work, places, filter: DeadlineFilter) =>
  deadlineLists.countByRule(work.tx, await listable(work, places, filter), filter),
)

/** How many at each organisation, those with most overdue first. */
export const deadlinesByOrganisation = many(async (work: Work, places, filter: DeadlineFilter, size: number) =>
  deadlineLists.countByOrganisation(work.tx, await listable(work, places, filter), filter, size),
)

/** How many of each rule in whole counties, for whoever may see their sums: one statement for all. */
export const deadlinesOfCounties = many(
  async (work: Work, countyIds, today: string) => {
    const filter = { scope: { kind: 'COUNTY' }, rules: null, states: null, dueBy: null, today } as const
    return deadlineLists.countByRule(work.tx, await countiesSummed(work, countyIds), filter)
  },
  { city: true },
)
