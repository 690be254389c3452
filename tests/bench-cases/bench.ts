import { randomBytes, randomUUID } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createPool } from '@linghang/database'
import {
  findFreePort,
  generateClient,
  type RunningServer,
  removePostgresState,
  spawnServer,
  startPostgres,
  startTemporal,
  waitReady,
} from '@linghang/devstack'
import { migrateDatabase } from '@linghang/migrations'
import { addDays, caseLadders } from '@linghang/rulebook'
import { Client, Connection } from '@temporalio/client'
import { taskQueue } from '../../services/workflows/src/time/watch/hand-to-workflow.ts'

/**
 * What many open cases cost, and how long reminders that are due at one moment take: from the hour to the last one in an
 * inbox. Two things are held against each other in one run: cases that write within the minutes before the hour, each
 * at its own moment, and cases that all write at the hour. `npm run bench:cases -- <open cases> <due at one moment>`: 50,000 and 5,000 unless told.
 */
const [open, dueAtOnce] = [Number(process.argv[2] ?? 50_000), Number(process.argv[3] ?? 5_000)]
const root = fileURLToPath(new URL('../..', import.meta.url))
const stateDir = await mkdtemp(join(root, '.linghang-bench-'))
const say = (text: string) => console.log(text)
const report = () => undefined
const minuteMs = 60_000
const branches = 200
/** A thousand a minute; a worker has an hour for them unless told (`REMINDERS_AHEAD`). */
const aheadMinutes = Math.ceil(dueAtOnce / 1_000)
const seconds = (ms: number) => Number((ms / 1000).toFixed(1))

