import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { temporalTestServerPath } from '@linghang/devstack'
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js'
import { TestWorkflowEnvironment } from '@temporalio/testing'
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker'
import type { DueReminder, Watch } from '../src/deadlines/watch.ts'
import { deadlineWatch, watchChanged, watching } from '../src/deadlines/workflow.ts'

/**
 * Records a history of each path of the released workflow: `npm run histories:record`. A history that is there is not
 * overwritten: workflows that run by it may be alive for years, and the code must go on replaying it.
 */
const folder = fileURLToPath(new URL('../src/deadlines/histories/', import.meta.url))
const dayMs = 86_400_000
Runtime.install({ logger: new DefaultLogger('ERROR') })
const env = await TestWorkflowEnvironment.createTimeSkipping({
  server: { executable: { type: 'existing-path', path: await temporalTestServerPath() } },
})

const taskQueue = 'record'
const worker = await Worker.create({
  connection: env.nativeConnection,
  taskQueue,
  workflowsPath: fileURLToPath(new URL('../src/deadlines/workflow.ts', import.meta.url)),
  activities: { remind: async (_: DueReminder): Promise<void> => undefined },
})
const day = async (days: number) => new Date((await env.currentTimeMs()) + days * dayMs).toISOString().slice(0, 10)
const watchOf = (name: string, deadlines: Watch['deadlines']): Watch => ({
  subjectId: `01900000-0000-7000-8000-0000000000${name.length}`,
  subjectType: 'MEMBER',
  countyId: '01900000-0000-7000-8000-000000000000',
  version: 1,
  deadlines,
})

async function record(
  name: string,
  first: Watch,
  live: (signal: (next: Partial<Watch>) => Promise<void>) => Promise<'OPEN' | 'ENDED'>,
): Promise<void> {
  const handle = await env.client.workflow.start(deadlineWatch, { workflowId: name, taskQueue, args: [first] })
  await handle.query(watching)
  let version = 1
  const ended = await live(next => handle.signal(watchChanged, { ...first, ...next, version: ++version }))
  if (ended === 'ENDED') await handle.result()
  writeFileSync(
    `${folder}${name}.json`,
    `${JSON.stringify(JSON.parse(historyToJSON(await handle.fetchHistory())), null, 1)}\n`,
    { flag: 'wx' },
  )
}

mkdirSync(folder, { recursive: true })
await worker.runUntil(async () => {
  const term = await day(400)
  await record(
    'term-climbs-the-ladder',
    watchOf('term', [{ rule: 'TERM_ENDS', dueOn: term, nature: 'LATEST' }]),
    async () => {
      await env.sleep(410 * dayMs)
      return 'OPEN'
    },
  )
  const probation = await day(300)
  const moved = await day(330)
  await record(
    'date-moves-then-person-leaves',
    watchOf('probation', [{ rule: 'PROBATION_ENDS', dueOn: probation, nature: 'LATEST' }]),
    async signal => {
      await env.sleep(150 * dayMs)
      await signal({ deadlines: [{ rule: 'PROBATION_ENDS', dueOn: moved, nature: 'LATEST' }] })
      await env.sleep(150 * dayMs)
      await signal({ deadlines: [] })
      return 'ENDED'
    },
  )
  await record(
    'overdue-from-the-start',
    watchOf('talk', [{ rule: 'APPLICANT_TALK', dueOn: await day(-60), nature: 'LATEST' }]),
    async () => {
      await env.sleep(3 * dayMs)
      return 'OPEN'
    },
  )
})
await env.teardown()
