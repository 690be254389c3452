import type { RemindedUpTo } from '@linghang/rulebook'
import type { Client } from '@temporalio/client'
import type { TimedWatch } from '../plan/timed-watch.ts'
import { watchChanged } from './keep-watch.ts'
import type { WaitingWatch } from './store.ts'
import type { WatchType } from './subject.ts'

export type Hours = {
  /** Minutes after midnight, Asia/Shanghai, from which a day counts for reminders. */
  opensAtMinute: number
  /** How many minutes before that cases begin to write theirs. */
  aheadMinutes: number
}

/** The workflow that keeps the time of a kind of watch: started where it does not run, else told what has changed. */
export type Keeper = { workflow: string; take(client: Client, watch: WaitingWatch, hours: Hours): Promise<unknown> }
/** Which workflow keeps what; whoever brings a kind of watch brings its keeper. */
export type Keepers = Readonly<Record<WatchType, Keeper>>

/** One queue for every workflow of this service. */
export const taskQueue = 'deadlines'

/** How every workflow is started: what has ended may begin again, handed in anew. */
export const always = { taskQueue, workflowIdReusePolicy: 'ALLOW_DUPLICATE' } as const

/** @param workflow keeps a `TimedWatch` by `keepWatch` */
export const keeperOf = (
  workflow: (start: TimedWatch, remindedUpTo?: RemindedUpTo) => Promise<void>,
  workflowIdOf: (id: string) => string,
): Keeper => ({
  workflow: workflow.name,
  take(client, waiting, hours) {
    const { id, subjectId, countyId, version, state, stage, round, announcedOn, deadlines, ladders } = waiting
    const watch: TimedWatch = {
      ...{ id, subjectId, countyId, version, state, stage, round, announcedOn, deadlines, ladders },
      ...hours,
    }
    return client.workflow.signalWithStart(workflow, {
      ...always,
      workflowId: workflowIdOf(id),
      args: [watch],
      signal: watchChanged,
      signalArgs: [watch],
    })
  },
})
