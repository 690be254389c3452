import { recordAudit, recordHash } from '@linghang/access'
import { requireCountyAdmin } from '@linghang/subgraph'
import { factStore } from '../../facts/journal/store.ts'
import { useCase } from '../../work.ts'
import { type Decided, decisionOf } from './decide.ts'
import { beginsPeriod } from './decision.ts'
import { fail } from './errors.ts'
import { packStore } from './store.ts'

/**
 * Ends scoring from a day on, by a decision like the one that began it. What was scored stays.
 * @returns the decision's number in the county
 * @throws DomainError FORBIDDEN, BAD_INPUT, SCORING_NOT_DECIDED, PACK_PERIOD_BROKEN, PACK_DATE_TAKEN
 */
export const endScoring = useCase('endScoring', async (work, input: Decided): Promise<number> => {
  const { tx, actor, now } = work
  requireCountyAdmin(work)
  const inForce = await packStore.inForce(tx, actor.countyId, input.effectiveFrom)
  if (!inForce) fail('SCORING_NOT_DECIDED', { found: input.effectiveFrom })
  const decision = await decisionOf(work, input)
  if (!beginsPeriod('MONTH', decision.effectiveFrom))
    fail('PACK_PERIOD_BROKEN', { found: decision.effectiveFrom, period: 'month', periodZh: '按月', wanted: '月' })
  const written = await packStore.insert(tx, {
    ...{ ...decision, kind: 'END', packKey: null, document: null },
    ...{ countyId: actor.countyId, setBy: actor.accountId, setAt: now },
  })
  if (!written) fail('PACK_DATE_TAKEN', { found: decision.effectiveFrom })
  await factStore.touchTop(tx, actor.countyId, decision.effectiveFrom)
  await recordAudit(work, [
    {
      orgId: null,
      action: 'scoring.ended',
      subjectType: 'County',
      subjectId: actor.countyId,
      afterHash: recordHash(decision),
    },
  ])
  return decision.version
})
