import { recordAudit } from '@linghang/access'
import { requireBeginning, requireCountyAdmin, requireReason } from '@linghang/subgraph'
import { useCase } from '../../work.ts'
import { fail } from './errors.ts'
import { type LifeSettings, lastDay } from './settings.ts'
import { settingsStore } from './store.ts'

/** @throws DomainError BAD_INPUT for a day that some month does not have */
function requireDay(field: 'themeDay' | 'themeDayBy', day: number | null): void {
  if (day === null || (Number.isInteger(day) && day >= 1 && day <= lastDay)) return
  fail('BAD_INPUT', {
    ...{ field, found: day },
    ...{ wanted: `a day of the month, 1 to ${lastDay}`, wantedZh: `每月 1 至 ${lastDay} 日中的一日` },
  })
}

/**
 * Decides how organisational life is kept in the county.
 * @returns the day from which it holds
 * @throws DomainError FORBIDDEN, BAD_INPUT, LIFE_SETTINGS_DATE_TAKEN
 */
export const setLifeSettings = useCase(
  'setLifeSettings',
  async (work, input: LifeSettings & { effectiveFrom: string; basis: string }): Promise<string> => {
    const { tx, actor, now } = work
    requireCountyAdmin(work)
    const { effectiveFrom, themeDay, themeDayBy, plansFiled, plansApproved } = input
    requireBeginning(work, effectiveFrom)
    requireDay('themeDay', themeDay)
    requireDay('themeDayBy', themeDayBy)
    if (themeDay !== null && themeDayBy !== null && themeDayBy < themeDay)
      fail('BAD_INPUT', {
        ...{ field: 'themeDayBy', found: themeDayBy },
        ...{ wanted: `the theme day, ${themeDay}, or later`, wantedZh: `不早于主题党日固定日（每月 ${themeDay} 日）` },
      })
    if (plansApproved && !plansFiled)
      fail('BAD_INPUT', {
        ...{ field: 'plansApproved', found: plansApproved },
        ...{
          wanted: 'false, or plansFiled too: only what is filed is decided on',
          wantedZh: '方案报备后才能审批，须同时规定报备',
        },
      })
    const written = await settingsStore.insert(tx, {
      ...{ ...input, basis: requireReason(input.basis, 'basis') },
      ...{ countyId: actor.countyId, setBy: actor.accountId, setAt: now },
    })
    if (!written) fail('LIFE_SETTINGS_DATE_TAKEN', { found: effectiveFrom })
    await recordAudit(work, [
      { orgId: null, action: 'life-settings.set', subjectType: 'County', subjectId: actor.countyId },
    ])
    return effectiveFrom
  },
)
