import { setTimeout } from 'node:timers/promises'
import type { AsService } from '@linghang/access'
import { context, propagation, SpanKind, trace } from '@opentelemetry/api'
import type { Client } from '@temporalio/client'
import type { Tx } from '../../work.ts'
import { handToWorkflow } from './hand-to-workflow.ts'
import { type WaitingWatch, watchStore } from './store.ts'

type Log = { warn(fields: object, message: string): void }

const batchSize = 200
const atOnce = 20
const idleMs = 300
const waitAfterFaultMs = 1_000
const tracer = trace.getTracer('linghang.workflows')

export type Hours = {
  /** Minutes after midnight, Asia/Shanghai, from which a day counts for reminders. */
  opensAtMinute: number
  /** How many minutes before that reminders begin to be written. */
  aheadMinutes: number
}

/** `client`: the one of now, since certificates and keys are changed. */
type HandingOver = { client: () => Client; asService: AsService<Tx>; hours: Hours; now: () => Date }

/**
 * Hands each watch that has changed over to its workflow, starting it where there is none. Handed over twice changes
 * nothing: the workflow goes by the version. Temporal away means later, never lost.
 */
export function startHandingOver(options: HandingOver & { log: Log }) {
  const stopping = new AbortController()
  const running = (async () => {
    while (!stopping.signal.aborted) {
      try {
        const count = await handOverBatch(options)
        if (count < batchSize) await pause(idleMs, stopping.signal)
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

async function handOverBatch(options: HandingOver): Promise<number> {
  const { asService } = options
  const found = await asService(tx => watchStore.waiting(tx, batchSize))
  const waiting = [...found]
  const handedOver: WaitingWatch[] = []
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const sleepsUntilMs = await handOver(options, next)
      handedOver.push({ ...next, sleepsUntil: sleepsUntilMs === null ? null : new Date(sleepsUntilMs) })
    }
  }
  const outcomes = await Promise.allSettled(Array.from({ length: atOnce }, worker))
  if (handedOver.length > 0) await asService(tx => watchStore.handedOver(tx, handedOver))
  const failed = outcomes.find(outcome => outcome.status === 'rejected')
  if (failed) throw failed.reason
  return found.length
}

async function handOver({ client, hours, now }: HandingOver, waiting: WaitingWatch): Promise<number | null> {
  const { kind, traceparent, isNew, sleepsUntil, ...row } = waiting
  const parent = traceparent ? propagation.extract(context.active(), { traceparent }) : context.active()
  const span = tracer.startSpan(`hand over ${kind}`, { kind: SpanKind.PRODUCER }, parent)
  try {
    return await context.with(trace.setSpan(parent, span), () =>
      handToWorkflow(client(), {
        kind,
        watch: { ...row, ...hours },
        known: isNew ? null : { sleepsUntilMs: sleepsUntil?.getTime() ?? null },
        nowMs: now().getTime(),
      }),
    )
  } finally {
    span.end()
  }
}

/** Over early where handing over is to stop. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  setTimeout(ms, undefined, { signal }).catch(error => {
    if (!signal.aborted) throw error
  })
