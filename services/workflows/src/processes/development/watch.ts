import type { TimedWatch } from '../../time/plan/timed-watch.ts'

/** What the workflow of a development case watches: `id` is the case's, `subjectId` the person's. */
export type CaseWatch = TimedWatch

/** One workflow a case, until it is archived or has ended. */
export const caseWorkflowId = (caseId: string): string => `development/${caseId}`
