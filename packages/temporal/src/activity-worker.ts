import { setTimeout } from 'node:timers/promises'
import { followSecrets } from '@linghang/subgraph/secret-files'
import { Context } from '@temporalio/activity'
import { Worker } from '@temporalio/worker'
import type { TemporalEnvironment } from './environment.ts'
import { createPayloadCodec } from './payload-codec.ts'
import { reachTemporal } from './reach.ts'

type Log = Record<'info' | 'warn' | 'error', (fields: object, message: string) => void>
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
  const secrets = followSecrets(env, log)
  const work = async (): Promise<void> => {
    const namespace = env.TEMPORAL_NAMESPACE
    const temporal = await reachTemporal(env, { namespace }, log)
    try {
      worker = await Worker.create({
        ...{ connection: temporal.native, namespace, taskQueue, activities },
        dataConverter: { payloadCodecs: [createPayloadCodec(() => env.TEMPORAL_PAYLOAD_KEYS)] },
        maxConcurrentActivityTaskExecutions: 4,
        shutdownGraceTime: '10 seconds',
      })
      const begun = worker
      temporal.onReplaced(native => {
        begun.connection = native
      })
      if (!stopping.signal.aborted) await begun.run()
    } finally {
      worker = undefined
      await temporal.close()
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
      await secrets.stop()
    },
  }
}
