import type { RemindedUpTo } from '@linghang/rulebook'
import type { Client } from '@temporalio/client'
import { firstReminderMs } from '../plan/plan.ts'
import type { TimedWatch } from '../plan/timed-watch.ts'
import { handToWorkflow } from './hand-to-workflow.ts'
import { watchChanged } from './keep-watch.ts'
import type { WaitingWatch } from './store.ts'
import type { WatchType } from './subject.ts'

export type Hours = {
  /** Minutes after midnight, Asia/Shanghai, from which a day counts for reminders. */
  opensAtMinute: number
  /** How many minutes before that cases begin to write theirs. */
  aheadMinutes: number
}

/**
 * The workflow that keeps the time of a kind of watch: begun where it does not run, else told what has changed.
 * `take` returns until when it sleeps at most; null: it is awake, or there is none.
 */
export type Keeper = {
  workflow: string
  take(client: Client, watch: WaitingWatch, hours: Hours, nowMs: number): Promise<number | null>
}
/** Which workflow keeps what; whoever brings a kind of watch brings its keeper. */
export type Keepers = Readonly<Record<WatchType, Keeper>>

/** @param workflow keeps a `TimedWatch` by `keepWatch` */
export const keeperOf = (
  workflow: (start: TimedWatch, remindedUpTo?: RemindedUpTo) => Promise<void>,
  workflowIdOf: (id: string) => string,
): Keeper => ({
  workflow: workflow.name,
  take(client, waiting, hours, nowMs) {
    const { id, subjectId, countyId, version, state, stage, round, announcedOn, deadlines, ladders } = waiting
    const watch: TimedWatch = {
      ...{ id, subjectId, countyId, version, state, stage, round, announcedOn, deadlines, ladders },
      ...hours,
    }
    return handToWorkflow(client, {
      ...{ workflow, watch, nowMs, changed: watchChanged, workflowId: workflowIdOf(id), isOpen: state === 'OPEN' },
      firstAtMs: firstReminderMs(watch, nowMs),
      sleepsUntilMs: waiting.sleepsUntil?.getTime() ?? null,
    })
  },
})
