import { themeDayDue } from '@linghang/rulebook'
import { useCase } from '../../work.ts'
import { settingsOn } from '../settings/read-settings.ts'
import { themeDayStore } from './store.ts'
import { tellThemeDays } from './tell.ts'
import { monthOf } from './theme-day.ts'

/**
 * Begins to watch this month's theme day of every branch of a county, where the county has set a day by which it should
 * have been held; again it changes nothing. @returns of how many branches
 */
export const openThemeDays = useCase(
  'openThemeDays',
  async (work, _: Record<string, never>): Promise<number> => {
    const { tx, actor, today } = work
    const { themeDayBy } = await settingsOn(work, today)
    if (themeDayBy === null) return 0
    const month = monthOf(today)
    const opened = await themeDayStore.open(tx, actor.countyId, month, themeDayDue(month, themeDayBy))
    if (opened.length > 0) await tellThemeDays(work, opened)
    return opened.length
  },
  { timeoutMs: 30_000 },
)
