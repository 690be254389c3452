import type { Stretch } from '@linghang/subgraph'
import type { Work } from '../work.ts'
import type { PersonalReminder } from './personal-reminder.ts'
import { personalReminderStore } from './store.ts'

/** What is the actor's own to do, newest first: nothing for an account without a file, and nobody else's for anybody. */
export async function readPersonalInbox(
  { tx, actor, now }: Work,
  unreadOnly: boolean,
  stretch: Stretch,
): Promise<PersonalReminder[]> {
  return actor.memberId ? personalReminderStore.list(tx, actor.memberId, { unreadOnly, stretch, now }) : []
}

export async function countPersonalInbox({ tx, actor, now }: Work, unreadOnly: boolean): Promise<number> {
  return actor.memberId ? personalReminderStore.count(tx, actor.memberId, unreadOnly, now) : 0
}
