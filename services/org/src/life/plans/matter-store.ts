import { excluded, insertBatch } from '@linghang/database'
import type { DevelopmentCaseState } from '@linghang/events'
import { certaintyOf, type DeadlineRule, deadlineRules, type PlanMatter } from '@linghang/rulebook'
import { sqlOf, type Tx } from '../../work.ts'

type CaseDate = DevelopmentCaseState['deadlines'][number]
const columns = ['caseId', 'countyId', 'orgId', 'memberId', 'version', 'open', 'dates'] as const
const told = ['orgId', 'memberId', 'version', 'open', 'dates'] as const
/** Open cases of a branch that a plan looks at: no branch has more in earnest. */
const casesAtMost = 500

const isRule = (rule: string): rule is DeadlineRule => (deadlineRules as readonly string[]).includes(rule)

export const matterStore = {
  /** Takes over what is newer than what is known; one statement for a batch. */
  async write(tx: Tx, countyId: string, cases: readonly DevelopmentCaseState[]): Promise<void> {
    const rows = cases.map(({ id, orgId, memberId, state, deadlines, version }) => ({
      ...{ caseId: id, countyId, orgId, memberId, open: state === 'OPEN', version: BigInt(version) },
      dates: deadlines,
    }))
    await insertBatch(sqlOf(tx), 'caseDue', columns, rows)
      .onConflict(found =>
        found
          .column('caseId')
          .doUpdateSet(excluded(told))
          .where(({ eb, ref }) => eb('excluded.version', '>', ref('caseDue.version'))),
      )
      .execute()
  },

  /** What the open cases of a branch have due there; what a committee above has to do is not the branch's to plan. */
  async dueAt(tx: Tx, orgId: string): Promise<PlanMatter[]> {
    const rows = await sqlOf(tx)
      .selectFrom('caseDue')
      .select(['memberId', 'dates'])
      .where('orgId', '=', orgId)
      .where('open', '=', true)
      .orderBy('caseId')
      .limit(casesAtMost)
      .execute()
    return rows.flatMap(({ memberId, dates }) =>
      (dates as CaseDate[]).flatMap(({ rule, dueOn, article, source, certainty, orgId: at }) =>
        at === orgId && isRule(rule)
          ? [{ rule, dueOn, memberId, citation: { article, source, certainty: certaintyOf(certainty) } }]
          : [],
      ),
    )
  },
}
