import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { addDays } from '@linghang/rulebook'
import { TestWorkflowEnvironment } from '@temporalio/testing'
import { DefaultLogger, Runtime } from '@temporalio/worker'
import { until } from '../../../tests/harness/until.ts'
import { approvalWorkflowId } from '../src/approvals/watch.ts'
import { approval } from '../src/approvals/workflow.ts'
import { watchChanged, watching } from '../src/timekeeping/keep-watch.ts'
import { reminderDay } from '../src/timekeeping/plan.ts'
import type { TimedWatch } from '../src/timekeeping/watch.ts'
import { dayMs, latest, type Sent, watchOf, withWorker } from './living.ts'

let env: TestWorkflowEnvironment
beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') })
  env = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: process.env.TEST_TEMPORAL_SERVER as string } },
  })
}, 60_000)
afterAll(() => env.teardown())

const today = async () => reminderDay(await env.currentTimeMs())
const start = async (taskQueue: string, watch: TimedWatch) => {
  const handle = await env.client.workflow.start(approval, {
    ...{ workflowId: approvalWorkflowId(watch.id), taskQueue, args: [watch] as [TimedWatch] },
  })
  await handle.query(watching)
  return handle
}
const pointsOf = (sent: Sent[]) => sent.map(({ rung, week, round }) => `${round}: ${rung}/${week}`)

describe('S0-14 approval', () => {
  test('S0-14 climbs to the week ahead, falls overdue, comes back weekly, and ends when it is decided', async () => {
    await withWorker(env, async (taskQueue, sent) => {
      const announcedOn = await today()
      const dueOn = addDays(announcedOn, 30)
      const watch = watchOf([latest('APPROVAL_DUE', dueOn)], { announcedOn })
      const handle = await start(taskQueue, watch)
      await env.sleep(20 * dayMs)
      // The month ahead is the day on which it was handed in, and that was said then.
      expect(pointsOf(sent).filter(point => !point.includes('MONTH'))).toEqual([])
      await env.sleep(26 * dayMs)
      expect(pointsOf(sent).slice(-4)).toEqual(['1: WEEK_AHEAD/0', '1: OVERDUE/0', '1: OVERDUE/1', '1: OVERDUE/2'])
      await handle.signal(watchChanged, { ...watch, version: 2, state: 'ENDED', deadlines: [] })
      await handle.result()
      const count = sent.length
      await env.sleep(30 * dayMs)
      expect(sent).toHaveLength(count)
    })
  })

  test('S0-14 handed in inside its last week it says nothing more until it is overdue', async () => {
    await withWorker(env, async (taskQueue, sent) => {
      const announcedOn = await today()
      const watch = watchOf([latest('APPROVAL_DUE', addDays(announcedOn, 5))], { announcedOn })
      const handle = await start(taskQueue, watch)
      await env.sleep(5 * dayMs)
      expect(sent).toEqual([])
      await env.sleep(2 * dayMs)
      expect(pointsOf(sent)).toEqual(['1: OVERDUE/0'])
      await handle.terminate()
    })
  })

  test('S0-14 handed in again with the same due date it is reminded of anew, in its second round', async () => {
    await withWorker(env, async (taskQueue, sent) => {
      const announcedOn = await today()
      const dueOn = addDays(announcedOn, 10)
      const watch = watchOf([latest('APPROVAL_DUE', dueOn)], { announcedOn })
      const first = await start(taskQueue, watch)
      await env.sleep(4 * dayMs)
      await first.signal(watchChanged, { ...watch, version: 2, state: 'ENDED', deadlines: [] })
      // Asking for the result would let time run on to the next timer.
      await until(async () => (await first.describe()).status.name === 'COMPLETED')
      const again = { ...watch, version: 3, round: 2, announcedOn: await today() }
      const second = await start(taskQueue, again)
      await env.sleep(8 * dayMs)
      await until(() => sent.length >= 2, 10_000, 'the second reminder')
      expect(pointsOf(sent)).toEqual(['1: WEEK_AHEAD/0', '2: OVERDUE/0'])
      await second.terminate()
    })
  })
})
