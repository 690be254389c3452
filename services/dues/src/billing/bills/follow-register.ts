import { reaction } from '@linghang/events'
import { accountStore } from '../../ledger/accounts/store.ts'
import type { Work } from '../../work.ts'
import { openRecords } from '../records/open-records.ts'
import { followBills } from './follow-bills.ts'
import { standingStore } from './standing-store.ts'

/**
 * Keeps dues records, and in the same transaction the bills that follow from them: an approval that comes late charges the
 * months since the assembly, who has left or died owes none after that month.
 */
export const keepRecordsAndBills = reaction(
  [
    'members.member.registered.v1',
    'members.member.changed.v1',
    'members.member.transferred.v1',
    'members.member.left.v1',
  ],
  async (work: Work, events) => {
    await openRecords.react(work, events)
    if (!(await accountStore.hasReal(work.tx, work.actor.countyId))) return
    const ids = [...new Set(events.map(({ data }) => data.id))]
    await followBills(work, await standingStore.ofMembers(work.tx, work.actor.countyId, ids), work.today)
  },
)
