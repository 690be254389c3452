import { z } from 'zod'
import { catalogue, type EventData, type EventType } from './catalogue.ts'

const envelope = z.object({
  specversion: z.literal('1.0'),
  id: z.uuid(),
  type: z.string(),
  source: z.string(),
  subject: z.string(),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  countyid: z.uuid(),
  orgid: z.uuid().optional(),
  traceparent: z.string().optional(),
  data: z.unknown(),
})

/** A CloudEvent of the catalogue. */
export type Event<T extends EventType = EventType> = {
  [K in T]: Omit<z.infer<typeof envelope>, 'type' | 'data'> & { type: K; data: EventData<K> }
}[T]

/** The envelope's shape, for the exported schemas. */
export const envelopeSchema = envelope

/** The message is not an event that this platform has in its catalogue: it can never be read, however often it is tried. */
export class PoisonMessage extends Error {
  override name = 'PoisonMessage'
}

const isKnown = (type: string): type is EventType => Object.hasOwn(catalogue, type)

/**
 * Reads one message. The reason names fields and what was expected there, never the values: they may be personal.
 * @throws PoisonMessage
 */
export function parseEvent(value: Buffer | null): Event {
  if (!value) throw new PoisonMessage('the message is empty')
  let json: unknown
  try {
    json = JSON.parse(value.toString('utf8'))
  } catch {
    throw new PoisonMessage('the message is not JSON')
  }
  const outer = envelope.safeParse(json)
  if (!outer.success) throw new PoisonMessage(`envelope: ${reasons(outer.error)}`)
  if (!isKnown(outer.data.type)) throw new PoisonMessage(`unknown event type ${outer.data.type.slice(0, 100)}`)
  const inner = catalogue[outer.data.type].safeParse(outer.data.data)
  if (!inner.success) throw new PoisonMessage(`${outer.data.type}: ${reasons(inner.error)}`)
  return { ...outer.data, data: inner.data } as Event
}

const reasons = (error: z.ZodError): string =>
  error.issues
    .slice(0, 5)
    .map(issue => `${issue.path.join('.') || '(whole)'} ${issue.code}`)
    .join('; ')
