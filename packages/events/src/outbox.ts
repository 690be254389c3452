import type { Doing } from '@linghang/access'
import { sqlOf } from '@linghang/database'
import { context, propagation } from '@opentelemetry/api'
import { sql } from 'kysely'
import { catalogue, type EventData, type EventType } from './catalogue.ts'

export type NewEvent<T extends EventType = EventType> = {
  [K in T]: {
    type: K
    orgId: string | null
    /** What the event is about: an id, never a name. */
    subject: string
    data: EventData<K>
  }
}[T]

/**
 * Org events keep one order for a whole county, since an inferior must not be known before its superior; others keep
 * one for each subject.
 */
export const keyOf = (type: EventType, countyId: string, subject: string): string =>
  type.startsWith('org.') ? countyId : `${countyId}/${subject}`

export function activeTraceparent(): string | null {
  const carrier: Record<string, string> = {}
  propagation.inject(context.active(), carrier)
  return carrier.traceparent ?? null
}

/**
 * Publishes to other services, in the same transaction as the change itself: either both happen or neither. One statement for all.
 * Data that its schema refuses is a fault of the writer and stops the transaction.
 */
export async function publish({ tx, actor }: Doing, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return
  const traceparent = activeTraceparent()
  const rows = events.map(event => ({
    org_id: event.orgId,
    type: event.type,
    subject: event.subject,
    key: keyOf(event.type, actor.countyId, event.subject),
    data: catalogue[event.type].parse(event.data),
  }))
  // Their order is that of `seq`, by which the relay reads them: nothing but an ordinality says it for rows of one statement.
  await sql`insert into outbox_event (county_id, org_id, type, subject, key, data, traceparent)
    select ${actor.countyId}::uuid, w.org_id, w.type, w.subject, w.key, w.data, ${traceparent}
    from rows from (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as (org_id uuid, type text, subject text, key text, data jsonb))
      with ordinality as w (org_id, type, subject, key, data, n)
    order by w.n`.execute(sqlOf(tx))
}
