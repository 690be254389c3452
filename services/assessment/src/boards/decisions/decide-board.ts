import { recordAudit, recordHash } from '@linghang/access'
import { requireBeginning, requireCountyAdmin, requireReason } from '@linghang/subgraph'
import { useCase } from '../../work.ts'
import {
  type Audience,
  type BoardDecision,
  type BoardKind,
  requireAudience,
  requireUntil,
  sizesOf,
} from './decision.ts'
import { fail } from './errors.ts'
import { boardDecisionStore } from './store.ts'

export type DecideBoard = {
  kind: BoardKind
  organ: string
  title: string
  number: string
  decidedOn: string
  basis: string
  audience: Audience
  effectiveFrom: string
  until: string
  redSize: number | null
  blackSize: number | null
}

/**
 * Writes down that the county turns a board on, by which decision, for whom and until when: without it there is none (R2, R3).
 * @returns the decision's id
 * @throws DomainError FORBIDDEN, BAD_INPUT, BOARD_AUDIENCE, BOARD_DECIDED
 */
export const decideBoard = useCase('decideBoard', async (work, input: DecideBoard): Promise<string> => {
  const { tx, actor, now, today, newId } = work
  requireCountyAdmin(work)
  const { kind, audience, decidedOn, effectiveFrom: fromDay, until: untilDay } = input
  requireBeginning(work, fromDay)
  requireUntil(fromDay, untilDay)
  requireAudience(kind, audience)
  if (decidedOn > today)
    fail('BAD_INPUT', {
      ...{ field: 'decidedOn', found: decidedOn },
      ...{ wanted: `${today} or earlier`, wantedZh: `${today} 或以前` },
    })
  const decision: BoardDecision = {
    ...{ id: newId(), kind, audience, decidedOn, fromDay, untilDay, ...sizesOf(kind, input) },
    ...{ organ: requireReason(input.organ, 'organ', 100), title: requireReason(input.title, 'title', 100) },
    ...{ number: requireReason(input.number, 'number', 50), basis: requireReason(input.basis, 'basis', 500) },
    ...{ endedOn: null, endReason: null },
  }
  const written = await boardDecisionStore.insert(tx, {
    ...decision,
    ...{ countyId: actor.countyId, setBy: actor.accountId, setAt: now },
  })
  if (!written) fail('BOARD_DECIDED', { from: fromDay, until: untilDay })
  await recordAudit(work, [
    {
      ...{ orgId: null, action: 'board.decided', subjectType: 'BoardDecision', subjectId: decision.id },
      afterHash: recordHash(decision),
    },
  ])
  return decision.id
})
