import { type AsService, type Doing, type Perform, type RawTx, systemActor } from '@linghang/access'
import { insertBatch, sqlOf } from '@linghang/database'
import { context, propagation, type Span, SpanKind, trace } from '@opentelemetry/api'
import type { EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs'
import { type DeadLetter, keepDeadLetters } from './dead-letters.ts'
import { type Event, PoisonMessage, parseEvent } from './envelope.ts'
import { mayPass, reasonOf } from './faults.ts'
import { consumerRetry, insist, within } from './kafka.ts'
import type { Reaction } from './reaction.ts'
import { readOn } from './read-on.ts'
import { groupPrefixOf } from './wanted-topics.ts'

type Log = {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

export type ConsumerOptions<W extends Doing> = {
  kafka: Kafka
  /** `<service>.<purpose>`, the name under which events are remembered as heard. */
  group: string
  /** What stands before that name in Kafka. */
  groupPrefix?: string | undefined
  topics: string[]
  perform: Perform<W>
  asService: AsService<RawTx>
  reactions: readonly Reaction<W>[]
  log: Log
  /** Called when events have taken effect, with how long after they were published each was. */
  onHeard?: (delaysSeconds: readonly number[]) => void
  onDeadLetter?: (topic: string) => void
  /** The consumer has given up for good: the process must end, so that it is started anew. */
  onCrash: (error: Error) => void
}

const chunkSize = 500
const transactionTimeoutMs = 60_000

/**
 * Reads topics with an effect of exactly once: the events' ids and their effect go into one transaction, the offset
 * is committed afterwards. A message that can never be read goes to the dead letters and the partition moves on; a
 * fault that may pass (database away) is tried again in order, for as long as it takes.
 */
export function startConsumer<W extends Doing>(options: ConsumerOptions<W>) {
  const consumer = options.kafka.consumer({
    groupId: `${options.groupPrefix ?? groupPrefixOf({})}${options.group}`,
    allowAutoTopicCreation: false,
    sessionTimeout: 6_000,
    heartbeatInterval: 500,
    rebalanceTimeout: 5_000,
    // Kafka answers at once when there is something; this is how often an idle consumer asks again, and how long
    // stopping may take. At 100 ms the idle platform used half a core.
    maxWaitTimeInMs: 500,
    retry: consumerRetry,
  })
  const read = async (): Promise<void> => {
    await insist(async () => {
      await consumer.connect()
      await consumer.subscribe({ topics: options.topics, fromBeginning: true })
    })
    await consumer.run({
      eachBatchAutoResolve: false,
      eachBatch: payload => takeBatch(options, payload),
    })
  }
  const reading = readOn(consumer, read, options.onCrash)

  return {
    started: reading.started,
    async stop(timeoutMs = 10_000): Promise<void> {
      reading.stop()
      await within(consumer.disconnect(), timeoutMs, options.group).catch(() => undefined)
    },
  }
}

async function takeBatch<W extends Doing>(options: ConsumerOptions<W>, payload: EachBatchPayload): Promise<void> {
  const { batch } = payload
  for (let start = 0; start < batch.messages.length; start += chunkSize) {
    if (!payload.isRunning() || payload.isStale()) return
    const chunk = batch.messages.slice(start, start + chunkSize)
    await takeChunk(options, batch.topic, batch.partition, chunk, payload.heartbeat)
    payload.resolveOffset(chunk[chunk.length - 1]?.offset ?? '')
    await payload.heartbeat()
  }
}

type Arrived = { event: Event; message: KafkaMessage }

async function takeChunk<W extends Doing>(
  options: ConsumerOptions<W>,
  topic: string,
  partition: number,
  messages: KafkaMessage[],
  heartbeat: () => Promise<void>,
): Promise<void> {
  const wanted = new Set(options.reactions.flatMap(reaction => reaction.types))
  const heard: Arrived[] = []
  const poison: DeadLetter[] = []
  for (const message of messages) {
    try {
      const event = parseEvent(message.value)
      if (wanted.has(event.type)) heard.push({ event, message })
    } catch (error) {
      if (!(error instanceof PoisonMessage)) throw error
      poison.push(deadLetter(topic, partition, message, error.message))
    }
  }
  for (const [countyId, ofCounty] of Map.groupBy(heard, ({ event }) => event.countyid)) {
    try {
      await effect(
        options,
        countyId,
        ofCounty.map(({ event }) => event),
      )
    } catch (error) {
      if (mayPass(error)) throw error
      // One of them can never work. Taken one by one, the others still do, and in order.
      for (const { event, message } of ofCounty) {
        try {
          await effect(options, countyId, [event])
        } catch (single) {
          if (mayPass(single)) throw single
          poison.push(deadLetter(topic, partition, message, reasonOf(single), event.type))
        }
        await heartbeat()
      }
    }
  }
  const nowMs = Date.now()
  options.onHeard?.(heard.map(({ event }) => Math.max(0, (nowMs - Date.parse(event.time)) / 1_000)))
  if (poison.length > 0) {
    await keepDeadLetters(options.asService, options.group, poison)
    for (const letter of poison) {
      options.onDeadLetter?.(topic)
      options.log.error(
        { topic, partition, offset: letter.offset, eventType: letter.eventType, reason: letter.reason },
        'a message cannot be read: kept as a dead letter',
      )
    }
  }
}

/** One transaction for one county's events: what was heard before is left out, the rest takes effect in order. */
export async function effect<W extends Doing>(
  options: ConsumerOptions<W>,
  countyId: string,
  events: Event[],
): Promise<void> {
  await inSpansOf(options.group, events, () =>
    options.perform(
      systemActor(countyId),
      async work => {
        const fresh = await firstHearing(work, options.group, events)
        for (const run of runsByReaction(options.reactions, fresh)) await run.reaction.react(work, run.events)
      },
      { timeoutMs: transactionTimeoutMs, begunBefore: true },
    ),
  )
}

async function firstHearing({ tx }: Doing, group: string, events: Event[]): Promise<Event[]> {
  const heard = events.map(event => ({ consumer: group, eventId: event.id }))
  const rows = await insertBatch(sqlOf(tx), 'processedEvent', ['consumer', 'eventId'], heard)
    .onConflict(met => met.doNothing())
    .returning('eventId')
    .execute()
  const fresh = new Set(rows.map(row => row.eventId))
  // The same id twice in one batch has been inserted once.
  return events.filter(event => fresh.delete(event.id))
}

/** Neighbours with the same reaction go to it together; the order of events is kept. */
function runsByReaction<W>(reactions: readonly Reaction<W>[], events: Event[]) {
  const runs: { reaction: Reaction<W>; events: Event[] }[] = []
  for (const event of events) {
    const reaction = reactions.find(candidate => candidate.types.includes(event.type))
    if (!reaction) continue
    const last = runs[runs.length - 1]
    if (last?.reaction === reaction) last.events.push(event)
    else runs.push({ reaction, events: [event] })
  }
  return runs
}

const tracer = trace.getTracer('linghang.events')
const spansABatch = 20

/** The batch is worked on once, yet each trace that sent an event into it (twenty at most) finds its span. */
async function inSpansOf<T>(group: string, events: Event[], work: () => Promise<T>): Promise<T> {
  const parents = [...new Set(events.flatMap(event => event.traceparent ?? []))].slice(0, spansABatch)
  const spans: Span[] = (parents.length > 0 ? parents : [undefined]).map(traceparent =>
    tracer.startSpan(
      `${group} react`,
      {
        kind: SpanKind.CONSUMER,
        attributes: {
          'messaging.system': 'kafka',
          'messaging.consumer.group.name': group,
          'messaging.batch.message_count': events.length,
        },
      },
      traceparent ? propagation.extract(context.active(), { traceparent }) : context.active(),
    ),
  )
  try {
    return await context.with(trace.setSpan(context.active(), spans[0] as Span), work)
  } catch (error) {
    for (const span of spans) span.recordException({ name: (error as Error).name, message: reasonOf(error) })
    throw error
  } finally {
    for (const span of spans) span.end()
  }
}

const deadLetter = (
  topic: string,
  partition: number,
  message: KafkaMessage,
  reason: string,
  eventType?: string,
): DeadLetter => ({
  topic,
  partition,
  offset: message.offset,
  eventType: eventType ?? null,
  key: message.key,
  value: message.value,
  reason,
})
