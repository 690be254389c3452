import { anyOf } from '@linghang/database'
import type { Certainty, DeadlineRule } from '@linghang/rulebook'
import { sql } from 'kysely'
import { sqlOf, type Tx } from '../work.ts'

/** What fell due how often, and on what basis. */
export type AskedTask = { rule: DeadlineRule; times: number; article: string; source: string; certainty: Certainty }

export const taskStore = {
  /**
   * What fell due from a day on and before another, at offices of these organisations; what may be done from a day on is nobody's
   * task. A date that was moved counts on either day: of one plan there are many, and which took the place of which nothing says.
   */
  async dueAt(tx: Tx, orgIds: readonly string[], from: string, before: string): Promise<Map<string, AskedTask[]>> {
    const rows = await sqlOf(tx)
      .selectFrom('deadline')
      .select(['officeOrgId', 'rule', 'article', 'source', 'certainty'])
      .select(sql<number>`count(*)::int`.as('times'))
      .where('officeOrgId', '=', anyOf(orgIds))
      .where('nature', '=', 'LATEST')
      .where('dueOn', '>=', from)
      .where('dueOn', '<', before)
      .groupBy(['officeOrgId', 'rule', 'article', 'source', 'certainty'])
      .orderBy('times', 'desc')
      .orderBy('rule')
      .orderBy('article')
      .execute()
    const byOrg = Map.groupBy(rows, ({ officeOrgId }) => officeOrgId)
    return new Map([...byOrg].map(([id, tasks]) => [id, tasks.map(({ officeOrgId: _, ...task }) => task)]))
  },
}
