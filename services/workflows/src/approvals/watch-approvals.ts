import { ladderOfDate } from '../time/ladder/ladder-of-date.ts'
import type { Subject } from '../time/watch/subject.ts'
import { watchSubjects } from '../time/watch/watch-subjects.ts'
import type { Work } from '../work.ts'
import type { Approval } from './approval.ts'
import { approvalStore } from './store.ts'

function subjectOf(approval: Approval): Subject {
  const { id, orgId, deciderOrgId, role, round, announcedOn, dueOn, article, source, certainty } = approval
  const due = { rule: 'APPROVAL_DUE', dueOn, nature: 'LATEST' } as const
  const open = approval.state === 'OPEN'
  return {
    ...{ id, orgId, round, announcedOn, subjectId: id, subjectType: 'APPROVAL', type: 'APPROVAL' },
    version: approval.revision,
    state: open ? 'OPEN' : 'ENDED',
    deadlines: open
      ? [
          {
            ...{ ...due, article, source, certainty },
            ...{ office: { role, orgId: deciderOrgId }, ladder: ladderOfDate(due, approval.ladder) },
          },
        ]
      : [],
  }
}

/** What is due of these approvals as they stand now: an answer while they are open, nothing afterwards. */
export async function watchApprovals(
  work: Work,
  ids: readonly string[],
  traceparents: ReadonlyMap<string, string>,
): Promise<void> {
  const approvals = await approvalStore.byIds(work.tx, work.actor.countyId, ids)
  await watchSubjects(work, approvals.map(subjectOf), traceparents)
}
