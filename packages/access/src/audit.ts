import { createHash } from 'node:crypto'
import { batchOf, sqlOf } from '@linghang/database'
import { trace } from '@opentelemetry/api'
import { sql } from 'kysely'
import type { Doing } from './doing.ts'

export type AuditedChange = {
  orgId: string | null
  /** What was done, in the past tense of the field: `organisation.moved`, `member.changed`, `identity.revealed`. */
  action: string
  subjectType: string
  subjectId: string
  /** SHA-256 of the record as it was and as it became; null where there was or is none. Never the record itself. */
  beforeHash?: Uint8Array | null
  afterHash?: Uint8Array | null
}

const recorded = ['orgId', 'action', 'subjectType', 'subjectId', 'beforeHash', 'afterHash'] as const

/** SHA-256 of a record's JSON: equal records are the same again, and an audit row holds no more of them than this. */
export const recordHash = (record: unknown): Buffer => createHash('sha256').update(JSON.stringify(record)).digest()

/**
 * Of each organisation that is written of the one above it at which the actor holds the office that reaches it; null where that is
 * the same one, and where nobody's office did it. Asked once for each, since a roster writes of fifty thousand people at once.
 */
function officesOf({ accountId, grants }: Doing['actor'], changes: readonly AuditedChange[]) {
  const orgIds = accountId === null ? [] : [...new Set(changes.flatMap(({ orgId }) => orgId ?? []))]
  const places = grants.flatMap(({ orgId }) => orgId ?? [])
  const whole = grants.some(({ orgId }) => orgId === null)
  return sql<{ id: string; byOrgId: string | null }>`(
    select id, nullif(app.office_of(id, ${places}::uuid[], ${whole}::boolean), id) as by_org_id
    from unnest(${orgIds}::uuid[]) asked (id))`.as('office')
}

/** Appends audit rows in the writer's transaction: who, what, when, under which trace. One statement for all. */
export async function recordAudit({ tx, actor }: Doing, changes: readonly AuditedChange[]): Promise<void> {
  if (changes.length === 0) return
  const db = sqlOf(tx)
  const traceId = trace.getActiveSpan()?.spanContext().traceId ?? null
  await db
    .insertInto('auditEntry')
    .columns(['id', 'countyId', 'accountId', 'traceId', 'byOrgId', ...recorded])
    .expression(
      db
        .selectFrom(batchOf('auditEntry', changes))
        .leftJoin(officesOf(actor, changes), 'office.id', 'batch.orgId')
        .select([
          sql<string>`uuidv7()`.as('id'),
          sql<string>`${actor.countyId}::uuid`.as('countyId'),
          sql<string | null>`${actor.accountId}::uuid`.as('accountId'),
          sql<string | null>`${traceId}::text`.as('traceId'),
          'office.byOrgId',
          ...recorded,
        ]),
    )
    .execute()
}
