import { recordAudit, recordHash } from '@linghang/access'
import { toId } from '@linghang/subgraph/ids'
import type { Work } from '../../work.ts'
import { requireOfCommittee, requirePerson } from '../lists/committee.ts'
import { type LedgerDraw, recordOf, requireDrawable } from './draw.ts'
import { fail } from './errors.ts'
import { orderOf } from './order.ts'
import { drawStore } from './store.ts'

/** Who was drawn, and of which list; in no order. */
export type Drawn = { draw: LedgerDraw; branches: { branchId: string; list: 'BLACK' | 'WHITE' }[] }

/**
 * Draws: takes the seed out, which publishes it, and writes down whom it draws. Once; of two at once the second is refused.
 * @throws DomainError NOT_FOUND, FORBIDDEN, DECIDED_BY_A_PERSON, DRAWN_ALREADY, DRAW_TOO_EARLY
 */
export async function drawOnce(work: Work, id: string): Promise<Drawn> {
  const { tx, actor, now, today } = work
  const what = toId('LedgerDraw', id)
  const drawnBy = requirePerson(work)
  const [found] = await drawStore.byIds(tx, actor.countyId, [id])
  const { orgId } = found ?? fail('NOT_FOUND', { what })
  await requireOfCommittee(work, orgId)
  const draw = (await drawStore.lock(tx, actor.countyId, id)) ?? fail('NOT_FOUND', { what })
  requireDrawable(draw, today)
  const seed = await drawStore.revealSeed(tx, id, drawnBy, now)
  if (seed === null) throw new Error('the seed of a draw that may be held was not let out')
  const { white } = recordOf(draw, [])
  const order = orderOf(seed, white)
  await drawStore.writeOrder(tx, id, order, draw.draws)
  const drawn = new Set(order.slice(0, draw.draws))
  const branches = await drawStore.branches(tx, [id])
  const afterHash = recordHash({ seed, drawn: [...drawn] })
  await recordAudit(work, [{ orgId, action: 'ledger-draw.drawn', subjectType: 'LedgerDraw', subjectId: id, afterHash }])
  return {
    draw,
    branches: branches
      .filter(({ branchId, list }) => list === 'BLACK' || drawn.has(branchId))
      .map(({ branchId, list }) => ({ branchId, list })),
  }
}
