import { randomUUID } from 'node:crypto'
import { addDays, caseLadders, type DeadlineRule, ladderOf } from '@linghang/rulebook'
import { TestWorkflowEnvironment } from '@temporalio/testing'
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker'
import { nineOClock, reminderDay } from '../src/time/calendar/office-hours.ts'
import { shownFromMs } from '../src/time/plan/plan.ts'
import type { DueReminder, TimedWatch, WatchedDate } from '../src/time/plan/timed-watch.ts'
import { taskQueue } from '../src/time/watch/hand-to-workflow.ts'

Runtime.install({ logger: new DefaultLogger('ERROR') })

export const dayMs = 86_400_000

/** `writtenAt`, and from when it is in the inbox: the server's moments. */
export type Sent = DueReminder & { writtenAt: string; on: string }

/** What a scenario is lived with: a time-skipping server and a worker of its own; `sent` grows as reminders go out. */
export type Living = {
  env: TestWorkflowEnvironment
  taskQueue: string
  sent: Sent[]
  /** The day that counts for reminders. */
  today: () => Promise<string>
  /** Sleeps to a time of day, hh:mm in Asia/Shanghai; ten in the morning unless told otherwise. */
  sleepTo: (day: string, time?: string) => Promise<void>
  /** Runs with a worker there, and without one before and after. */
  working: <T>(run: () => Promise<T>) => Promise<T>
}

/**
 * Lives a scenario that begins at ten in the morning, whatever time it is here, on a server of its own: another's timers
 * can neither move its clock nor hold it.
 */
export const live = <T>(scenario: (living: Living) => Promise<T>): Promise<T> =>
  liveWithoutWorker(living => living.working(() => scenario(living)))

/** The same, where the scenario says while `working` when there is a worker. */
export async function liveWithoutWorker<T>(scenario: (living: Living) => Promise<T>): Promise<T> {
  const env = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: process.env.TEST_TEMPORAL_SERVER as string } },
  })
  try {
    const today = async () => reminderDay(await env.currentTimeMs())
    const sleepTo = async (day: string, time = '10:00') =>
      env.sleep(Math.round(Date.parse(`${day}T${time}:00+08:00`) - (await env.currentTimeMs())))
    await sleepTo(addDays(await today(), 2))
    const sent: Sent[] = []
    const working = async <R>(run: () => Promise<R>): Promise<R> => {
      const worker = await Worker.create({
        connection: env.nativeConnection,
        taskQueue,
        workflowBundle: { codePath: process.env.TEST_WORKFLOW_BUNDLE as string },
        activities: {
          async remind(due: DueReminder): Promise<void> {
            const nowMs = await env.currentTimeMs()
            const on = new Date(shownFromMs(due, nowMs)).toISOString()
            sent.push({ ...due, writtenAt: new Date(nowMs).toISOString(), on })
          },
        },
      })
      return worker.runUntil(run)
    }
    return await scenario({ env, taskQueue, sent, today, sleepTo, working })
  } finally {
    await env.teardown()
  }
}

/** A watch as the dispatcher makes one. */
export const watchOf = (deadlines: WatchedDate[], more: Partial<TimedWatch> = {}): TimedWatch => ({
  ...{
    id: randomUUID(),
    subjectId: randomUUID(),
    countyId: randomUUID(),
    version: 1,
    state: 'OPEN',
    stage: 'APPLICATION',
  },
  ...{ round: 1, announcedOn: null, opensAtMinute: nineOClock, aheadMinutes: 60 },
  deadlines,
  ladders: Object.fromEntries(deadlines.map(({ rule, nature }) => [rule, ladderOf({ rule, nature }, caseLadders)])),
  ...more,
})

export const latest = (rule: DeadlineRule, dueOn: string): WatchedDate => ({ rule, dueOn, nature: 'LATEST' })
export const earliest = (rule: DeadlineRule, dueOn: string): WatchedDate => ({ rule, dueOn, nature: 'EARLIEST' })
