import { createAsService, createPerform, createTransact, surroundings } from '@linghang/access'
import { createAdapter, createPool, firstContact } from '@linghang/database'
import { rungs } from '@linghang/rulebook'
import {
  createLifecycle,
  endingOf,
  followSecrets,
  startManagement,
  watchDatabase,
  watchFaults,
  watchPool,
} from '@linghang/subgraph'
import { createLog, identityOf, metrics, standAtZero, startTelemetry } from '@linghang/telemetry'
import { createPayloadCodec, reachTemporal, versionOf } from '@linghang/temporal'
import { OpenTelemetryPlugin } from '@temporalio/interceptors-opentelemetry-v2'
import { DefaultLogger, makeTelemetryFilterString, Runtime, Worker } from '@temporalio/worker'
import manifest from '../package.json' with { type: 'json' }
import { PrismaClient } from '../prisma/client/client.ts'
import { workflowBundle } from './bundle.ts'
import { readWorkerEnvironment } from './env.ts'
import { sendReminder } from './inbox/send-reminder.ts'
import { openTemporalMetrics } from './temporal-metrics.ts'
import { keepSchedules, scheduleIds } from './time/schedules/keep-schedules.ts'
import { startHandingOver } from './time/watch/hand-over.ts'
import { taskQueue } from './time/watch/hand-to-workflow.ts'
import type { Activities } from './time/watch/keep-watch.ts'
import { watchTemporal } from './watch-temporal.ts'
import type { Tx } from './work.ts'

const env = readWorkerEnvironment()
const identity = identityOf('worker', manifest.version, env)
const telemetry = startTelemetry({ identity, env })
const log = createLog(identity, env.LOG_LEVEL ?? 'info')
// Nobody sends it requests: it takes no new task from the moment on when it is to end.
const lifecycle = createLifecycle(log, { ...endingOf(env), drainMs: 0 })
lifecycle.listen()
const temporalMetrics = await openTemporalMetrics()
// Temporal's own words go into the same log as ours, one JSON line an entry.
Runtime.install({
  logger: new DefaultLogger('WARN', ({ level, message, meta }) =>
    log[level === 'ERROR' ? 'error' : 'warn'](
      { component: 'temporal', workflowId: meta?.workflowId, reason: String(meta?.error ?? '') },
      message,
    ),
  ),
  telemetryOptions: {
    logging: { filter: makeTelemetryFilterString({ core: 'WARN', other: 'WARN' }), forward: {} },
    metrics: {
      prometheus: {
        bindAddress: temporalMetrics.address,
        countersTotalSuffix: true,
        useSecondsForDurations: true,
        unitSuffix: true,
      },
    },
  },
  shutdownSignals: [],
})
lifecycle.add('telemetry', () => telemetry.stop())
const secrets = followSecrets(env, log)
lifecycle.add('secrets', () => secrets.stop())

await firstContact(env)
const pool = createPool(() => env.DATABASE_URL, {
  ...{ max: 20, applicationName: 'worker' },
  keep: { most: env.DATABASE_KEPT_STATEMENTS ?? (env.DATABASE_DIRECT_URL === undefined ? undefined : 0) },
})
lifecycle.add('pool', () => pool.end())
let isPolling = () => false
const management = await startManagement({
  host: env.HOST,
  port: env.MANAGEMENT_PORT ?? env.PORT,
  metricsText: async () => `${await telemetry.metricsText()}${await temporalMetrics.text()}`,
  ...{ log, lifecycle },
  ready: async () => isPolling() && (await pool.query('select 1')).rowCount === 1,
})
lifecycle.add('management', management.stop)
const prisma = watchFaults(new PrismaClient({ adapter: createAdapter(pool), errorFormat: 'minimal' }))
lifecycle.add('prisma', () => prisma.$disconnect())
const perform = createPerform(createTransact<Tx>(prisma), surroundings, () => ({}))
const asService = createAsService<Tx>(prisma)

watchPool(pool)
watchDatabase(pool)
const meter = metrics.getMeter('linghang.workflows')
const sent = meter.createCounter('linghang_reminders_sent', { description: 'Reminders put into an inbox' })
const late = meter.createCounter('linghang_reminders_late', {
  description: 'Reminders sent after the day of their rung',
})
for (const rung of rungs) for (const counter of [sent, late]) counter.add(0, { rung })
const delay = meter.createHistogram('linghang_reminder_delay_seconds', {
  description: 'From the moment at which a reminder was to be in the inbox to its being there',
  advice: { explicitBucketBoundaries: [1, 10, 60, 300, 900, 3_600, 14_400, 86_400, 604_800] },
})
standAtZero(delay)

// Always there, with or without a collector: what a workflow has written must not depend on who listens.
const plugins = [new OpenTelemetryPlugin({ resource: telemetry.resource, spanProcessor: telemetry.spanProcessor })]
const dataConverter = { payloadCodecs: [createPayloadCodec(() => env.TEMPORAL_PAYLOAD_KEYS)] }
const temporal = await reachTemporal(env, { namespace: env.TEMPORAL_NAMESPACE, dataConverter, plugins }, log)
lifecycle.add('temporal', () => temporal.close())

const worker = await Worker.create({
  connection: temporal.native,
  namespace: env.TEMPORAL_NAMESPACE,
  taskQueue,
  workflowBundle: { codePath: await workflowBundle() },
  activities: {
    remind: sendReminder({
      perform,
      together: { lingerMs: 25, atMost: env.REMINDERS_TOGETHER },
      onSent({ count, late: isLate, rung, delaySeconds }) {
        sent.add(count, { rung })
        delay.record(delaySeconds)
        if (isLate) late.add(count, { rung })
      },
    }),
  } satisfies Activities,
  dataConverter,
  plugins,
  ...versionOf(env),
  shutdownGraceTime: '10 seconds',
  // A workflow that sleeps for a month need not be kept: its history is short and soon read again. What is kept costs
  // memory; the cache is for workflows that are in the middle of something.
  maxCachedWorkflows: env.CACHED_WORKFLOWS,
  // More at once would wait for the one thread they share, and Temporal gives a task that takes ten seconds to another.
  maxConcurrentWorkflowTaskExecutions: 40,
  // Reminders wait for each other to be written together, so many may be under way on few connections.
  maxConcurrentLocalActivityExecutions: 200,
})
isPolling = () => worker.getState() === 'RUNNING'
temporal.onReplaced(native => {
  worker.connection = native
})
const running = worker.run()
running.catch(lifecycle.fail)
lifecycle.add('worker', async () => {
  worker.shutdown()
  await running
})
await keepSchedules(temporal.client.schedule)
watchTemporal(() => temporal.client, scheduleIds)
const handingOver = startHandingOver({
  client: () => temporal.client,
  ...{ asService, log, now: surroundings.now },
  hours: { opensAtMinute: env.REMINDERS_AT, aheadMinutes: env.REMINDERS_AHEAD },
})
lifecycle.add('handing over', () => handingOver.stop())
lifecycle.begun()
log.info({ port: env.MANAGEMENT_PORT ?? env.PORT }, 'ready')
