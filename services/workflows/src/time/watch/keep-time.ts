import { allHandlersFinished, condition, proxyLocalActivities } from '@temporalio/workflow'
import type { DueReminder } from '../plan/timed-watch.ts'

/** What workflows that keep time may do to the world; the worker says how it is done. */
export type Activities = { remind(due: DueReminder): Promise<void> }

// A reminder is not given up while its database is away: tried for a month, then the workflow fails visibly.
export const { remind } = proxyLocalActivities<Activities>({
  startToCloseTimeout: '10 seconds',
  scheduleToCloseTimeout: '30 days',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
})

/** What one kind of workflow brings to the keeping of time. */
export type Timekeeping<Due> = {
  /** Whether there is still anything to wait for. */
  isOpen: () => boolean
  /** Purely what is due now, and in how many milliseconds to look again (null: not before something changes). */
  plan: (nowMs: number) => { remindNow: Due[]; waitMs: number | null }
  remindOf: (due: Due) => Promise<void>
  /** True once news has come since `plan` was asked; asking `takeNote` makes it false again. */
  hasNews: () => boolean
  takeNote: () => void
  isToBeRenewed: () => boolean
  /** Goes on as a new run with an empty history. */
  renew: () => Promise<never>
}

/** The one loop by which workflows keep time: remind of what is due, sleep until the next, look again on news. */
export async function keepTime<Due>(kept: Timekeeping<Due>): Promise<void> {
  while (kept.isOpen()) {
    kept.takeNote()
    const { remindNow, waitMs } = kept.plan(Date.now())
    for (const due of remindNow) await kept.remindOf(due)
    if (waitMs === null) await condition(kept.hasNews)
    else if (waitMs > 0) await condition(kept.hasNews, waitMs)
    if (kept.isToBeRenewed()) {
      await condition(allHandlersFinished)
      await kept.renew()
    }
  }
}
