import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { Worker } from '@temporalio/worker'
import { noSpans } from './living.ts'

const scheduled = ['dues-bills', 'dues-reconciliation', 'dues-statements', 'monthly-reports'].map(
  name => `processes/${name}`,
)
const folders = ['time/watch', ...scheduled].map(place =>
  fileURLToPath(new URL(`../src/${place}/histories/`, import.meta.url)),
)
const files = new Map(
  folders.flatMap(folder =>
    readdirSync(folder).flatMap(file => (file.endsWith('.json') ? [[file, `${folder}${file}`] as const] : [])),
  ),
)
const histories = [...files.keys()]
const read = (file: string) => JSON.parse(readFileSync(files.get(file) as string, 'utf8'))
const replay = (history: unknown) =>
  Worker.runReplayHistory(
    { workflowBundle: { codePath: process.env.TEST_WORKFLOW_BUNDLE as string }, sinks: noSpans },
    history,
  )

describe('recorded histories', () => {
  test.each([
    ['term', 3],
    ['case', 4],
    ['approval', 2],
    ['asleep', 1],
    ['two-counties', 1],
    ['reports', 1],
    ['reconciliation', 1],
    ['statements', 1],
  ])('platform there are recorded histories of %s to replay', (of, atLeast) => {
    expect(histories.filter(file => file.startsWith(`${of}-`)).length).toBeGreaterThanOrEqual(atLeast)
  })

  test.each(histories)('S0-38 a workflow that began under the recorded code goes on under this one: %s', async file => {
    await replay(read(file))
  })

  test('platform a history that this code would not have made is refused', async () => {
    const history = read('case-probation-climbs-the-ladder.json')
    const timer = history.events.find((event: { eventType: string }) => event.eventType === 'EVENT_TYPE_TIMER_STARTED')
    timer.eventType = 'EVENT_TYPE_ACTIVITY_TASK_SCHEDULED'
    timer.activityTaskScheduledEventAttributes = { activityId: '1', activityType: { name: 'other' } }
    delete timer.timerStartedEventAttributes
    await expect(replay(history)).rejects.toThrow()
  })
})
