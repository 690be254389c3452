import { randomUUID } from 'node:crypto'
import { caseLadders, type DeadlineRule, ladderOf } from '@linghang/rulebook'
import type { TestWorkflowEnvironment } from '@temporalio/testing'
import { Worker } from '@temporalio/worker'
import { nineOClock, shownFromMs } from '../src/timekeeping/plan.ts'
import type { DueReminder, TimedWatch, WatchedDate } from '../src/timekeeping/watch.ts'

export const dayMs = 86_400_000

/** `writtenAt`, and from when it is in the inbox: the server's moments. */
export type Sent = DueReminder & { writtenAt: string; on: string }

/** Runs a scenario with a worker of its own; `sent` grows as reminders go out, each with the server's moments. */
export async function withWorker<T>(
  env: TestWorkflowEnvironment,
  scenario: (taskQueue: string, sent: Sent[]) => Promise<T>,
): Promise<T> {
  const taskQueue = randomUUID()
  const sent: Sent[] = []
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
  return worker.runUntil(() => scenario(taskQueue, sent))
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
