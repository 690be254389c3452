import { recordAudit } from '@linghang/access'
import { addDays } from '@linghang/rulebook'
import { requireCountyAdmin, requireReason } from '@linghang/subgraph'
import { toId } from '@linghang/subgraph/ids'
import { useCase } from '../../work.ts'
import { fail } from './errors.ts'
import { boardDecisionStore } from './store.ts'

/**
 * Turns a board off before its day, at once; or a decision that is to come, before it begins.
 * @throws DomainError FORBIDDEN, NOT_FOUND, BAD_INPUT, BOARD_NOT_ON
 */
export const endBoard = useCase('endBoard', async (work, input: { id: string; reason: string }): Promise<string> => {
  const { tx, actor, now, today } = work
  requireCountyAdmin(work)
  const { id } = input
  const endReason = requireReason(input.reason)
  const [decision] = await boardDecisionStore.byIds(tx, actor.countyId, [id])
  const { untilDay } = decision ?? fail('NOT_FOUND', { what: toId('BoardDecision', id) })
  const ended = { endedOn: today, endReason, endedBy: actor.accountId, endedAt: now }
  if (!(await boardDecisionStore.end(tx, actor.countyId, id, ended))) {
    const [now] = await boardDecisionStore.byIds(tx, actor.countyId, [id])
    fail('BOARD_NOT_ON', { found: now?.endedOn ?? addDays(untilDay, 1) })
  }
  await recordAudit(work, [{ orgId: null, action: 'board.ended', subjectType: 'BoardDecision', subjectId: id }])
  return id
})
