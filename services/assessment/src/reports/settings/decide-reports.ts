import { recordAudit, recordHash } from '@linghang/access'
import { requireBeginning, requireCountyAdmin, requireReason } from '@linghang/subgraph'
import { useCase } from '../../work.ts'
import { fail } from './errors.ts'
import { type ReportDecision, reportSettingsStore } from './store.ts'

/**
 * Writes down that a county has its monthly reports made from a day on, or no longer (S1-9). Nobody is made to open one.
 * @throws DomainError FORBIDDEN, BAD_INPUT, REPORTS_DATE_TAKEN
 */
export const decideReports = useCase('decideMonthlyReports', async (work, input: ReportDecision): Promise<string> => {
  const { tx, actor, now, today } = work
  requireCountyAdmin(work)
  requireBeginning(work, input.effectiveFrom)
  if (input.decidedOn > today)
    fail('BAD_INPUT', {
      ...{ field: 'decidedOn', found: input.decidedOn },
      ...{ wanted: `${today} or earlier`, wantedZh: `${today} 或以前` },
    })
  const { isOn, effectiveFrom, decidedOn } = input
  const decision = {
    ...{ isOn, effectiveFrom, decidedOn, title: requireReason(input.title, 'title', 100) },
    ...{ number: requireReason(input.number, 'number', 50), organ: requireReason(input.organ, 'organ', 100) },
  }
  const written = await reportSettingsStore.insert(tx, {
    ...{ ...decision, countyId: actor.countyId, setBy: actor.accountId, setAt: now },
  })
  if (!written) fail('REPORTS_DATE_TAKEN', { found: effectiveFrom })
  await recordAudit(work, [
    {
      ...{ orgId: null, action: 'monthly-reports.decided', subjectType: 'County', subjectId: actor.countyId },
      afterHash: recordHash(decision),
    },
  ])
  return effectiveFrom
})
