import { randomBytes } from 'node:crypto'
import { type Actor, createAsService, createPerform, surroundings, systemActor } from '@linghang/access'
import { temporalTestServerPath } from '@linghang/devstack'
import type { Event } from '@linghang/events'
import { look } from '@linghang/harness/databases'
import { openClient } from '@linghang/harness/open-database'
import { until } from '@linghang/harness/until'
import { createSealing } from '@linghang/sealing'
import { TestWorkflowEnvironment } from '@temporalio/testing'
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker'
import { PrismaClient as DuesClient } from '../../../services/dues/prisma/client/client.ts'
import { billingActivities } from '../../../services/dues/src/billing/nightly/activities.ts'
import type { Own as DuesOwn, Tx as DuesTx, Work as DuesWork } from '../../../services/dues/src/work.ts'
import { PrismaClient as WorkflowsClient } from '../../../services/workflows/prisma/client/client.ts'
import { workflowBundle } from '../../../services/workflows/src/bundle.ts'
import { sendReminder } from '../../../services/workflows/src/inbox/send-reminder.ts'
import { duesArrears } from '../../../services/workflows/src/processes/dues-arrears/room.ts'
import { duesFixing } from '../../../services/workflows/src/processes/dues-fixing/room.ts'
import { startHandingOver } from '../../../services/workflows/src/time/watch/hand-over.ts'
import { taskQueue } from '../../../services/workflows/src/time/watch/hand-to-workflow.ts'
import type { Tx as WorkflowsTx, Work as WorkflowsWork } from '../../../services/workflows/src/work.ts'

Runtime.install({ logger: new DefaultLogger('ERROR') })
const suffix = 'skipped'
/** Offices open at nine; nothing is written ahead, so that a reminder is of the moment at which it is written. */
const hours = { opensAtMinute: 540, aheadMinutes: 0 }

export type SkippedTime = Awaited<ReturnType<typeof openSkippedTime>>

/**
 * The use cases, activities and databases of dues, and the workflows, reactions and inbox that hear of them, all of them on
 * one clock: that of the time-skipping server. What stands between them here is the order in which events are carried over.
 */
export async function openSkippedTime(countyId: string) {
  const [duesBooks, hearing] = await Promise.all([
    openClient(['dues', suffix], adapter => new DuesClient({ adapter })),
    openClient(['workflows', suffix], adapter => new WorkflowsClient({ adapter })),
  ])
  const env = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: await temporalTestServerPath(() => undefined) } },
  })
  let at = new Date(await env.currentTimeMs())
  const onClock = async <T>(run: () => Promise<T>): Promise<T> => {
    at = new Date(await env.currentTimeMs())
    return run()
  }
  const clock = { ...surroundings, now: () => at }
  const sealing = createSealing(duesBooks.transact, { current: 'k', keys: { k: randomBytes(32).toString('base64') } })
  const perform = createPerform<DuesTx, DuesOwn>(duesBooks.transact, clock, async actor => ({
    seal: await sealing.opened(actor.countyId),
  }))
  const hear = createPerform<WorkflowsTx, { secretOf: (id: string) => string }>(hearing.transact, clock, () => ({
    secretOf: id => id,
  }))
  const nightly = billingActivities({ perform, asService: createAsService<DuesTx>(duesBooks.prisma), now: () => at })
  const remind = sendReminder({ perform: hear, together: { lingerMs: 1, atMost: 1 } })
  const connection = env.nativeConnection
  const workers = await Promise.all([
    Worker.create({
      ...{ connection, taskQueue, workflowBundle: { codePath: await workflowBundle() } },
      sinks: { exporter: { export: { fn: () => undefined, callDuringReplay: false } } },
      activities: { remind: (due: Parameters<typeof remind>[0]) => onClock(() => remind(due)) },
    }),
    Worker.create({
      ...{ connection, taskQueue: 'dues' },
      activities: {
        countiesToBill: () => onClock(nightly.countiesToBill),
        billCounty: (of: { countyId: string }) => onClock(() => nightly.billCounty(of)),
      },
    }),
  ])
  const running = workers.map(worker => worker.run())
  const handing = startHandingOver({
    ...{ client: () => env.client, asService: createAsService<WorkflowsTx>(hearing.prisma), now: () => at, hours },
    log: { warn: (fields, message) => console.error(message, fields) },
  })
  const reactions = [duesArrears, duesFixing].flatMap(({ reactions: heard }) => Object.values(heard ?? {}).flat())

  /** What dues have told since is heard, in its order, and each watch is handed to its workflow. */
  async function carryOver(): Promise<void> {
    const rows = await look(
      'dues',
      'delete from outbox_event where county_id = $1 returning seq, id, type, subject, org_id, data, traceparent, created_at',
      [countyId],
      suffix,
    )
    rows.sort((one, other) => Number(one.seq) - Number(other.seq))
    const events = rows.map(
      ({ id, type, subject, data }) =>
        ({ id, type, subject, data, countyId, time: at.toISOString() }) as unknown as Event,
    )
    for (const { types, react } of reactions) {
      const theirs = events.filter(({ type }) => types.includes(type))
      if (theirs.length > 0) await hear(systemActor(countyId), work => react(work as unknown as WorkflowsWork, theirs))
    }
    const told = async () => {
      const [row] = await look(
        'workflows',
        'select count(*)::int as n from watch where told_version < version',
        [],
        suffix,
      )
      return row?.n === 0
    }
    await until(told, 30_000, 'workflows are told')
  }
  return {
    ...{ env, taskQueue, perform, carryOver },
    /** In a transaction of dues, as this actor, with the rights of the county. */
    as: <T>(actor: Actor, run: (work: DuesWork) => Promise<T>) => perform(actor, run, { rights: 'COUNTY' }),
    asOrganiser: <T>(run: (work: WorkflowsWork) => Promise<T>) =>
      hear(systemActor(countyId), work => run(work as unknown as WorkflowsWork)),
    now: () => at,
    /** Time goes on to a day and hour in Asia/Shanghai; whatever is due meanwhile happens. */
    async sleepTo(day: string, time = '10:00'): Promise<void> {
      await env.sleep(Math.max(0, Math.round(Date.parse(`${day}T${time}:00+08:00`) - (await env.currentTimeMs()))))
      at = new Date(await env.currentTimeMs())
    },
    /** What offices have been reminded of: the rule, whom it is about, and on which day it is in the inbox. */
    reminders: async (): Promise<{ rule: string; subjectId: string; on: string; rung: string; orgId: string }[]> =>
      (
        await look(
          'workflows',
          `select rule, subject_id, rung, org_id, (sent_at at time zone 'Asia/Shanghai')::date::text as on from reminder
           where county_id = $1 order by sent_at, rule`,
          [countyId],
          suffix,
        )
      ).map(({ rule, subject_id, rung, org_id, on }) => ({ rule, rung, on, subjectId: subject_id, orgId: org_id })),
    async close(): Promise<void> {
      await handing.stop()
      for (const worker of workers) worker.shutdown()
      await Promise.all(running)
      await env.teardown()
      await Promise.all([duesBooks.close(), hearing.close()])
    },
  }
}
