import type { ScheduleClient, ScheduleOptions } from '@temporalio/client'
import { taskQueue } from '../watch/hand-to-workflow.ts'

type Kept = {
  id: string
  workflowType: string
  hour: number
  minute: number
  dayOfMonth?: number
  /** For how long it is made up for after Temporal was away; two days unless told. */
  catchup?: '20 days'
}

/** What is done at an hour of each day, or of one day of each month, Asia/Shanghai, whether or not anybody asks for it. */
const kept = [
  // On the first of a month it makes the month's bills, on other days what is missing since.
  { id: 'dues-bills', workflowType: 'billDues', hour: 0, minute: 10 },
  // Before offices open: what was told yesterday is reminded of no more.
  { id: 'dues-statements', workflowType: 'followDuesStatements', hour: 1, minute: 10 },
  // The payment provider makes the bill of a day at ten the next morning.
  { id: 'dues-reconciliation', workflowType: 'reconcileDues', hour: 10, minute: 15 },
  // The month before is over and told by then; it is in inboxes when offices open. It may be made up for while its month lasts.
  { id: 'monthly-reports', workflowType: 'reportMonth', hour: 2, minute: 10, dayOfMonth: 5, catchup: '20 days' },
] as const satisfies readonly Kept[]

export const scheduleIds = kept.map(({ id }) => id)

const optionsOf = ({ id, workflowType, hour, minute, dayOfMonth, catchup }: Kept) =>
  ({
    scheduleId: id,
    spec: {
      calendars: [{ hour, minute, ...(dayOfMonth === undefined ? {} : { dayOfMonth }) }],
      timezone: 'Asia/Shanghai',
    },
    action: { type: 'startWorkflow', workflowType, workflowId: id, taskQueue, args: [] },
    // One that is still at work is not disturbed; what was missed while Temporal was away is made up for once.
    policies: { overlap: 'BUFFER_ONE', catchupWindow: catchup ?? '2 days' },
  }) satisfies ScheduleOptions

/** Sees to it that Temporal keeps these schedules as they are said here; several workers may do so at once. */
export async function keepSchedules(schedules: ScheduleClient): Promise<void> {
  for (const one of kept) {
    const { scheduleId, ...options } = optionsOf(one)
    try {
      await schedules.create({ scheduleId, ...options })
    } catch (error) {
      if ((error as Error).name !== 'ScheduleAlreadyRunning') throw error
      await schedules.getHandle(scheduleId).update(kept => ({ ...options, state: kept.state }))
    }
  }
}
