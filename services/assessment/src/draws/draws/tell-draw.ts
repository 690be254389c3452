import { publish } from '@linghang/events'
import type { Work } from '../../work.ts'
import type { LedgerDraw } from './draw.ts'
import { drawStore } from './store.ts'

type Told = Pick<LedgerDraw, 'id' | 'orgId' | 'quarter' | 'reviewsDueOn'>

/**
 * Tells where a draw stands, so that the committee is reminded while something of it is to be done.
 * @param waiting how many of those drawn are not published; null before the draw
 */
export async function tellDraw(work: Work, { id, orgId, quarter, reviewsDueOn }: Told, waiting: number | null) {
  const version = await drawStore.tell(work.tx, id)
  const state = waiting === null ? ('OPEN' as const) : ('DRAWN' as const)
  const data = { id, orgId, quarter, state, dueOn: reviewsDueOn, open: waiting !== 0, version }
  await publish(work, [{ type: 'assessment.draw.changed.v1', orgId, subject: id, data }])
}
