import { z } from 'zod'
import { burden } from './burden.ts'
import { day, id, version } from './fields.ts'

const approvalDecision = z
  .object({
    id,
    kind: z.string(),
    subjectType: z.string(),
    subjectId: id,
    orgId: id,
    deciderOrgId: id,
    outcome: z.enum(['APPROVED', 'REFUSED', 'RETURNED']),
    decidedOn: day,
    decidedBy: id,
    /** The deciding committee's meeting that voted on it; null or left out where it needs none. */
    meetingId: id.nullable().optional(),
    reason: z.string().nullable(),
    round: version,
    version,
  })
  .describe('What the office decided (批复), or that it sent the request back to be corrected')

/** What the workflows service tells. */
export const workflowsEvents = {
  'workflows.burden.counted.v1': burden,
  'workflows.approval.decided.v1': approvalDecision,
} as const

export type ApprovalDecisionState = z.infer<typeof approvalDecision>
