import { type Perform, systemActor } from '@linghang/access'
import { delaySeconds, isLate, shownFromMs } from '../time/plan/plan.ts'
import type { DueReminder } from '../time/plan/watch.ts'
import type { Work } from '../work.ts'
import { createCoalescer } from './coalesce.ts'
import { reminderStore } from './store.ts'

/**
 * Puts reminders into the inbox of the office that can act; once overdue, into that of its superior too. A deadline
 * that has closed meanwhile, and a reminder that is there already, are left as they are. Those of one county that are
 * due at one moment are written together. Written before offices open, they are in the inbox when offices do.
 * @param deps.together how long one waits for others, and how many at most share a transaction (1: each its own)
 */
export function sendReminder(deps: {
  perform: Perform<Pick<Work, 'tx' | 'now'>>
  together: { lingerMs: number; atMost: number }
  onSent?: (sent: { count: number; late: boolean; rung: string; delaySeconds: number }) => void
}) {
  const write = async (countyId: string, dues: readonly DueReminder[]): Promise<void> => {
    const { nowMs, sent } = await deps.perform(systemActor(countyId), async ({ tx, now }) => {
      const prepared = dues.map(due => ({ ...due, shownFrom: new Date(shownFromMs(due, now.getTime())) }))
      return { nowMs: now.getTime(), sent: await reminderStore.send(tx, prepared) }
    })
    for (const { n, rung, knownMs } of sent) {
      const due = dues[n] as DueReminder
      deps.onSent?.({
        count: 1,
        late: isLate(due, nowMs, knownMs),
        rung,
        delaySeconds: delaySeconds(due, nowMs, knownMs),
      })
    }
  }
  const together = createCoalescer<DueReminder>({ ...deps.together, groupOf: due => due.countyId, write })
  return (due: DueReminder): Promise<void> => (deps.together.atMost > 1 ? together(due) : write(due.countyId, [due]))
}
