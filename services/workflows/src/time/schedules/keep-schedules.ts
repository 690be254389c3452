import type { ScheduleClient, ScheduleOptions } from '@temporalio/client'
import { taskQueue } from '../watch/hand-to-workflow.ts'

/** What is done at an hour of each day, Asia/Shanghai, whether or not anybody asks for it. */
const daily = [
  // On the first of a month it makes the month's bills, on other days what is missing since.
  { id: 'dues-bills', workflowType: 'billDues', hour: 0, minute: 10 },
  // Before offices open: what was told yesterday is reminded of no more.
  { id: 'dues-statements', workflowType: 'followDuesStatements', hour: 1, minute: 10 },
  // The payment provider makes the bill of a day at ten the next morning.
  { id: 'dues-reconciliation', workflowType: 'reconcileDues', hour: 10, minute: 15 },
] as const

export const scheduleIds = daily.map(({ id }) => id)

const optionsOf = ({ id, workflowType, hour, minute }: (typeof daily)[number]) =>
  ({
    scheduleId: id,
    spec: { calendars: [{ hour, minute }], timezone: 'Asia/Shanghai' },
    action: { type: 'startWorkflow', workflowType, workflowId: id, taskQueue, args: [] },
    // One that is still at work is not disturbed; what was missed while Temporal was away is made up for once.
    policies: { overlap: 'BUFFER_ONE', catchupWindow: '2 days' },
  }) satisfies ScheduleOptions

/** Sees to it that Temporal keeps these schedules as they are said here; several workers may do so at once. */
export async function keepSchedules(schedules: ScheduleClient): Promise<void> {
  for (const one of daily) {
    const { scheduleId, ...options } = optionsOf(one)
    try {
      await schedules.create({ scheduleId, ...options })
    } catch (error) {
      if ((error as Error).name !== 'ScheduleAlreadyRunning') throw error
      await schedules.getHandle(scheduleId).update(kept => ({ ...options, state: kept.state }))
    }
  }
}
