import { useCase } from '../../work.ts'
import { balanceStore } from '../accounts/balance-store.ts'

/** So many accounts in one transaction: whoever posts to one of them waits no longer. */
const accountsAtOnce = 500

/**
 * Ends the holds of a county whose last day is past, set by set; for a daily run. Nobody has to wait for it: whoever looks
 * at an account to take from it ends its lapsed holds first.
 * @returns of how many accounts; fewer than were asked for once there are no more
 */
export const lapseHolds = useCase(
  'lapseDuesHolds',
  async (work, { most = accountsAtOnce }: { most?: number }): Promise<number> => {
    const found = await balanceStore.withLapsed(work, most)
    await balanceStore.lock(work, found)
    return found.length
  },
  { rights: 'COUNTY' },
)
