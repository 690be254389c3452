import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { temporalTestServerPath } from '@linghang/devstack'
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js'
import { TestWorkflowEnvironment } from '@temporalio/testing'
import { Worker } from '@temporalio/worker'
import { approval } from '../src/approvals/workflow.ts'
import { workflowBundle } from '../src/bundle.ts'
import { developmentCase } from '../src/processes/development/workflow.ts'
import type { DueReminder, TimedWatch } from '../src/time/plan/timed-watch.ts'
import { watchChanged, watching } from '../src/time/watch/keep-watch.ts'
import { dayMs, earliest, latest, watchOf } from './living.ts'

/**
 * Records a history of each path of the released workflows: `npm run histories:record`. A history that is there is not
 * overwritten, and its path is not lived again: workflows that run by it may be alive for years, and the code must go
 * on replaying it. Those of `deadlineWatch` were recorded when it was released; it takes no new paths.
 */
const folderOf = (room: string) => fileURLToPath(new URL(`../src/${room}/histories/`, import.meta.url))
const env = await TestWorkflowEnvironment.createTimeSkipping({
  server: { executable: { type: 'existing-path', path: await temporalTestServerPath() } },
})
const taskQueue = 'record'
const worker = await Worker.create({
  connection: env.nativeConnection,
  taskQueue,
  workflowBundle: { codePath: await workflowBundle() },
  activities: { remind: async (_: DueReminder): Promise<void> => undefined },
})
const day = async (days: number) => new Date((await env.currentTimeMs()) + days * dayMs).toISOString().slice(0, 10)

type Live = (tell: (next: Partial<TimedWatch>) => Promise<void>) => Promise<void>

/** Lives a path and keeps the history of its first run and, where there is another, of its last. */
async function record(
  room: 'processes/development' | 'approvals',
  name: string,
  first: TimedWatch,
  live: Live,
): Promise<void> {
  if (existsSync(`${folderOf(room)}${name}.json`)) return
  mkdirSync(folderOf(room), { recursive: true })
  const workflow = room === 'processes/development' ? developmentCase : approval
  const handle = await env.client.workflow.start(workflow, { workflowId: name, taskQueue, args: [first] })
  await handle.query(watching)
  let version = first.version
  await live(next => handle.signal(watchChanged, { ...first, ...next, version: ++version }))
  const last = (await handle.describe()).runId
  for (const [suffix, runId] of [
    ['', handle.firstExecutionRunId],
    ['-last', last === handle.firstExecutionRunId ? undefined : last],
  ] as const) {
    if (runId === undefined) continue
    const history = await env.client.workflow.getHandle(name, runId).fetchHistory()
    const text = JSON.stringify(JSON.parse(historyToJSON(history)), null, 1)
    writeFileSync(`${folderOf(room)}${name}${suffix}.json`, `${text}\n`, { flag: 'wx' })
  }
}

// Ids are fixed, so that a history that is recorded anew differs in what matters.
const known = (deadlines: TimedWatch['deadlines'], more: Partial<TimedWatch> = {}): TimedWatch =>
  watchOf(deadlines, {
    id: '01900000-0000-7000-8000-000000000001',
    subjectId: '01900000-0000-7000-8000-000000000002',
    countyId: '01900000-0000-7000-8000-000000000000',
    ...more,
  })

await worker.runUntil(async () => {
  await record(
    'processes/development',
    'probation-climbs-the-ladder',
    known([latest('PROBATION_ENDS', await day(200))]),
    () => env.sleep(230 * dayMs),
  )
  await record(
    'processes/development',
    'stage-changes-then-archived',
    known([latest('APPLICANT_TALK', await day(20))]),
    async tell => {
      await env.sleep(30 * dayMs)
      const dates = [latest('HALF_YEARLY_REVIEW', await day(40)), earliest('ACTIVIST_ONE_YEAR', await day(60))]
      await tell({ stage: 'ACTIVIST', deadlines: dates, ladders: known(dates).ladders })
      await env.sleep(90 * dayMs)
      await tell({ stage: 'ACTIVIST', state: 'ENDED', deadlines: [] })
      await env.sleep(1_000)
    },
  )
  await record('processes/development', 'nothing-due-then-a-date', known([]), async tell => {
    await env.sleep(10 * dayMs)
    const dates = [latest('OATH', await day(5))]
    await tell({ deadlines: dates, ladders: known(dates).ladders })
    await env.sleep(10 * dayMs)
  })
  const announcedOn = await day(0)
  const asked = known([latest('APPROVAL_DUE', await day(30))], { announcedOn })
  await record('approvals', 'overdue-then-decided', asked, async tell => {
    await env.sleep(50 * dayMs)
    await tell({ state: 'ENDED', deadlines: [] })
    await env.sleep(1_000)
  })
  await record(
    'approvals',
    'returned-and-handed-in-again',
    known([latest('APPROVAL_DUE', await day(30))]),
    async tell => {
      await env.sleep(5 * dayMs)
      await tell({ round: 2, announcedOn: await day(0), deadlines: [latest('APPROVAL_DUE', await day(30))] })
      await env.sleep(40 * dayMs)
    },
  )
})
await env.teardown()
