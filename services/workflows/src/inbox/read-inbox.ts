import type { Grant } from '@linghang/access'
import { isCountyAdmin, type Stretch } from '@linghang/subgraph'
import { officeStore } from '../offices/store.ts'
import type { Work } from '../work.ts'
import { type Reminder, reminderStore } from './store.ts'

/** The offices whose inbox the actor reads: what a county's administrators have to do is told that office of its top organisation. */
export async function inboxOffices(work: Work): Promise<readonly Grant[]> {
  const { tx, actor } = work
  if (!isCountyAdmin(work)) return actor.grants
  const tops = await officeStore.topOf(tx, actor.countyId)
  return [...actor.grants, ...tops.map(orgId => ({ role: 'ADMIN' as const, orgId }))]
}

/** Reminders to the offices that the actor holds today, newest first. Who sees them changes with who holds the office. */
export async function readInbox(work: Work, unreadOnly: boolean, stretch: Stretch): Promise<Reminder[]> {
  const { tx, now } = work
  const { accountId } = work.actor
  return accountId ? reminderStore.toOffices(tx, await inboxOffices(work), accountId, unreadOnly, stretch, now) : []
}

export async function countInbox(work: Work, unreadOnly: boolean): Promise<number> {
  const { tx, now } = work
  const { accountId } = work.actor
  return accountId ? reminderStore.countToOffices(tx, await inboxOffices(work), accountId, unreadOnly, now) : 0
}
