import type { Stretch } from '@linghang/database'
import { addDays } from '@linghang/rulebook'
import { count, many, one } from '@linghang/subgraph'
import { stretchAt } from '../../engine/spans.ts'
import { packStore } from '../../packs/decisions/store.ts'
import type { PackIndex } from '../../packs/documents/pack.ts'
import type { Work } from '../../work.ts'
import { averageOf, definitionsOf, type Peers, type Point, putTogether, type Series, seriesOf } from './series.ts'
import { indexStore } from './store.ts'

const periodsBack = 12

/** By what a county's indices are counted, and from which period on they are shown; null where it never scored. */
async function countedBy({ tx, actor, today }: Work) {
  const packs = (await packStore.decided(tx, actor.countyId)).filter(({ effectiveFrom }) => effectiveFrom <= today)
  const newest = packs.at(-1)
  if (!newest || newest.document.indices.length === 0) return null
  let since = stretchAt(newest.document.period, today).from
  for (let back = 1; back < periodsBack; back++) since = stretchAt(newest.document.period, addDays(since, -1)).from
  return { document: newest.document, definitions: definitionsOf(packs), since }
}

/** The indices of organisations that the actor sees, each over itself and all below it. */
export const indicesOf = many(async (work: Work, orgIds) => {
  const { tx, actor } = work
  const seen = [...(await work.supervision.seen(orgIds))]
  const by = await countedBy(work)
  if (!by || seen.length === 0) return new Map<string, Series[]>()
  const indices = new Map<string, PackIndex>(by.document.indices.map(index => [index.key, index]))
  const rows = await indexStore.ofOrganisations(tx, actor.countyId, seen, by.definitions, by.since)
  const points = Map.groupBy(
    rows.flatMap(({ orgId, key, from, until, sum, sheets }): Point[] => {
      const index = indices.get(key)
      return index ? [{ orgId, index: key, from, until, sheets, ...putTogether(index, sum, sheets) }] : []
    }),
    ({ orgId }) => orgId,
  )
  return new Map(seen.map(id => [id, seriesOf(id, by.document.indices, points.get(id) ?? [])]))
})

export const peersKey = (index: string, from: string): string => `${index}/${from}`

/**
 * With what its peers in the whole county have each organisation compares; with the county's rights, since an average of at
 * least five tells of none of them. Asked for nothing but organisations that were shown.
 */
export const peersOf = one(
  async (work: Work, orgIds) => {
    const { tx, actor } = work
    const by = await countedBy(work)
    if (!by) return new Map<string, Map<string, Peers>>()
    const kinds = await indexStore.kindsOf(tx, orgIds)
    const ofSameKind = by.document.peers === 'KIND'
    const asked = ofSameKind ? [...new Set(kinds.values())] : null
    const rows = await indexStore.ofKinds(tx, actor.countyId, asked, by.definitions, by.since)
    const byKind = Map.groupBy(rows, ({ kind }) => kind)
    const compared = new Map(
      [...byKind].map(([kind, all]) => [
        kind,
        new Map(
          all.map(({ key, from, sum, organisations }): [string, Peers] => [
            peersKey(key, from),
            { organisations, ...averageOf(sum, organisations) },
          ]),
        ),
      ]),
    )
    return new Map(
      [...kinds].map(([id, kind]) => [id, compared.get(ofSameKind ? kind : '') ?? new Map<string, Peers>()]),
    )
  },
  { rights: 'COUNTY' },
)

/** What stands directly below organisations that were shown. */
export const belowOf = many(({ tx }: Work, orgIds, stretch: Stretch) => indexStore.below(tx, orgIds, stretch))
export const countBelow = count(({ tx }: Work, orgIds) => indexStore.countBelow(tx, orgIds))
