import type { TimedWatch } from '../time/plan/timed-watch.ts'

/** What the workflow of an approval watches: `id` and `subjectId` are both the approval's. */
export type ApprovalWatch = TimedWatch

/** One workflow an approval, until it is decided or withdrawn; a new one when it is handed in again. */
export const approvalWorkflowId = (approvalId: string): string => `approval/${approvalId}`
