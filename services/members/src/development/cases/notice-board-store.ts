import { batchOf } from '@linghang/database'
import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'
import type { Fact } from './facts.ts'

/** A fact of a case, and whose it is. */
export type FactOfCase = { caseId: string; orgId: string; memberId: string; fact: Fact }

const hanging = ({ caseId, orgId, memberId, fact }: FactOfCase, newId: () => string) =>
  fact.type !== 'NOTICE_OPENED'
    ? []
    : [
        {
          ...{ id: newId(), case: caseId, org: orgId, member: memberId, step: fact.step, from: fact.on },
          ...{ until: fact.until, days: fact.workingDays, provisional: fact.provisional },
        },
      ]

/** What takes a notice down: its end, or that it is to be hung out anew, if at all. */
const closing = ({ caseId, fact }: FactOfCase): { caseId: string; closedOn: string | null }[] => {
  if (fact.type === 'NOTICE_CLOSED') return [{ caseId, closedOn: fact.on }]
  const isCancelled = fact.type === 'NOTICE_CANCELLED' || fact.type === 'ENDED' || fact.type === 'STEP_REOPENED'
  return isCancelled ? [{ caseId, closedOn: null }] : []
}

/** The unit's notice board: what the facts of cases make of it, so that a case and its notice cannot disagree. */
export const noticeBoard = {
  /** Takes down and hangs out what these facts say; two statements at most, and none for facts that are not of notices. */
  async follow(tx: Tx, countyId: string, facts: readonly FactOfCase[], newId: () => string): Promise<void> {
    const closed = facts.flatMap(closing)
    if (closed.length > 0)
      await sqlOf(tx)
        .updateTable('publicNotice')
        .from(batchOf('publicNotice', closed))
        .set(({ ref }) => ({ closedOn: ref('batch.closedOn'), cancelled: sql<boolean>`batch.closed_on is null` }))
        .whereRef('publicNotice.caseId', '=', 'batch.caseId')
        .where('publicNotice.closedOn', 'is', null)
        .where(({ not }) => not('publicNotice.cancelled'))
        .execute()
    const opened = facts.flatMap(one => hanging(one, newId))
    if (opened.length > 0)
      await sql`
        insert into public_notice (id, county_id, org_id, case_id, step, name, starts_on, ends_on, working_days, provisional)
        select w.id, ${countyId}::uuid, w.org, w.case, w.step, coalesce(m.name, ''), w.from, w.until, w.days, w.provisional
        from jsonb_to_recordset(${JSON.stringify(opened)}::jsonb) as w (id uuid, org uuid, "case" uuid, member uuid, step text,
          "from" date, until date, days int, provisional boolean)
        left join member m on m.id = w.member`.execute(sqlOf(tx))
  },
}
