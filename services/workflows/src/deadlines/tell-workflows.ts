import type { AsService } from '@linghang/access'
import { context, propagation, SpanKind, trace } from '@opentelemetry/api'
import type { Client } from '@temporalio/client'
import { approvalWorkflowId } from '../approvals/watch.ts'
import { approval } from '../approvals/workflow.ts'
import { caseWorkflowId } from '../development/watch.ts'
import { developmentCase } from '../development/workflow.ts'
import { watchChanged } from '../timekeeping/keep-watch.ts'
import { type TimedWatch, taskQueue } from '../timekeeping/watch.ts'
import type { Tx } from '../work.ts'
import { deadlineStore, type UntoldWatch } from './store.ts'
import { workflowIdOf } from './watch.ts'
import { deadlineWatch, watchChanged as termChanged } from './workflow.ts'

type Log = { warn(fields: object, message: string): void }

const batchSize = 200
const atOnce = 20
const idleMs = 300
const waitAfterFaultMs = 1_000
const tracer = trace.getTracer('linghang.workflows')

type Hours = {
  /** Minutes after midnight, Asia/Shanghai, from which a day counts for reminders. */
  opensAtMinute: number
  /** How many minutes before that cases begin to write theirs. */
  aheadMinutes: number
}
type Telling = { client: Client; asService: AsService<Tx>; hours: Hours }

/**
 * Tells each subject's workflow what there is to watch now, starting it where there is none. Told twice changes
 * nothing: the workflow goes by the version. Temporal away means later, never lost.
 */
export function startTellingWorkflows(options: Telling & { log: Log }) {
  const stopping = new AbortController()
  const running = (async () => {
    while (!stopping.signal.aborted) {
      try {
        const told = await tellBatch(options)
        if (told < batchSize) await pause(idleMs, stopping.signal)
      } catch (error) {
        options.log.warn(
          { reason: (error as Error).name },
          'workflows cannot be told: database or Temporal out of reach',
        )
        await pause(waitAfterFaultMs, stopping.signal)
      }
    }
  })()
  return {
    async stop(): Promise<void> {
      stopping.abort()
      await running
    },
  }
}

async function tellBatch({ client, asService, hours }: Telling): Promise<number> {
  const untold = await asService(tx => deadlineStore.untold(tx, batchSize))
  const waiting = [...untold]
  const told: UntoldWatch[] = []
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      await tellOne(client, next, hours)
      told.push(next)
    }
  }
  const outcomes = await Promise.allSettled(Array.from({ length: atOnce }, worker))
  if (told.length > 0) await asService(tx => deadlineStore.told(tx, told))
  const failed = outcomes.find(outcome => outcome.status === 'rejected')
  if (failed) throw failed.reason
  return untold.length
}

async function tellOne(client: Client, untold: UntoldWatch, hours: Hours): Promise<void> {
  const { traceparent } = untold
  const parent = traceparent ? propagation.extract(context.active(), { traceparent }) : context.active()
  const span = tracer.startSpan(`tell ${workflowOf[untold.type]}`, { kind: SpanKind.PRODUCER }, parent)
  try {
    await context.with(trace.setSpan(parent, span), () => signal(client, untold, hours))
  } finally {
    span.end()
  }
}

const workflowOf = {
  MEMBER: 'deadlineWatch',
  ORGANISATION: 'deadlineWatch',
  CASE: 'developmentCase',
  APPROVAL: 'approval',
} as const

const always = { taskQueue, workflowIdReusePolicy: 'ALLOW_DUPLICATE' } as const

/** Starts the workflow of this kind of watch, or tells the one that runs. */
function signal(client: Client, untold: UntoldWatch, hours: Hours): Promise<unknown> {
  const { id, type, subjectId, countyId, version, deadlines } = untold
  if (type === 'MEMBER' || type === 'ORGANISATION') {
    const watch = { subjectId, subjectType: type, countyId, version, deadlines }
    const how = { ...always, workflowId: workflowIdOf(watch), args: [watch] as [typeof watch] }
    return client.workflow.signalWithStart(deadlineWatch, { ...how, signal: termChanged, signalArgs: [watch] })
  }
  const { state, stage, round, announcedOn, ladders } = untold
  const watch: TimedWatch = {
    ...{ id, subjectId, countyId, version, state, stage, round, announcedOn, deadlines, ladders },
    ...hours,
  }
  const [workflow, workflowId] =
    type === 'CASE' ? ([developmentCase, caseWorkflowId(id)] as const) : ([approval, approvalWorkflowId(id)] as const)
  const how = { ...always, workflowId, args: [watch] as [TimedWatch] }
  return client.workflow.signalWithStart(workflow, { ...how, signal: watchChanged, signalArgs: [watch] })
}

const pause = (ms: number, stopped: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    const timer = setTimeout(resolve, ms)
    stopped.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
