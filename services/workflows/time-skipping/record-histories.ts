import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { temporalTestServerPath } from '@linghang/devstack'
import { defaultLadders } from '@linghang/rulebook'
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js'
import { TestWorkflowEnvironment } from '@temporalio/testing'
import { Worker } from '@temporalio/worker'
import { workflowBundle } from '../src/bundle.ts'
import { billDues } from '../src/processes/dues-bills/bill-dues.ts'
import { reconcileDues } from '../src/processes/dues-reconciliation/reconcile-dues.ts'
import { followDuesStatements } from '../src/processes/dues-statements/follow-statements.ts'
import { reportMonth } from '../src/processes/monthly-reports/report-month.ts'
import type { DueReminder, Watch } from '../src/time/plan/watch.ts'
import { keepWatch, watchChanged, watching } from '../src/time/watch/keep-watch.ts'
import { dayMs, earliest, latest, noSpans, watchOf } from './living.ts'

/**
 * Records a history of each path: `npm run histories:record`. A history that is there is not overwritten, and its path is
 * not lived again: workflows that run by it may be alive for years, and the code must go on replaying it.
 */
const folder = fileURLToPath(new URL('../src/time/watch/histories/', import.meta.url))
const env = await TestWorkflowEnvironment.createTimeSkipping({
  server: { executable: { type: 'existing-path', path: await temporalTestServerPath() } },
})
const taskQueue = 'record'
const worker = await Worker.create({
  connection: env.nativeConnection,
  taskQueue,
  workflowBundle: { codePath: await workflowBundle() },
  sinks: noSpans,
  activities: { remind: async (_: DueReminder): Promise<void> => undefined },
})
const day = async (days: number) => new Date((await env.currentTimeMs()) + days * dayMs).toISOString().slice(0, 10)

type Live = (tell: (next: Partial<Watch>) => Promise<void>) => Promise<void>

/** Without the traces of errors: they name the places of the machine on which it was recorded. */
const textOf = (history: Parameters<typeof historyToJSON>[0]): string =>
  JSON.stringify(
    JSON.parse(historyToJSON(history), (key, value) => (key === 'stackTrace' ? undefined : value)),
    null,
    1,
  )

/**
 * Lives a path and keeps the history of its first run and, where there is another, of its last.
 * @param asleepMs begun with its first task that far ahead
 */
async function record(name: string, first: Watch, live: Live, asleepMs?: number): Promise<void> {
  if (existsSync(`${folder}${name}.json`)) return
  mkdirSync(folder, { recursive: true })
  const handle = await env.client.workflow.start(keepWatch, {
    ...{ workflowId: name, taskQueue, args: [first] as [Watch] },
    ...(asleepMs === undefined ? {} : { startDelay: asleepMs }),
  })
  if (asleepMs === undefined) await handle.query(watching)
  let version = first.version
  await live(next => handle.signal(watchChanged, { ...first, ...next, version: ++version }))
  const last = (await handle.describe()).runId
  for (const [suffix, runId] of [
    ['', handle.firstExecutionRunId],
    ['-last', last === handle.firstExecutionRunId ? undefined : last],
  ] as const) {
    if (runId === undefined) continue
    const history = await env.client.workflow.getHandle(name, runId).fetchHistory()
    const text = textOf(history)
    writeFileSync(`${folder}${name}${suffix}.json`, `${text}\n`, { flag: 'wx' })
  }
}

type Scheduled = typeof billDues | typeof reconcileDues | typeof followDuesStatements | typeof reportMonth

/** Records what a schedule begins, with the service that does it as far as the workflow meets it. */
async function recordScheduled(
  [folder, name]: readonly [string, string],
  workflow: Scheduled,
  activities: Record<string, () => Promise<unknown>>,
  doneBy: 'dues' | 'assessment' = 'dues',
): Promise<void> {
  const place = fileURLToPath(new URL(`../src/processes/${folder}/histories/`, import.meta.url))
  const file = `${place}${name}.json`
  if (existsSync(file)) return
  mkdirSync(place, { recursive: true })
  const service = await Worker.create({ ...{ connection: env.nativeConnection, taskQueue: doneBy }, activities })
  const handle = await service.runUntil(async () => {
    const started = await env.client.workflow.start<Scheduled>(workflow, {
      ...{ workflowId: folder, taskQueue, args: [] },
    })
    await started.result()
    return started
  })
  const text = textOf(await handle.fetchHistory())
  writeFileSync(file, `${text}\n`, { flag: 'wx' })
}

/** What fails so many times and works from then on. */
const failing = <T>(times: number, run: () => Promise<T>) => {
  let left = times
  return async () => {
    if (left-- > 0) throw new Error('out of reach')
    return run()
  }
}

