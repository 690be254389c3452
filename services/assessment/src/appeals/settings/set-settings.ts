import { recordAudit } from '@linghang/access'
import type { AppealDays } from '@linghang/rulebook'
import { requireBeginning, requireCountyAdmin, requireReason } from '@linghang/subgraph'
import { useCase } from '../../work.ts'
import { fail } from './errors.ts'
import { requireDays } from './settings.ts'
import { settingsStore } from './store.ts'

/**
 * Decides in how many working days appeals of the county are heard and answered.
 * @returns the day from which it holds
 * @throws DomainError FORBIDDEN, BAD_INPUT, APPEAL_SETTINGS_DATE_TAKEN
 */
export const setAppealSettings = useCase(
  'setAppealSettings',
  async (work, input: AppealDays & { effectiveFrom: string; basis: string }): Promise<string> => {
    const { tx, actor, now } = work
    requireCountyAdmin(work)
    const { effectiveFrom } = input
    requireBeginning(work, effectiveFrom)
    requireDays(input)
    const written = await settingsStore.insert(tx, {
      ...{ ...input, basis: requireReason(input.basis, 'basis') },
      ...{ countyId: actor.countyId, setBy: actor.accountId, setAt: now },
    })
    if (!written) fail('APPEAL_SETTINGS_DATE_TAKEN', { found: effectiveFrom })
    await recordAudit(work, [
      { orgId: null, action: 'appeal-settings.set', subjectType: 'County', subjectId: actor.countyId },
    ])
    return effectiveFrom
  },
)
