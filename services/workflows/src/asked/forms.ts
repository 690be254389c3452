import { byPractice, type Citation } from '@linghang/rulebook'
import type { Form, FormAsker } from '@linghang/subgraph'

const form = (mutation: string, askedBy: FormAsker, citation: Citation, ...actions: string[]): Form => ({
  ...{ mutation, actions, askedBy, citation },
})
const deciding = byPractice('下级报批事项的批复')
const offered = byPractice('自愿使用的功能，不要求填报')

/**
 * What organisations hand in of what waits for them (law B8, R7); a request itself is counted where it is made. A mutation that
 * stands neither here nor among those that nobody hands in for an organisation fails the test beside this.
 */
export const forms: readonly Form[] = [
  form('decideApproval', 'REGULATION', deciding, 'approval.approved', 'approval.refused', 'approval.returned'),
  form('delegateApprovals', 'NOBODY', offered, 'approvals.delegated'),
  form('createCalendarFeed', 'NOBODY', offered, 'calendar-feed.created'),
]

/**
 * What nobody hands in for an organisation: it takes back, or is told one by one as another form is. Who has read what is counted
 * of nobody: what is read is no work, and no measure of any (R1).
 */
export const notHandedIn: ReadonlySet<string> = new Set([
  ...['endDelegation', 'revokeCalendarFeed', 'decideApprovals'],
  ...['markRemindersRead', 'markPersonalRemindersRead', 'dismissPersonalReminders'],
])
