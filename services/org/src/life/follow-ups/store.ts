import { sql } from 'kysely'
import { sqlOf, type Tx } from '../../work.ts'

/** What has to be done after a meeting, and by when. */
export type FollowUpDate = { rule: 'REMARK_LEFT' | 'REMARK_ANSWER' | 'CRITICISM_MEASURE'; dueOn: string }

const datesAtMost = 200

export const followUpStore = {
  /** Counts up how often an organisation's was told; whoever tells next waits. @returns what it is told under */
  async count(tx: Tx, countyId: string, orgId: string, newId: string): Promise<{ id: string; told: bigint }> {
    return await sqlOf(tx)
      .insertInto('followUp')
      .values({ id: newId, countyId, orgId, told: 1n })
      .onConflict(found => found.column('orgId').doUpdateSet({ told: sql<bigint>`follow_up.told + 1` }))
      .returning(['id', 'told'])
      .executeTakeFirstOrThrow()
  },

  /** What an organisation still has to answer and to mend, each day of a rule once, the earliest first. */
  async dates(tx: Tx, orgId: string): Promise<FollowUpDate[]> {
    const { rows } = await sql<FollowUpDate>`
      select rule, due_on::text as due_on from (
        select 'REMARK_LEFT' as rule, heard_on as due_on from record_remark
          where org_id = ${orgId}::uuid and state = 'OPEN'
        union select 'REMARK_ANSWER', due_on from record_remark
          where org_id = ${orgId}::uuid and state = 'OPEN' and due_on is not null
        union select 'CRITICISM_MEASURE', due_on from criticism_measure
          where org_id = ${orgId}::uuid and done_on is null
      ) open order by due_on, rule limit ${datesAtMost}`.execute(sqlOf(tx))
    return rows
  },
}
