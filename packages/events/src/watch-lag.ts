import type { Kafka } from 'kafkajs'
import { insist, within } from './kafka.ts'
import { type Lag, lagOf } from './lag.ts'

type Heard = { group: string; topics: readonly string[] }
export type PartitionLag = Omit<Lag, 'messages'> & { messages: number }
type Log = { warn(fields: object, message: string): void }

const everyMs = 15_000
const pauseStepMs = 250
const stopWithinMs = 5_000

/**
 * How far each group of this process is behind, as Kafka itself knows it: what a consumer says of its last batch stands
 * still with the consumer, which is when somebody wants to know.
 */
export function startLagWatch(options: {
  kafka: Kafka
  groups: readonly Heard[]
  /** What stands before their names in Kafka. */
  groupPrefix: string
  log: Log
}) {
  const admin = options.kafka.admin()
  let stopping = false
  let lags: PartitionLag[] = []
  let answeredAtMs = performance.now()

  const ask = async (): Promise<void> => {
    const found: PartitionLag[] = []
    for (const { group, topics } of options.groups)
      for (const { messages, ...at } of await lagOf(admin, `${options.groupPrefix}${group}`, topics))
        found.push({ ...at, group, messages: Number(messages) })
    lags = found
    answeredAtMs = performance.now()
  }
  const running = (async () => {
    let connected = false
    while (!stopping) {
      try {
        if (!connected) await insist(() => admin.connect(), 0)
        connected = true
        await ask()
      } catch (error) {
        options.log.warn({ reason: (error as Error).name }, 'how far behind groups are cannot be asked of Kafka')
      }
      for (let waited = 0; waited < everyMs && !stopping; waited += pauseStepMs)
        await new Promise(resolve => setTimeout(resolve, pauseStepMs))
    }
  })()

  return {
    /** What Kafka said last. */
    lags: (): readonly PartitionLag[] => lags,
    /** Seconds since then, without the time in which it is not asked. */
    unansweredSeconds: (): number => Math.max(0, (performance.now() - answeredAtMs - everyMs) / 1_000),
    async stop(): Promise<void> {
      stopping = true
      // Kafka away keeps a question waiting for ever: nobody waits for its answer any more.
      await within(Promise.all([admin.disconnect(), running]), stopWithinMs, 'Kafka').catch(() => undefined)
    },
  }
}
