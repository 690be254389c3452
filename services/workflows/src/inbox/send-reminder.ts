import { systemActor, type Transact } from '@linghang/access'
import { isLate } from '../deadlines/plan.ts'
import type { DueReminder } from '../deadlines/watch.ts'
import type { Tx } from '../deps.ts'
import { reminderStore } from './store.ts'

/**
 * Puts a reminder into the inbox of the office that can act; once it is overdue, into that of its superior too. A
 * deadline that has closed meanwhile, and a reminder that is there already, are left as they are.
 */
export function sendReminder(deps: {
  transact: Transact<Tx>
  now: () => Date
  onSent?: (sent: { count: number; late: boolean; rung: string }) => void
}) {
  return async (due: DueReminder): Promise<void> => {
    const now = deps.now()
    const count = await deps.transact(systemActor(due.countyId), tx =>
      reminderStore.send(tx, due, due.rung === 'OVERDUE', now),
    )
    if (count > 0) deps.onSent?.({ count, late: isLate(due, now.getTime()), rung: due.rung })
  }
}
