import { recordAudit } from '@linghang/access'
import {
  canRemind,
  climbs,
  duesDeadlineRefused,
  duesDeadlinesAtMost,
  duesRulesOn,
  remindBeforeAtMost,
} from '@linghang/rulebook'
import { requireCountyAdmin, requireReason } from '@linghang/subgraph'
import { useCase } from '../../work.ts'
import { fail } from './errors.ts'
import type { DecidedSettings } from './settings.ts'
import { settingsStore } from './store.ts'

/**
 * Decides how the county works dues out where no text says it. From the first day of a month on: what was owed for a month
 * stays as it was told.
 * @returns the day from which it holds
 * @throws DomainError FORBIDDEN, BAD_INPUT, DUES_SETTINGS_DATE_TAKEN
 */
export const setDuesSettings = useCase(
  'setDuesSettings',
  async (work, input: DecidedSettings & { effectiveFrom: string; basis: string }): Promise<string> => {
    const { tx, actor, now, today } = work
    requireCountyAdmin(work)
    const { effectiveFrom, farmerFen } = input
    if (!effectiveFrom.endsWith('-01') || effectiveFrom <= today)
      fail('BAD_INPUT', {
        ...{ field: 'effectiveFrom', found: effectiveFrom },
        ...{ wanted: `the first day of a month after ${today}`, wantedZh: `${today} 以后某月的 1 日` },
      })
    const rate = duesRulesOn(effectiveFrom).rates.FARMER
    if (rate.kind === 'FIXED' && (farmerFen < rate.atLeastFen || farmerFen > rate.atMostFen))
      fail('BAD_INPUT', {
        ...{ field: 'farmerFen', found: `${farmerFen}` },
        wanted: `${rate.atLeastFen} to ${rate.atMostFen} fen (${rate.citations[0]?.source} ${rate.citations[0]?.article})`,
        wantedZh: `${rate.atLeastFen} 至 ${rate.atMostFen} 分（${rate.citations[0]?.source}${rate.citations[0]?.article}）`,
      })
    if (!climbs(input)) {
      const { yellowAfter, redAfter, talkAfter, warnAfter } = input
      const wanted = '1 ≤ yellowAfter ≤ redAfter ≤ talkAfter ≤ warnAfter ≤ 5'
      const found = [yellowAfter, redAfter, talkAfter, warnAfter].join(', ')
      fail('BAD_INPUT', { field: 'arrearsLadder', found, wanted, wantedZh: wanted })
    }
    if (!canRemind(input))
      fail('BAD_INPUT', {
        ...{ field: 'memberReminders.remindBefore', found: input.remindBefore },
        ...{ wanted: `0 to ${remindBeforeAtMost} working days`, wantedZh: `0 至 ${remindBeforeAtMost} 个工作日` },
      })
    const refused = duesDeadlineRefused(input)
    if (refused)
      fail('BAD_INPUT', {
        ...{ field: `deadlines.${refused}`, found: input[refused] },
        ...{ wanted: `1 to ${duesDeadlinesAtMost[refused]} days`, wantedZh: `1 至 ${duesDeadlinesAtMost[refused]} 天` },
      })
    const settings = { ...input, basis: requireReason(input.basis, 'basis') }
    const written = await settingsStore.insert(tx, {
      ...{ ...settings, countyId: actor.countyId, setBy: actor.accountId, setAt: now },
    })
    if (!written) fail('DUES_SETTINGS_DATE_TAKEN', { found: effectiveFrom })
    await recordAudit(work, [
      { orgId: null, action: 'dues-settings.set', subjectType: 'County', subjectId: actor.countyId },
    ])
    return effectiveFrom
  },
)