/** A night's bills of two counties, of which one fails at first; a morning of which one day's bill is made at the next turn. */
async function recordSchedules(): Promise<void> {
  await recordScheduled(['dues-bills', 'two-counties-one-again'], billDues, {
    countiesToBill: async () => ['01900000-0000-7000-8000-000000000000', '01900000-0000-7000-8000-000000000001'],
    billCounty: failing(1, async () => ({ members: 1, made: 1, withdrawn: 0, restored: 0, unknown: 0 })),
  })
  await recordScheduled(['dues-reconciliation', 'reconciliation-one-day-at-the-next-turn'], reconcileDues, {
    daysToReconcile: async () => ['2026-11-27', '2026-11-28'],
    reconcileDay: failing(1, async () => ({ committees: 1, newMismatches: 0 })),
  })
  await recordScheduled(['dues-statements', 'statements-two-counties-one-again'], followDuesStatements, {
    countiesToBill: async () => ['01900000-0000-7000-8000-000000000000', '01900000-0000-7000-8000-000000000001'],
    followStatements: failing(1, async () => ({ changed: 1 })),
  })
  const reports = {
    countiesToReport: async () => ['01900000-0000-7000-8000-000000000000', '01900000-0000-7000-8000-000000000001'],
    reportCounty: failing(1, async () => ({ made: 1 })),
  }
  await recordScheduled(['monthly-reports', 'reports-two-counties-one-again'], reportMonth, reports, 'assessment')
}

// Ids are fixed, so that a history that is recorded anew differs in what matters.
const known = (deadlines: Watch['deadlines'], more: Partial<Watch> = {}): Watch =>
  watchOf(deadlines, {
    id: '01900000-0000-7000-8000-000000000001',
    subjectId: '01900000-0000-7000-8000-000000000002',
    countyId: '01900000-0000-7000-8000-000000000000',
    ...more,
  })

await worker.runUntil(async () => {
  await record('case-probation-climbs-the-ladder', known([latest('PROBATION_ENDS', await day(200))]), () =>
    env.sleep(230 * dayMs),
  )
  await record('case-stage-changes-then-archived', known([latest('APPLICANT_TALK', await day(20))]), async tell => {
    await env.sleep(30 * dayMs)
    const dates = [latest('HALF_YEARLY_REVIEW', await day(40)), earliest('ACTIVIST_ONE_YEAR', await day(60))]
    await tell({ stage: 'ACTIVIST', deadlines: dates, ladders: known(dates).ladders })
    await env.sleep(90 * dayMs)
    await tell({ stage: 'ACTIVIST', state: 'ENDED', deadlines: [] })
    await env.sleep(1_000)
  })
  await record('case-nothing-due-then-a-date', known([]), async tell => {
    await env.sleep(10 * dayMs)
    const dates = [latest('OATH', await day(5))]
    await tell({ deadlines: dates, ladders: known(dates).ladders })
    await env.sleep(10 * dayMs)
  })
  const announcedOn = await day(0)
  const asked = known([latest('APPROVAL_DUE', await day(30))], { announcedOn })
  await record('approval-overdue-then-decided', asked, async tell => {
    await env.sleep(50 * dayMs)
    await tell({ state: 'ENDED', deadlines: [] })
    await env.sleep(1_000)
  })
  await record('approval-returned-and-handed-in-again', known([latest('APPROVAL_DUE', await day(30))]), async tell => {
    await env.sleep(5 * dayMs)
    await tell({ round: 2, announcedOn: await day(0), deadlines: [latest('APPROVAL_DUE', await day(30))] })
    await env.sleep(40 * dayMs)
  })
  const term = (deadlines: Watch['deadlines']) => known(deadlines, { comesBack: false, ladders: defaultLadders })
  await record('term-climbs-the-ladder', term([latest('TERM_ENDS', await day(400))]), () => env.sleep(430 * dayMs))
  await record('term-overdue-from-the-start', term([latest('TERM_ENDS', await day(-30))]), () => env.sleep(30 * dayMs))
  await record('term-moves-then-ends', term([latest('TERM_ENDS', await day(200))]), async tell => {
    await env.sleep(30 * dayMs)
    await tell({ deadlines: [latest('TERM_ENDS', await day(500))] })
    await env.sleep(400 * dayMs)
    await tell({ state: 'ENDED', deadlines: [] })
    await env.sleep(1_000)
  })
  const steps = [latest('ELECTION_REQUEST', await day(15)), latest('ELECTION_ASSEMBLY', await day(60))]
  await record('election-late-with-its-request-then-done', known(steps), async tell => {
    await env.sleep(25 * dayMs)
    await tell({ deadlines: steps.slice(1) })
    await env.sleep(35 * dayMs)
    await tell({ state: 'ENDED', deadlines: [] })
    await env.sleep(1_000)
  })
  await record(
    'asleep-then-moved-away',
    known([latest('OATH', await day(30))]),
    async tell => {
      await env.sleep(5 * dayMs)
      await tell({ deadlines: [latest('OATH', await day(60))] })
      await env.sleep(80 * dayMs)
    },
    22 * dayMs,
  )
  await recordSchedules()
})
await env.teardown()
