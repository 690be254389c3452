import type { Stretch } from '@linghang/database'
import { addDays } from '@linghang/rulebook'
import { count, many } from '@linghang/subgraph'
import { stretchAt } from '../../engine/spans.ts'
import { packStore } from '../../packs/decisions/store.ts'
import type { PackIndex } from '../../packs/documents/pack.ts'
import type { Work } from '../../work.ts'
import { averageOf, type Point, putTogether, type Series, seriesOf } from './series.ts'
import { indexStore } from './store.ts'

const periodsBack = 12

/** By what a county's indices are counted, and from which period on they are shown; null where it never scored. */
async function countedBy({ tx, actor, today }: Work) {
  const packs = (await packStore.decided(tx, actor.countyId)).filter(({ effectiveFrom }) => effectiveFrom <= today)
  const newest = packs.at(-1)
  if (!newest || newest.document.indices.length === 0) return null
  let since = stretchAt(newest.document.period, today).from
  for (let back = 1; back < periodsBack; back++) since = stretchAt(newest.document.period, addDays(since, -1)).from
  return { document: newest.document, since }
}

/** The indices of organisations that the actor sees, each over itself and all below it. */
export const indicesOf = many(async (work: Work, orgIds) => {
  const { tx, actor } = work
  const seen = [...(await work.supervision.seen(orgIds))]
  const by = await countedBy(work)
  if (!by || seen.length === 0) return new Map<string, Series[]>()
  const indices = new Map<string, PackIndex>(by.document.indices.map(index => [index.key, index]))
  const rows = await indexStore.ofOrganisations(tx, actor.countyId, seen, by.since)
  const byOrganisation = Map.groupBy(rows, ({ orgId }) => orgId)
  return new Map(
    seen.map(id => {
      const points = (byOrganisation.get(id) ?? []).flatMap(({ key, from, until, sheets, ...row }): Point[] => {
        const index = indices.get(key)
        if (!index) return []
        // With what its peers in the whole county have: an average of at least five tells of none of them.
        const peers = { organisations: row.peers, ...averageOf(row.peersPoints, row.peers) }
        return [{ index: key, from, until, sheets, peers, ...putTogether(index, row.points, sheets) }]
      })
      return [id, seriesOf(id, by.document.indices, points)]
    }),
  )
})

/** What stands directly below organisations that were shown. */
export const belowOf = many(({ tx }: Work, orgIds, stretch: Stretch) => indexStore.below(tx, orgIds, stretch))
export const countBelow = count(({ tx }: Work, orgIds) => indexStore.countBelow(tx, orgIds))
