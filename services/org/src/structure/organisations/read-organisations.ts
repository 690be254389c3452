import { bookReadGrants, seesWholeCounty } from '@linghang/access'
import { count, many, one, type Stretch } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import type { Organisation } from './organisation.ts'
import { type Filter, organisationStore, type Range } from './store.ts'

/**
 * Those of `ids` that the actor sees: through an office there or above, or as the organisation they belong to. Whoever
 * keeps the books of dues finds those whose books they are, and nothing that stands beside them.
 */
async function visibleIds({ actor, supervision }: Work, ids: readonly string[]): Promise<Set<string>> {
  const seen = await supervision.seenBooks(ids)
  if (actor.memberOrgId && ids.includes(actor.memberOrgId)) seen.add(actor.memberOrgId)
  return seen
}

/** Organisations by id, for one actor; what they may not see is left out, as what does not exist is. */
export const organisationById = one(async (work: Work, ids) => {
  const visible = await visibleIds(work, ids)
  const found = await organisationStore.byIds(work.tx, work.actor.countyId, ids)
  return new Map(found.filter(({ id }) => visible.has(id)).map(organisation => [organisation.id, organisation]))
})

/** Organisations by code, for one actor. */
export const organisationByCode = one(async (work: Work, codes) => {
  const found = await organisationStore.byCodes(work.tx, work.actor.countyId, codes)
  const visible = await visibleIds(
    work,
    found.map(({ id }) => id),
  )
  return new Map(found.filter(({ id }) => visible.has(id)).map(organisation => [organisation.code, organisation]))
})

/** The children of each organisation that the actor supervises; for others none (belonging is not supervising). */
export const childrenOf = many(async ({ tx, supervision }: Work, parents, stretch: Stretch) =>
  organisationStore.childrenOf(tx, [...(await supervision.seenBooks(parents))], stretch),
)

export const childCountOf = count(async ({ tx, supervision }: Work, parents) =>
  organisationStore.countChildren(tx, [...(await supervision.seenBooks(parents))]),
)

/** Names and codes of those above each organisation that the actor sees or belongs to, nearest first (S3-2). */
export const superiorsOf = many(async (work: Work, ids) =>
  organisationStore.superiorsOf(work.tx, [...(await visibleIds(work, ids))]),
)

/** How many stand right below an organisation. Whether it is the actor's to see has been asked before. */
export const childCount = async ({ tx }: Pick<Work, 'tx'>, id: string): Promise<number> =>
  (await organisationStore.countChildren(tx, [id])).get(id) ?? 0

const rangeOf = ({ actor }: Work): Range => ({
  countyId: actor.countyId,
  underOrgIds: seesWholeCounty(actor) ? null : bookReadGrants(actor),
})

export const listOrganisations = (work: Work, filter: Filter, stretch: Stretch) =>
  organisationStore.list(work.tx, rangeOf(work), filter, stretch)

export const countOrganisations = (work: Work, filter: Filter) =>
  organisationStore.count(work.tx, rangeOf(work), filter)

/** Of what kind an organisation is; null where there is none. Whether it is the actor's to see has been asked before. */
export const kindOfOrganisation = ({ tx, actor }: Work, id: string): Promise<string | null> =>
  organisationStore.kindOf(tx, actor.countyId, id)

/** Organisations as they are recorded. Whether they are the actor's to see has been asked before. */
export const organisationsOf = async (
  { tx, actor }: Work,
  ids: readonly string[],
): Promise<Map<string, Organisation>> =>
  new Map((await organisationStore.byIds(tx, actor.countyId, ids)).map(found => [found.id, found]))

/** An organisation as it is recorded; null where there is none. Whether it is the actor's to see has been asked before. */
export const organisationOf = async (work: Work, id: string): Promise<Organisation | null> =>
  (await organisationsOf(work, [id])).get(id) ?? null

/** When an organisation was founded; null where that is not recorded. Whether it is the actor's to see has been asked before. */
export const foundingOf = async (work: Work, id: string): Promise<string | null> =>
  (await organisationOf(work, id))?.establishedOn ?? null
