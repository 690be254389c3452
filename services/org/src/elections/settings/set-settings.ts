import { recordAudit } from '@linghang/access'
import { type ElectionStep, inTimeBounds, stepDayFault } from '@linghang/rulebook'
import { requireBeginning, requireCountyAdmin, requireReason } from '@linghang/subgraph'
import { useCase } from '../../work.ts'
import { fail } from './errors.ts'
import type { ElectionSettings } from './settings.ts'
import { electionSettingsStore } from './store.ts'

export type SetElectionSettings = Omit<ElectionSettings, 'days' | 'basis' | 'effectiveFrom'> & {
  effectiveFrom: string
  basis: string
  days: readonly { step: ElectionStep; day: number }[]
}

/**
 * Decides what handbooks have otherwise of elections in the county; what is under way is held by what held when it was opened.
 * @returns the day from which it holds
 * @throws DomainError FORBIDDEN, BAD_INPUT, ELECTION_STEP_DAY_REFUSED, ELECTION_SETTINGS_DATE_TAKEN
 */
export const setElectionSettings = useCase('setElectionSettings', async (work, input: SetElectionSettings) => {
  const { tx, actor, now } = work
  requireCountyAdmin(work)
  const { effectiveFrom, inTimeDays, plenaryQuorum, electedBase } = input
  requireBeginning(work, effectiveFrom)
  const { from, until } = inTimeBounds
  if (inTimeDays < from || inTimeDays > until)
    fail('BAD_INPUT', {
      ...{ field: 'inTimeDays', found: inTimeDays },
      ...{ wanted: `${from} to ${until}`, wantedZh: `${from} 至 ${until} 天` },
    })
  const days = Object.fromEntries(input.days.map(({ step, day }) => [step, day]))
  if (Object.keys(days).length < input.days.length)
    fail('BAD_INPUT', {
      ...{ field: 'days', found: input.days.map(({ step }) => step).join(', ') },
      ...{ wanted: 'each step once', wantedZh: '每个环节只写一次' },
    })
  const fault = stepDayFault(days)
  if (fault) fail('ELECTION_STEP_DAY_REFUSED', fault)
  const basis = requireReason(input.basis, 'basis')
  const decided = { effectiveFrom, inTimeDays, plenaryQuorum, electedBase, days, basis }
  const written = await electionSettingsStore.insert(tx, {
    ...{ ...decided, countyId: actor.countyId, setBy: actor.accountId, setAt: now },
  })
  if (!written) fail('ELECTION_SETTINGS_DATE_TAKEN', { found: effectiveFrom })
  await recordAudit(work, [
    { orgId: null, action: 'election-settings.set', subjectType: 'County', subjectId: actor.countyId },
  ])
  return effectiveFrom
})
