import { crc32 } from 'node:zlib'
import { type Admin, type ICustomPartitioner, Kafka, logLevel, type Message, type Producer } from 'kafkajs'
import type { KafkaSecurity } from './kafka-security.ts'

type Log = { warn(fields: object, message: string): void }

/**
 * The client of one process. Retries have no end here, since an outage of any length must end in catching up;
 * whoever must not wait for ever puts a bound around the call.
 * @param security TLS and who this process is, of `kafkaSecurityOf`
 */
export function createKafka(clientId: string, brokers: string[], log: Log, security: KafkaSecurity = {}): Kafka {
  return new Kafka({
    clientId,
    brokers,
    ...security,
    connectionTimeout: 1_000,
    requestTimeout: 5_000,
    retry: { initialRetryTime: 100, maxRetryTime: 500, multiplier: 1.5, retries: Number.MAX_SAFE_INTEGER },
    logLevel: logLevel.WARN,
    logCreator: () => entry => {
      // It calls every fault an error, also those it is about to try again; what it gives up on comes as a CRASH event.
      log.warn({ component: 'kafka', detail: entry.log.message, reason: entry.log.error }, 'kafka')
    },
  })
}

/** `kafka` answers within `timeoutMs` or the caller gets one clear error. */
export async function within<T>(work: Promise<T>, timeoutMs: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} did not answer within ${timeoutMs} ms`)), timeoutMs)
  })
  try {
    return await Promise.race([work, expired])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Of a consumer: five tries, then it joins anew. All within half a session, during which no heartbeat is sent; and no
 * wait is longer than a second, since it also runs on after Kafka is back (kafkajs' own grow to half a minute).
 */
export const consumerRetry = {
  ...{ initialRetryTime: 100, maxRetryTime: 1_000, multiplier: 2, retries: 5 },
  restartOnFailure: async () => true,
}

const betweenTriesMs = 500

/**
 * Tries again until Kafka answers: while it connects and asks where topics are, kafkajs gives up at the first request
 * that times out, and on a loaded machine some do.
 * @param timeoutMs after this the fault is thrown, as is at once any that cannot pass
 */
export async function insist<T>(work: () => Promise<T>, timeoutMs = 60_000): Promise<T> {
  const endAt = performance.now() + timeoutMs
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if ((error as { retriable?: boolean }).retriable === false || performance.now() > endAt) throw error
      await new Promise(resolve => setTimeout(resolve, betweenTriesMs))
    }
  }
}

export async function withAdmin<T>(kafka: Kafka, work: (admin: Admin) => Promise<T>, timeoutMs = 60_000): Promise<T> {
  const admin = kafka.admin()
  try {
    await within(admin.connect(), timeoutMs, 'Kafka')
    return await within(work(admin), timeoutMs, 'Kafka')
  } finally {
    await admin.disconnect()
  }
}

type Placed = (message: Message, partition: number) => void

/** A key always goes to one partition. Native CRC-32: kafkajs' own hash, in JavaScript, took a tenth of an import's time. */
const byKey =
  (placed: Placed): ICustomPartitioner =>
  () =>
  ({ message, partitionMetadata }) => {
    const partition = crc32(message.key ?? '') % partitionMetadata.length
    placed(message, partition)
    return partition
  }

/**
 * An idempotent producer; only ever one awaited `send` at a time (concurrent sends lose acknowledged messages).
 * @param placed is told of each message to which partition it goes; of one that is tried again, again
 */
export const createProducer = (kafka: Kafka, placed: Placed = () => undefined): Producer =>
  kafka.producer({
    idempotent: true,
    allowAutoTopicCreation: false,
    createPartitioner: byKey(placed),
  })
