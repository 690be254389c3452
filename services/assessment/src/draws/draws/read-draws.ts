import { count, many, one, type Stretch } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { type DrawPlace, type LedgerDraw, recordOf } from './draw.ts'
import { recordText } from './record.ts'
import { drawStore } from './store.ts'

/** Draws of committees that the actor sees, and those in which a branch stands that the actor sees or belongs to. */
async function seenDraws({ tx, actor, supervision }: Work, ids: readonly string[]): Promise<LedgerDraw[]> {
  const draws = await drawStore.byIds(tx, actor.countyId, ids)
  const above = await supervision.seen([...new Set(draws.map(({ orgId }) => orgId))])
  const others = draws.filter(({ orgId }) => !above.has(orgId)).map(({ id }) => id)
  if (others.length === 0) return draws
  const branches = await drawStore.branches(tx, others)
  const own = await supervision.seen([...new Set(branches.map(({ branchId }) => branchId))])
  const standing = branches.filter(({ branchId }) => own.has(branchId) || branchId === actor.memberOrgId)
  const open = new Set(standing.map(({ drawId }) => drawId))
  return draws.filter(({ id, orgId }) => above.has(orgId) || open.has(id))
}

export const drawById = one(
  async (work: Work, ids) => new Map((await seenDraws(work, ids)).map(draw => [draw.id, draw])),
)

/** All that is published of each draw, as text. */
export const recordsOf = one(async (work: Work, ids): Promise<Map<string, string>> => {
  const draws = await seenDraws(work, ids)
  const lists = await drawStore.drawn(
    work.tx,
    draws.map(({ id }) => id),
  )
  const drawn = Map.groupBy(lists, ({ drawId }) => drawId)
  const textOf = (draw: LedgerDraw) =>
    recordText(
      recordOf(
        draw,
        (drawn.get(draw.id) ?? []).map(({ branchId }) => branchId),
      ),
    )
  return new Map(draws.map(draw => [draw.id, textOf(draw)]))
})

/** Those who stand in each draw that the actor sees or belongs to. */
async function seenPlaces({ tx, actor, supervision }: Work, drawIds: readonly string[]): Promise<string[]> {
  const branches = [...new Set((await drawStore.branches(tx, drawIds)).map(({ branchId }) => branchId))]
  const seen = await supervision.seen(branches)
  return branches.filter(id => seen.has(id) || id === actor.memberOrgId)
}
export const placesOf = many(
  async (work: Work, drawIds, stretch: Stretch): Promise<Map<string, DrawPlace[]>> =>
    drawStore.places(work.tx, drawIds, await seenPlaces(work, drawIds), stretch),
)
export const placeCountOf = count(async (work: Work, drawIds) => {
  const seen = new Set(await seenPlaces(work, drawIds))
  const branches = await drawStore.branches(work.tx, drawIds)
  const of = Map.groupBy(
    branches.filter(({ branchId }) => seen.has(branchId)),
    ({ drawId }) => drawId,
  )
  return new Map([...of].map(([drawId, rows]) => [drawId, rows.length]))
})

export const drawsAt = many(async ({ tx, supervision }: Work, orgIds, stretch: Stretch) =>
  drawStore.at(tx, [...(await supervision.seen(orgIds))], stretch),
)
export const drawCountAt = count(async ({ tx, supervision }: Work, orgIds) =>
  drawStore.countAt(tx, [...(await supervision.seen(orgIds))]),
)
