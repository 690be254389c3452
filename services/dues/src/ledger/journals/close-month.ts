import { recordAudit } from '@linghang/access'
import { addMonths, monthOf } from '@linghang/rulebook'
import { useCase } from '../../work.ts'
import { fail } from './errors.ts'
import { keptAccount } from './record-income.ts'
import { journalStore } from './store.ts'

/** With December the year is closed too. */
const yearClosedBy = (month: string): number | null => (month.slice(5, 7) === '12' ? Number(month.slice(0, 4)) : null)

/**
 * Closes the books of a month under a real account: one after the other, none that is not over. What is wrong in a closed
 * one is put right in the month that is open. With a year's last month the year is closed: what moved each account in it and
 * why is told once, as it stood then.
 * @param month any day of it
 * @returns the month that was closed, as its first day
 * @throws DomainError NOT_FOUND, MONTH_NOT_TO_CLOSE
 */
export const closeMonth = useCase(
  'closeDuesMonth',
  async (work, { keeperId, month }: { keeperId: string; month: string }): Promise<string> => {
    const keeper = await keptAccount(work, keeperId)
    if (!keeper) return fail('NOT_FOUND', { what: `RealDuesAccount:${keeperId}` })
    // Postings that are under way are waited for; those that come look at the month again.
    await journalStore.holdMonths(work.tx, keeper.id)
    const closed = (await journalStore.closedThrough(work.tx, [keeper.id])).get(keeper.id)
    const next = closed === undefined ? monthOf(keeper.openedOn) : addMonths(closed, 1)
    const wanted = monthOf(month)
    if (wanted !== next || addMonths(wanted, 1) > work.today)
      fail('MONTH_NOT_TO_CLOSE', {
        found: wanted.slice(0, 7),
        wanted: `${next.slice(0, 7)}, once it is over`,
        wantedZh: `${next.slice(0, 7)}，并且该月已过`,
      })
    await journalStore.close(work.tx, {
      ...{ keeperId: keeper.id, countyId: work.actor.countyId, orgId: keeper.orgId, month: wanted },
      ...{ closedAt: work.now, closedBy: work.actor.accountId },
    })
    const year = yearClosedBy(wanted)
    if (year !== null) await journalStore.closeYear(work.tx, keeper, work.actor.countyId, year)
    await recordAudit(work, [
      {
        ...{ orgId: keeper.orgId, action: `dues-month.closed: ${wanted.slice(0, 7)}` },
        ...{ subjectType: 'RealDuesAccount', subjectId: keeper.id },
      },
    ])
    return wanted
  },
  { rights: 'COUNTY', turns: 'ledger' },
)
