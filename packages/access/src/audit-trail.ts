import { sqlOf } from '@linghang/database'
import { sql } from 'kysely'
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

/** One condition for every filter, whatever it leaves out. */
const asked = (actor: Actor, filter: AuditFilter) => {
  const { orgId, below, accountId, subject, actions, from, to } = filter
  return sql<boolean>`a.county_id = ${actor.countyId}::uuid
    and (${auditsWholeCounty(actor)}::boolean or a.org_id = any ((select app.orgs_under(${uuidArray(auditGrants(actor))}::text))::uuid[]))
    and (${orgId}::uuid is null or a.org_id = any ((select case when ${below}::boolean
      then app.orgs_under('{' || ${orgId}::text || '}') else array[${orgId}::uuid] end)::uuid[]))
    and (${accountId}::uuid is null or a.account_id = ${accountId}::uuid)
    and (${subject?.id ?? null}::uuid is null
      or (a.subject_id = ${subject?.id ?? null}::uuid and a.subject_type = ${subject?.type ?? null}::text))
    and (${actions}::text[] is null or split_part(a.action, ': ', 1) = any (${actions}::text[]))
    and (${from}::date is null or a.recorded_at >= ${from}::date::timestamp at time zone 'Asia/Shanghai')
    and (${to}::date is null or a.recorded_at < (${to}::date + 1)::timestamp at time zone 'Asia/Shanghai')`
}

export const auditTrail = {
  /** At most `limit` entries `past` the one that is named by `from`, in this order of their ids, which is that of time. */
  list: (
    tx: RawTx,
    actor: Actor,
    filter: AuditFilter,
    { from, past, order, limit }: { from: string | null; past: '<' | '>'; order: 'asc' | 'desc'; limit: number },
  ): Promise<AuditEntry[]> =>
    sqlOf(tx)
      .selectFrom('auditEntry as a')
      .select(['a.id', 'a.orgId', 'a.accountId', 'a.subjectType', 'a.subjectId', 'a.traceId', 'a.recordedAt'])
      .select([
        sql<string>`split_part(a.action, ': ', 1)`.as('action'),
        sql<string | null>`nullif(substr(a.action, length(split_part(a.action, ': ', 1)) + 3), '')`.as('reason'),
      ])
      .where(asked(actor, filter))
      .$if(from !== null, entries => entries.where('a.id', past, from))
      .orderBy('a.id', order)
      .limit(limit)
      .execute(),

  async count(tx: RawTx, actor: Actor, filter: AuditFilter): Promise<number> {
    const counted = await sqlOf(tx)
      .selectFrom('auditEntry as a')
      .select(({ fn }) => fn.countAll<bigint>().as('n'))
      .where(asked(actor, filter))
      .executeTakeFirst()
    return Number(counted?.n ?? 0)
  },
}
