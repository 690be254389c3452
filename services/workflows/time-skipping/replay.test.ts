import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker'

const rooms = ['processes/term-of-office', 'processes/development', 'approvals']
const folderOf = (room: string) => fileURLToPath(new URL(`../src/${room}/histories/`, import.meta.url))
const histories = rooms.flatMap(room =>
  readdirSync(folderOf(room)).flatMap(file => (file.endsWith('.json') ? [[room, file] as const] : [])),
)
Runtime.install({ logger: new DefaultLogger('ERROR') })
const read = (room: string, file: string) => JSON.parse(readFileSync(`${folderOf(room)}${file}`, 'utf8'))
const replay = (history: unknown) =>
  Worker.runReplayHistory({ workflowBundle: { codePath: process.env.TEST_WORKFLOW_BUNDLE as string } }, history)

describe('recorded histories', () => {
  test.each([
    ['processes/term-of-office', 3],
    ['processes/development', 4],
    ['approvals', 2],
  ])('platform there are recorded histories of %s to replay', (room, atLeast) => {
    expect(histories.filter(([of]) => of === room).length).toBeGreaterThanOrEqual(atLeast)
  })

  test.each(histories)(
    'S0-38 a workflow that began under the released code goes on under this one: %s %s',
    async (room, file) => {
      await replay(read(room, file))
    },
  )

  test('platform a history that this code would not have made is refused', async () => {
    const history = read('processes/development', 'probation-climbs-the-ladder.json')
    const timer = history.events.find((event: { eventType: string }) => event.eventType === 'EVENT_TYPE_TIMER_STARTED')
    timer.eventType = 'EVENT_TYPE_ACTIVITY_TASK_SCHEDULED'
    timer.activityTaskScheduledEventAttributes = { activityId: '1', activityType: { name: 'other' } }
    delete timer.timerStartedEventAttributes
    await expect(replay(history)).rejects.toThrow()
  })
})