/** A moment as a wall clock in Asia/Shanghai shows it. */
const inShanghai = (ms: number) => new Date(ms + 8 * 60 * minuteMs).toISOString()
const mib = (server: RunningServer, what: 'VmRSS' | 'VmHWM') =>
  Math.round(
    Number(new RegExp(`${what}:\\s+(\\d+)`).exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024,
  )
/** Processor time used so far: what holds on a machine that others use too. */
const cpuSeconds = (server: RunningServer) => {
  const fields = readFileSync(`/proc/${server.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / 100
}

const running: RunningServer[] = []
const stopAll = async () => {
  for (const server of running.toReversed()) await server.stop()
  await removePostgresState(stateDir)
  await rm(stateDir, { recursive: true, force: true })
}
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void stopAll().then(() => process.exit(1)))

const postgres = await startPostgres({ stateDir, report })
running.push(postgres)
const temporal = await startTemporal({ stateDir, namespace: 'bench', report })
running.push(temporal)
await generateClient(join(root, 'services/workflows'))
await migrateDatabase({
  superuserUrl: postgres.superuserUrl,
  database: 'workflows',
  migrationsDir: join(root, 'services/workflows/prisma/migrations'),
})
const superuserUrl = new URL(postgres.superuserUrl)
superuserUrl.pathname = '/workflows'
const db = createPool(superuserUrl.href, { max: 4, applicationName: 'bare' })
db.on('error', () => undefined)
const password = randomBytes(18).toString('base64url')
await db.query(`alter role linghang_login password '${password}'`)
const loginUrl = new URL(superuserUrl)
loginUrl.username = 'linghang_login'
loginUrl.password = password
const payloadKeys = JSON.stringify({ current: 'k1', keys: { k1: randomBytes(32).toString('base64') } })

async function startWorker(more: Record<string, string>): Promise<RunningServer> {
  const port = await findFreePort()
  const env = {
    ...{ HOST: '127.0.0.1', PORT: String(port), DATABASE_URL: loginUrl.href, LOG_LEVEL: 'warn' },
    NODE_OPTIONS: '--max-semi-space-size=8 --max-old-space-size=384',
    ...{ TEMPORAL_ADDRESS: temporal.address, TEMPORAL_NAMESPACE: 'bench', TEMPORAL_PAYLOAD_KEYS: payloadKeys },
    ...more,
  }
  const command = { command: process.execPath, args: [join(root, 'services/workflows/src/worker.ts')], cwd: root }
  const worker = await spawnServer(
    { name: 'worker', stateDir, ...command, env, stopSignal: 'SIGTERM', stopTimeoutMs: 20_000 },
    port,
  )
  await waitReady(
    worker,
    async () => (await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(3_000) })).ok,
    90_000,
  )
  running.push(worker)
  return worker
}
async function stopWorker(worker: RunningServer): Promise<void> {
  running.splice(running.indexOf(worker), 1)
  await worker.stop()
}

const county = randomUUID()
const committee = randomUUID()
const label = (id: string) => id.replaceAll('-', '')
const orgIds = Array.from({ length: branches }, () => randomUUID())
await db.query(
  `insert into org_node (id, county_id, superior_id, code, name, kind, path, version)
   select o.id, $1, nullif(o.superior, '')::uuid, o.n::text, o.n::text, o.kind, o.path::ltree, 1
   from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) with ordinality as o (id, superior, kind, path, n)`,
  [
    county,
    [committee, ...orgIds],
    ['', ...orgIds.map(() => committee)],
    ['COMMITTEE', ...orgIds.map(() => 'BRANCH')],
    [label(committee), ...orgIds.map(id => `${label(committee)}.${label(id)}`)],
  ],
)

/** Cases as the reaction writes them: one date each. @returns the id of the one whose workflow is told last */
async function writeCases(count: number, rule: 'OATH' | 'PROBATION_ENDS', dueOn: string): Promise<string> {
  const { rows } = await db.query<{ watch_id: string }>(
    `with cases as (
       select gen_random_uuid() as id, gen_random_uuid() as member, ($2::uuid[])[1 + n % $3::int] as org from generate_series(1, $4::int) n
     ), watched as (
       insert into watch (id, county_id, org_id, kind, deadlines, version, subject_id, stage, ladders)
       select id, $1, org, 'DEVELOPMENT', jsonb_build_array(jsonb_build_object('rule', $5::text, 'dueOn', $6::text, 'nature', 'LATEST')), 1,
         member, 'PROBATION', jsonb_build_object($5::text, $7::jsonb) from cases
     )
     insert into deadline (county_id, watch_id, org_id, office_org_id, subject_id, subject_type, rule, due_on, nature, article, source,
       certainty, office_role, ladder)
     select $1, id, org, org, member, 'MEMBER', $5::text, $6::date, 'LATEST', '', '', 'VERIFIED', 'SECRETARY', $7::jsonb from cases
     returning watch_id`,
    [county, orgIds, branches, count, rule, dueOn, JSON.stringify(caseLadders[rule])],
  )
  return rows
    .map(row => row.watch_id)
    .toSorted()
    .at(-1) as string
}
const count = async (sql: string): Promise<number> => Number((await db.query(sql)).rows[0].n)
const untold = () => count('select count(*) as n from watch where told_version < version')
const inInboxes = () => count('select count(*) as n from reminder where sent_at <= now()')
const written = () => count('select count(*) as n from reminder')

const connection = await Connection.connect({ address: temporal.address })

/** Workflow tasks that wait for the worker. */
async function backlog(): Promise<number> {
  const { stats } = await connection.workflowService.describeTaskQueue({
    namespace: 'bench',
    taskQueue: { name: taskQueue },
    taskQueueType: 1, // of workflows
    reportStats: true,
  })
  return Number(stats?.approximateBacklogCount ?? 0)
}

async function historyOf(caseId: string): Promise<{ events: number; bytes: number }> {
  const handle = new Client({ connection, namespace: 'bench' }).workflow.getHandle(`development/${caseId}`)
  const { historyLength, historySize } = await handle.describe()
  return { events: historyLength, bytes: historySize ?? 0 }
}
/** Until every workflow has been told and none waits for a task: it sleeps. @returns milliseconds since the call */
async function told(): Promise<number> {
  const begunAt = performance.now()
  let lastSaidAt = begunAt
  for (;;) {
    const left = { untold: await untold(), waiting: await backlog() }
    if (left.untold + left.waiting === 0) return performance.now() - begunAt
    if (performance.now() - lastSaidAt > 30_000) {
      say(`  ${left.untold} workflows to be told, ${left.waiting} of their tasks wait`)
      lastSaidAt = performance.now()
    }
    await wait(200)
  }
}

const sqliteMib = () => Math.round(statSync(join(stateDir, 'temporal', 'temporal.sqlite')).size / 1024 / 1024)

try {
  const today = inShanghai(Date.now()).slice(0, 10)
  const quiet = await startWorker({})
  const last = await writeCases(open, 'PROBATION_ENDS', addDays(today, 3_000))
  const startedMs = await told()
  say(`${open} cases open after ${seconds(startedMs)} s: ${Math.round(open / (startedMs / 1000))} starts/s`)
  say('memory, MiB, and one history:')
  console.table([
    {
      'worker now': mib(quiet, 'VmRSS'),
      'worker at most': mib(quiet, 'VmHWM'),
      'temporal now': mib(temporal, 'VmRSS'),
      'temporal file': sqliteMib(),
      ...(await historyOf(last)),
    },
  ])
  await stopWorker(quiet)

  const rows = []
  for (const ahead of [aheadMinutes, 0]) {
    // Time to start them, at the rate just seen, and half a minute of rest; reminders begin at a full minute.
    const leadMs = (dueAtOnce / (open / startedMs)) * 2 + 45_000 + ahead * minuteMs
    const atMs = Math.ceil((Date.now() + leadMs) / minuteMs) * minuteMs
    const at = inShanghai(atMs)
    const worker = await startWorker({ REMINDERS_AT: at.slice(11, 16), REMINDERS_AHEAD: String(ahead) })
    const before = await written()
    await writeCases(dueAtOnce, 'OATH', addDays(at.slice(0, 10), 7))
    await told()
    const beginMs = atMs - ahead * minuteMs
    if (Date.now() > beginMs || (await written()) > before) throw new Error('the moment came before all were told')
    say(`${dueAtOnce} are due at ${at.slice(11, 16)}, written from ${ahead} minutes before`)
    await wait(Math.max(0, beginMs - Date.now()))
    const cpuBefore = [cpuSeconds(worker), cpuSeconds(temporal)] as const
    await wait(Math.max(0, atMs - Date.now()))
    const readyAtTheHour = (await written()) - before
    let half: number | null = null
    for (let sent = 0; sent < dueAtOnce; sent = (await inInboxes()) - before) {
      if (half === null && sent >= dueAtOnce / 2) half = Date.now() - atMs
      await wait(100)
    }
    rows.push({
      'minutes ahead': ahead,
      reminders: dueAtOnce,
      'ready at the hour': readyAtTheHour,
      'half after s': seconds(half ?? 0),
      'last after s': seconds(Date.now() - atMs),
      'worker CPU s': Number((cpuSeconds(worker) - cpuBefore[0]).toFixed(1)),
      'temporal CPU s': Number((cpuSeconds(temporal) - cpuBefore[1]).toFixed(1)),
      'worker MiB': mib(worker, 'VmHWM'),
      'temporal MiB': mib(temporal, 'VmRSS'),
    })
    console.table(rows.slice(-1))
    await stopWorker(worker)
  }
  console.table(rows)
} catch (error) {
  console.error(error, `\nlogs: ${join(stateDir, 'logs')}`)
  process.exitCode = 1
}
await connection.close()
await db.end()
await stopAll()
process.exit()
