import { ladderOfDate } from '../time/ladder/ladder-of-date.ts'
import { processOfRows } from '../time/watch/process.ts'
import type { Work } from '../work.ts'
import type { Approval } from './approval.ts'
import { approvalStore } from './store.ts'

/** A request to a superior: an answer is due while it is open, nothing afterwards. */
export const approval = processOfRows<Approval>({
  kind: 'APPROVAL',
  watched: ({ id, orgId, round, announcedOn, revision, state }) => ({
    ...{ id, orgId, round, announcedOn, subjectId: id, subjectType: 'APPROVAL' },
    ...{ version: revision, isOpen: state === 'OPEN' },
  }),
  datesOf: ({ dueOn, article, source, certainty, role, deciderOrgId }) => [
    {
      ...{ rule: 'APPROVAL_DUE', nature: 'LATEST', dueOn, article, source, certainty },
      office: { role, orgId: deciderOrgId },
    },
  ],
  ladder: ({ ladder }, date) => ladderOfDate(date, ladder),
  comesBack: true,
  title: { APPROVAL_DUE: '上级批复到期' },
})

/** What is due of these approvals as they stand now. */
export async function watchApprovals(
  work: Work,
  ids: readonly string[],
  traceparents: ReadonlyMap<string, string>,
): Promise<void> {
  await approval.watch(work, await approvalStore.byIds(work.tx, work.actor.countyId, ids), traceparents)
}
