import type { AsService } from '@linghang/access'
import { context, propagation, SpanKind, trace } from '@opentelemetry/api'
import type { Client } from '@temporalio/client'
import type { Tx } from '../deps.ts'
import { deadlineStore, type UntoldWatch } from './store.ts'
import { taskQueue, type Watch, workflowIdOf } from './watch.ts'
import { deadlineWatch, watchChanged } from './workflow.ts'

type Log = { warn(fields: object, message: string): void }

const batchSize = 200
const atOnce = 20
const idleMs = 300
const waitAfterFaultMs = 1_000
const tracer = trace.getTracer('linghang.workflows')

/**
 * Tells each subject's workflow what there is to watch now, starting it where there is none. Told twice changes
 * nothing: the workflow goes by the version. Temporal away means later, never lost.
 */
export function startTellingWorkflows(options: { client: Client; asService: AsService<Tx>; log: Log }) {
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

async function tellBatch({ client, asService }: { client: Client; asService: AsService<Tx> }): Promise<number> {
  const untold = await asService(tx => deadlineStore.untold(tx, batchSize))
  const waiting = [...untold]
  const told: Watch[] = []
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      await tellOne(client, next)
      told.push(next)
    }
  }
  const outcomes = await Promise.allSettled(Array.from({ length: atOnce }, worker))
  if (told.length > 0) await asService(tx => deadlineStore.told(tx, told))
  const failed = outcomes.find(outcome => outcome.status === 'rejected')
  if (failed) throw failed.reason
  return untold.length
}

async function tellOne(client: Client, { traceparent, ...watch }: UntoldWatch): Promise<void> {
  const parent = traceparent ? propagation.extract(context.active(), { traceparent }) : context.active()
  const span = tracer.startSpan('tell deadlineWatch', { kind: SpanKind.PRODUCER }, parent)
  try {
    await context.with(trace.setSpan(parent, span), () =>
      client.workflow.signalWithStart(deadlineWatch, {
        workflowId: workflowIdOf(watch),
        taskQueue,
        args: [watch],
        signal: watchChanged,
        signalArgs: [watch],
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      }),
    )
  } finally {
    span.end()
  }
}

const pause = (ms: number, stopped: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    const timer = setTimeout(resolve, ms)
    stopped.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
