import { createHash } from 'node:crypto'
import { trace } from '@opentelemetry/api'
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

/** SHA-256 of a record's JSON: equal records are the same again, and an audit row holds no more of them than this. */
export const recordHash = (record: unknown): Buffer => createHash('sha256').update(JSON.stringify(record)).digest()

/** Appends audit rows in the writer's transaction: who, what, when, under which trace. One statement for all. */
export async function recordAudit({ tx, actor }: Doing, changes: readonly AuditedChange[]): Promise<void> {
  if (changes.length === 0) return
  await tx.$executeRawUnsafe(
    `insert into audit_entry (id, county_id, org_id, account_id, action, subject_type, subject_id, before_hash, after_hash, trace_id)
     select uuidv7(), $1::uuid, w.org_id, $2::uuid, w.action, w.subject_type, w.subject_id,
            decode(w.before_hash, 'hex'), decode(w.after_hash, 'hex'), $3
     from jsonb_to_recordset($4::jsonb)
       as w (org_id uuid, action text, subject_type text, subject_id uuid, before_hash text, after_hash text)`,
    actor.countyId,
    actor.accountId,
    trace.getActiveSpan()?.spanContext().traceId ?? null,
    JSON.stringify(
      changes.map(change => ({
        org_id: change.orgId,
        action: change.action,
        subject_type: change.subjectType,
        subject_id: change.subjectId,
        before_hash: hex(change.beforeHash),
        after_hash: hex(change.afterHash),
      })),
    ),
  )
}

const hex = (bytes: Uint8Array | null | undefined): string | null => (bytes ? Buffer.from(bytes).toString('hex') : null)
