import { type Actor, once } from '@linghang/access'
import type { Stretch } from '@linghang/subgraph'
import type { Deps } from '../deps.ts'
import { type Reminder, reminderStore } from './store.ts'

/** Reminders to the offices that the actor holds today, newest first. Who sees them changes with who holds the office. */
export function readInbox(deps: Deps) {
  return (actor: Actor, unreadOnly: boolean, stretch: Stretch): Promise<Reminder[]> =>
    deps.transact(actor, tx =>
      actor.accountId
        ? reminderStore.toOffices(tx, actor.grants, actor.accountId, unreadOnly, stretch, deps.now())
        : Promise.resolve([]),
    )
}

export function countInbox(deps: Deps) {
  return (actor: Actor, unreadOnly: boolean): Promise<number> =>
    deps.transact(actor, tx =>
      actor.accountId
        ? reminderStore.countToOffices(tx, actor.grants, actor.accountId, unreadOnly, deps.now())
        : Promise.resolve(0),
    )
}

/** Marks reminders as read by this person; those of offices they do not hold are left out. @returns how many were unread */
export function markRemindersRead(deps: Deps) {
  return (actor: Actor, ids: readonly string[], idempotencyKey: string | null): Promise<number> =>
    deps.transact(actor, tx =>
      once({ tx, actor }, { operation: 'markRemindersRead', key: idempotencyKey, input: { ids } }, () =>
        actor.accountId
          ? reminderStore.markRead(tx, actor.grants, actor.accountId, actor.countyId, ids, deps.now())
          : Promise.resolve(0),
      ),
    )
}
