import { recordAudit, recordHash, whenTaken } from '@linghang/access'
import { branchKinds } from '@linghang/rulebook'
import { requireReason } from '@linghang/subgraph'
import { packStore } from '../../packs/decisions/store.ts'
import { useCase } from '../../work.ts'
import { requireOfCommittee, requirePerson } from '../lists/committee.ts'
import { listingStore } from '../lists/store.ts'
import { type DrawPlace, drawLimits, drawsOf, type LedgerDraw, requireDays, requireQuarter } from './draw.ts'
import { fail } from './errors.ts'
import { itemsBy } from './items.ts'
import { listText, sha256 } from './order.ts'
import { drawStore } from './store.ts'
import { tellDraw } from './tell-draw.ts'

export type OpenDraw = {
  committeeId: string
  quarter: string
  share: number | null
  count: number | null
  basis: string
  drawFrom: string | null
  reviewsDueOn: string
}

/**
 * Fixes who may be drawn and how many, and publishes what decides it: the hash of the list, and the hash of a seed that
 * nobody can read before the draw.
 * @returns the draw
 * @throws DomainError NOT_FOUND, FORBIDDEN, DECIDED_BY_A_PERSON, DRAW_OPENED_ALREADY, DRAW_OF_NOBODY, DRAW_LIST_TOO_LONG, BAD_INPUT
 */
export const openLedgerDraw = useCase('openLedgerDraw', async (work, input: OpenDraw): Promise<string> => {
  const { tx, actor, now, today, newId } = work
  const { committeeId: orgId, quarter, reviewsDueOn } = input
  const openedBy = requirePerson(work)
  await requireOfCommittee(work, orgId)
  requireQuarter(quarter, today)
  const drawFrom = input.drawFrom ?? today
  requireDays({ drawFrom, reviewsDueOn }, today)
  const basis = requireReason(input.basis, 'basis', drawLimits.basis)
  await listingStore.hold(tx, orgId)
  const below = await listingStore.below(tx, actor.countyId, orgId)
  const branches = below.filter(({ kind }) => branchKinds.has(kind)).map(({ id }) => id)
  if (branches.length === 0) fail('DRAW_OF_NOBODY')
  const listed = await listingStore.standing(tx, orgId)
  const white = branches.filter(id => !listed.has(id))
  if (white.length > drawLimits.white) fail('DRAW_LIST_TOO_LONG', { found: white.length, wanted: drawLimits.white })
  // By what the county had decided when the quarter began, as its scores are.
  const byPack = (await packStore.inForce(tx, actor.countyId, quarter))?.document.draw
  const draws = drawsOf(input, byPack?.whiteShare ?? null, white.length)
  const id = newId()
  const list = listText(white)
  const opened: Omit<LedgerDraw, 'seed' | 'drawnAt'> = {
    ...{ id, orgId, quarter, white: white.length, draws, basis },
    ...{ list, listHash: sha256(list), seedHash: await drawStore.sowSeed(tx, id, orgId), items: itemsBy(byPack) },
    ...{ drawFrom, reviewsDueOn, openedAt: now },
  }
  await drawStore
    .insert(tx, { ...opened, countyId: actor.countyId, openedBy, version: 0n })
    .catch(whenTaken(() => fail('DRAW_OPENED_ALREADY', { found: quarter })))
  const places = branches.map((branchId): DrawPlace => {
    return { drawId: id, branchId, list: listed.has(branchId) ? 'BLACK' : 'WHITE', place: null, drawn: false }
  })
  await drawStore.insertPlaces(tx, actor.countyId, orgId, places)
  await tellDraw(work, opened, null)
  const { listHash, seedHash } = opened
  const afterHash = recordHash({ listHash, seedHash, draws })
  await recordAudit(work, [
    { orgId, action: 'ledger-draw.opened', subjectType: 'LedgerDraw', subjectId: id, afterHash },
  ])
  return id
})
