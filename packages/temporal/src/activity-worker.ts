import { setTimeout } from 'node:timers/promises'
import { Context } from '@temporalio/activity'
import { NativeConnection, Worker } from '@temporalio/worker'
import type { TemporalEnvironment } from './environment.ts'
import { createPayloadCodec } from './payload-codec.ts'
import { temporalSecurityOf } from './security.ts'

type Log = { warn(fields: object, message: string): void }
/** What an activity may say of itself while it works; what it said last is what the next attempt begins with. */
export type Beating<Progress> = { begunWith: Progress | null; beat(progress: Progress): void }
type Activities = Readonly<Record<string, (...args: never[]) => Promise<unknown>>>

const waitAfterFaultMs = 5_000

/** What the last attempt of this activity said, and where to say more; called within an activity. */
export function beating<Progress>(): Beating<Progress> {
  const { info, heartbeat } = Context.current()
  return { begunWith: (info.heartbeatDetails as Progress | undefined) ?? null, beat: heartbeat }
}

/**
 * Works off a service's own activities from its own task queue, beside its server. Temporal away means later: the server
 * stands all the same, and the worker tries again until it is stopped.
 */
export function startActivityWorker(options: {
  env: TemporalEnvironment
  taskQueue: string
  activities: Activities
  log: Log
}): { stop(): Promise<void> } {
  const { env, taskQueue, activities, log } = options
  const stopping = new AbortController()
  let worker: Worker | undefined
  const work = async (): Promise<void> => {
    const connection = await NativeConnection.connect({ address: env.TEMPORAL_ADDRESS, ...temporalSecurityOf(env) })
    try {
      worker = await Worker.create({
        ...{ connection, namespace: env.TEMPORAL_NAMESPACE, taskQueue, activities },
        dataConverter: { payloadCodecs: [createPayloadCodec(() => env.TEMPORAL_PAYLOAD_KEYS)] },
        maxConcurrentActivityTaskExecutions: 4,
        shutdownGraceTime: '10 seconds',
      })
      if (!stopping.signal.aborted) await worker.run()
    } finally {
      worker = undefined
      await connection.close()
    }
  }
  const running = (async () => {
    while (!stopping.signal.aborted) {
      try {
        await work()
      } catch (error) {
        log.warn({ reason: (error as Error).name, taskQueue }, 'Temporal is out of reach: activities wait')
        await setTimeout(waitAfterFaultMs, undefined, { signal: stopping.signal }).catch(() => undefined)
      }
    }
  })()
  return {
    async stop(): Promise<void> {
      stopping.abort()
      if (worker?.getState() === 'RUNNING') worker.shutdown()
      await running
    },
  }
}
