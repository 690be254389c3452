import { useCase } from '../../work.ts'
import { drawOnce } from '../draws/draw-ledgers.ts'
import { tellDraw } from '../draws/tell-draw.ts'
import { listingStore } from '../lists/store.ts'
import { reviewStore } from './store.ts'

/**
 * Holds the draw: its seed is published, and what was drawn waits to be judged, in the same transaction.
 * @returns the draw
 * @throws DomainError NOT_FOUND, FORBIDDEN, DECIDED_BY_A_PERSON, DRAWN_ALREADY, DRAW_TOO_EARLY
 */
export const drawLedgers = useCase('drawLedgers', async (work, input: { id: string }): Promise<string> => {
  const { tx, actor, newId } = work
  const { draw, branches } = await drawOnce(work, input.id)
  const { orgId } = draw
  // One that has ended, or stands below another committee by now, keeps its place in the draw; nobody judges it.
  const below = new Set((await listingStore.below(tx, actor.countyId, orgId)).map(({ id }) => id))
  const inspected = branches.filter(({ branchId }) => below.has(branchId))
  const reviews = inspected.map(({ branchId }) => ({ id: newId(), orgId, branchId, drawId: draw.id }))
  await reviewStore.begin(tx, actor.countyId, reviews)
  await tellDraw(work, draw, reviews.length)
  return draw.id
})
