import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { startTemporal, type TemporalServer } from '@linghang/devstack'
import { until } from '@linghang/harness/until'
import { addDays } from '@linghang/rulebook'
import { workflowIdOf } from '@linghang/temporal/workflow-id'
import { Client, Connection } from '@temporalio/client'
import { NativeConnection, Worker } from '@temporalio/worker'
import { firstReminderMs } from '../src/time/plan/plan.ts'
import type { DueReminder, Watch } from '../src/time/plan/watch.ts'
import { handToWorkflow, taskQueue } from '../src/time/watch/hand-to-workflow.ts'
import { latest, noSpans, watchOf } from './living.ts'

/** Against Temporal itself: the server that skips time ends a delay at any signal. */
const stateDir = mkdtempSync(join(tmpdir(), 'linghang-asleep-'))
const kind = 'DEVELOPMENT'
let temporal: TemporalServer
let connection: Connection
let client: Client
beforeAll(async () => {
  temporal = await startTemporal({ stateDir, namespace: 'asleep', report: () => undefined })
  connection = await Connection.connect({ address: temporal.address })
  client = new Client({ connection, namespace: 'asleep' })
})
afterAll(async () => {
  await connection?.close()
  await temporal?.stop()
  rmSync(stateDir, { recursive: true, force: true })
})

const hand = (watch: Watch, sleepsUntilMs?: number | null) =>
  handToWorkflow(client, {
    ...{ kind, watch, nowMs: Date.now() },
    known: sleepsUntilMs === undefined ? null : { sleepsUntilMs },
  })
const inDays = (days: number) => addDays(new Date().toISOString().slice(0, 10), days)
const eventsOf = async ({ id }: Watch) =>
  ((await client.workflow.getHandle(workflowIdOf(kind, id)).fetchHistory()).events ?? []).map(event => {
    if (event.workflowTaskScheduledEventAttributes) return 'task'
    if (event.workflowExecutionSignaledEventAttributes) return 'signal'
    return event.timerStartedEventAttributes ? 'timer' : ''
  })
const due = (days: number, more: Partial<Watch> = {}) => watchOf([latest('OATH', inDays(days))], more)

test('S0-38 a watch that is begun asleep, moved away and left without a date gets no task; one that comes nearer, or ends, does', async () => {
  const watch = due(100)
  const sleepsUntilMs = await hand(watch)
  expect(await eventsOf(watch)).toEqual([''])
  expect(await hand(due(200, { id: watch.id, version: 2 }), sleepsUntilMs)).toBe(sleepsUntilMs)
  expect(await hand(watchOf([], { id: watch.id, version: 3 }), sleepsUntilMs)).toBe(sleepsUntilMs)
  expect(await eventsOf(watch)).toEqual(['', 'signal', 'signal'])
  await hand(due(50, { id: watch.id, version: 4 }), sleepsUntilMs)
  expect(await eventsOf(watch)).toEqual(['', 'signal', 'signal', 'signal', 'task'])
  const other = due(100)
  await hand({ ...other, version: 2, state: 'ENDED', deadlines: [] }, await hand(other))
  expect(await eventsOf(other)).toEqual(['', 'signal', 'task'])
})

test('S0-38 handed over twice, because a worker was killed in between, there is one workflow, awake', async () => {
  const watch = due(100)
  await hand(watch)
  await hand(watch)
  expect(await eventsOf(watch)).toEqual(['', 'signal', 'task'])
})

test.each([[undefined], [null]])('S0-38 an end of which there is no workflow begins none (known: %s)', async known => {
  const watch = due(100, { state: 'ENDED', deadlines: [] })
  expect(await hand(watch, known)).toBeNull()
  await expect(eventsOf(watch)).rejects.toThrow('not found')
})

test('S0-38 what ended before anybody noted that its workflow sleeps is woken to end', async () => {
  const watch = due(100)
  await hand(watch)
  await hand({ ...watch, version: 2, state: 'ENDED', deadlines: [] })
  expect((await eventsOf(watch)).at(-1)).toBe('task')
})

test('S0-38 handed in again after its end, a workflow begins asleep again', async () => {
  const watch = due(100)
  await hand(watch)
  await client.workflow.getHandle(workflowIdOf(kind, watch.id)).terminate()
  await hand(due(100, { id: watch.id, version: 2, round: 2 }), null)
  expect(await eventsOf(watch)).toEqual(['', 'signal'])
})

/**
 * A watch whose own moment lies three to ten seconds ahead, between a minute and six seconds before a full minute at
 * which offices open: that is how far ahead a watch writes, by its id.
 */
function dueSoon(nowMs: number): Watch {
  const opensMs = Math.ceil((nowMs + 9_000) / 60_000) * 60_000
  const atMs = Math.max(nowMs + 3_000, opensMs - 59_000)
  const tail = Math.floor((((opensMs - atMs) / 60_000 - 0.1) / 0.9) * 2 ** 32)
  const opens = new Date(opensMs + 8 * 3_600_000)
  return watchOf([latest('OATH', addDays(opens.toISOString().slice(0, 10), 7))], {
    ...{ id: `01990000-0000-7000-8000-0000${tail.toString(16).padStart(8, '0')}`, aheadMinutes: 1 },
    opensAtMinute: opens.getUTCHours() * 60 + opens.getUTCMinutes(),
  })
}

test('S0-38 in whatever second it is made, the moment of a watch that is due soon lies a few seconds ahead', () => {
  const minuteMs = Date.parse('2027-03-03T01:00:00Z')
  const ahead = Array.from({ length: 600 }, (_, tenth) => {
    const nowMs = minuteMs + tenth * 100
    return (firstReminderMs(dueSoon(nowMs), nowMs) as number) - nowMs
  })
  expect(Math.min(...ahead)).toBeGreaterThan(2_990)
  expect(Math.max(...ahead)).toBeLessThanOrEqual(10_000)
})

test('S0-38 a moment that passes while no worker is there is reminded of once, when one has come', async () => {
  const nowMs = Date.now()
  const watch = dueSoon(nowMs)
  const firstAtMs = firstReminderMs(watch, nowMs) as number
  expect(await hand(watch)).toBe(firstAtMs)
  await until(async () => (await eventsOf(watch)).includes('task'), 20_000, 'its first task')
  expect(Date.now()).toBeGreaterThanOrEqual(firstAtMs)
  const sent: DueReminder[] = []
  const nativeConnection = await NativeConnection.connect({ address: temporal.address })
  const worker = await Worker.create({
    ...{ connection: nativeConnection, namespace: 'asleep', taskQueue, sinks: noSpans },
    workflowBundle: { codePath: process.env.TEST_WORKFLOW_BUNDLE as string },
    activities: { remind: async (reminder: DueReminder): Promise<void> => void sent.push(reminder) },
  })
  // What it had to say it has said when it waits for the next rung.
  await worker.runUntil(() => until(async () => (await eventsOf(watch)).includes('timer'), 20_000, 'it waits again'))
  await nativeConnection.close()
  expect(sent.filter(({ subjectId }) => subjectId === watch.subjectId).map(({ rung }) => rung)).toEqual(['WEEK_AHEAD'])
})
