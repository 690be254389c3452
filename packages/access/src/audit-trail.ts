import { type Actor, auditGrants, auditsWholeCounty } from './actor.ts'
import type { RawTx } from './transact.ts'

/** What was done to what, as it was recorded: ids, no names and nothing of the records themselves. */
export type AuditEntry = {
  id: string
  orgId: string | null
  accountId: string | null
  action: string
  /** Why, in the words of whoever did it; null where none was asked for. */
  reason: string | null
  subjectType: string
  subjectId: string
  traceId: string | null
  recordedAt: Date
}

/** Which entries; null asks for nothing. Days are days in Asia/Shanghai, both of them included. */
export type AuditFilter = {
  orgId: string | null
  below: boolean
  accountId: string | null
  subject: { type: string; id: string } | null
  actions: readonly string[] | null
  from: string | null
  to: string | null
}

const uuidArray = (ids: readonly string[]) => `{${ids.join(',')}}`

/** Whether somebody may read any of the audit at all. */
export const mayAudit = (actor: Actor): boolean => auditsWholeCounty(actor) || auditGrants(actor).length > 0

/** One shape of statement for every filter, so that its plan is kept. */
const condition = `a.county_id = $1::uuid and ($2::boolean or a.org_id = any ((select app.orgs_under($3::text))::uuid[]))
  and ($4::uuid is null
    or a.org_id = any ((select case when $5::boolean then app.orgs_under('{' || $4::text || '}') else array[$4::uuid] end)::uuid[]))
  and ($6::uuid is null or a.account_id = $6::uuid)
  and ($7::uuid is null or (a.subject_id = $7::uuid and a.subject_type = $8::text))
  and ($9::text[] is null or split_part(a.action, ': ', 1) = any ($9::text[]))
  and ($10::date is null or a.recorded_at >= $10::date::timestamp at time zone 'Asia/Shanghai')
  and ($11::date is null or a.recorded_at < ($11::date + 1)::timestamp at time zone 'Asia/Shanghai')`
const valuesOf = (actor: Actor, filter: AuditFilter): unknown[] => [
  actor.countyId,
  auditsWholeCounty(actor),
  uuidArray(auditGrants(actor)),
  filter.orgId,
  filter.below,
  filter.accountId,
  filter.subject?.id ?? null,
  filter.subject?.type ?? null,
  filter.actions,
  filter.from,
  filter.to,
]

export const auditTrail = {
  /** At most `limit` entries `past` the one that is named by `from`, in this order of their ids, which is that of time. */
  async list(
    tx: RawTx,
    actor: Actor,
    filter: AuditFilter,
    page: { from: string | null; past: '<' | '>'; order: 'asc' | 'desc'; limit: number },
  ): Promise<AuditEntry[]> {
    return tx.$queryRawUnsafe<AuditEntry[]>(
      `select a.id, a.org_id as "orgId", a.account_id as "accountId", split_part(a.action, ': ', 1) as action,
         nullif(substr(a.action, length(split_part(a.action, ': ', 1)) + 3), '') as reason, a.subject_type as "subjectType",
         a.subject_id as "subjectId", a.trace_id as "traceId", a.recorded_at as "recordedAt"
       from audit_entry a where ${condition} and ($12::uuid is null or a.id ${page.past} $12::uuid)
       order by a.id ${page.order} limit $13::int`,
      ...valuesOf(actor, filter),
      page.from,
      page.limit,
    )
  },

  async count(tx: RawTx, actor: Actor, filter: AuditFilter): Promise<number> {
    const [row] = await tx.$queryRawUnsafe<{ n: bigint }[]>(
      `select count(*) as n from audit_entry a where ${condition}`,
      ...valuesOf(actor, filter),
    )
    return Number(row?.n ?? 0)
  },
}
