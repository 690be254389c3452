import { randomUUID } from 'node:crypto'
import { addDays, caseLadders, type DeadlineRule, ladderOf } from '@linghang/rulebook'
import { TestWorkflowEnvironment } from '@temporalio/testing'
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker'
import { nineOClock, reminderDay } from '../src/time/calendar/office-hours.ts'
import { shownFromMs } from '../src/time/plan/plan.ts'
import type { DueReminder, Watch, WatchedDate } from '../src/time/plan/watch.ts'
import { taskQueue } from '../src/time/watch/hand-to-workflow.ts'

Runtime.install({ logger: new DefaultLogger('ERROR') })

/** Workflows tell of their spans; nobody listens. */
export const noSpans = { exporter: { export: { fn: () => undefined, callDuringReplay: false } } }

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
}

/**
 * Lives a scenario that begins at ten in the morning, whatever time it is here, on a server of its own: another's timers
 * can neither move its clock nor hold it.
 */
export async function live<T>(scenario: (living: Living) => Promise<T>): Promise<T> {
  const env = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: process.env.TEST_TEMPORAL_SERVER as string } },
  })
  try {
    const today = async () => reminderDay(await env.currentTimeMs())
    const sleepTo = async (day: string, time = '10:00') =>
      env.sleep(Math.round(Date.parse(`${day}T${time}:00+08:00`) - (await env.currentTimeMs())))
    await sleepTo(addDays(await today(), 2))
    const sent: Sent[] = []
    const worker = await Worker.create({
      connection: env.nativeConnection,
      taskQueue,
      workflowBundle: { codePath: process.env.TEST_WORKFLOW_BUNDLE as string },
      sinks: noSpans,
      activities: {
        async remind(due: DueReminder): Promise<void> {
          const nowMs = await env.currentTimeMs()
          const on = new Date(shownFromMs(due, nowMs)).toISOString()
          sent.push({ ...due, writtenAt: new Date(nowMs).toISOString(), on })
        },
      },
    })
    return await worker.runUntil(() => scenario({ env, taskQueue, sent, today, sleepTo }))
  } finally {
    await env.teardown()
  }
}

/** A watch as the dispatcher makes one. */
export const watchOf = (deadlines: WatchedDate[], more: Partial<Watch> = {}): Watch => ({
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
  comesBack: true,
  ladders: Object.fromEntries(deadlines.map(({ rule, nature }) => [rule, ladderOf({ rule, nature }, caseLadders)])),
  ...more,
})

export const latest = (rule: DeadlineRule, dueOn: string): WatchedDate => ({ rule, dueOn, nature: 'LATEST' })
export const earliest = (rule: DeadlineRule, dueOn: string): WatchedDate => ({ rule, dueOn, nature: 'EARLIEST' })
