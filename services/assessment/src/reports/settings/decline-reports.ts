import { useCase } from '../../work.ts'
import { fail } from './errors.ts'
import { reportSettingsStore } from './store.ts'

/**
 * A member does without a monthly report, or wants it again: nobody needs a reason, and no office is told (R9).
 * @throws DomainError REPORTS_NOT_A_MEMBER
 */
export const declineReports = useCase(
  'declineMonthlyReports',
  async ({ tx, actor, now }, { declined }: { declined: boolean }): Promise<boolean> => {
    const memberId = actor.memberId ?? fail('REPORTS_NOT_A_MEMBER')
    await reportSettingsStore.decline(tx, actor.countyId, memberId, declined, now)
    return declined
  },
  { rights: 'COUNTY' },
)
