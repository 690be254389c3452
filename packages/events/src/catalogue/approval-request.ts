import { z } from 'zod'
import { day, id, version } from './fields.ts'

export const approvalRequest = z
  .object({
    id,
    kind: z.string(),
    subjectType: z.string(),
    subjectId: id,
    /** Whom it is about; left out by those who told of requests before it was named. */
    memberId: id.optional(),
    orgId: id,
    deciderOrgId: id,
    requestedBy: id.nullable(),
    recusedMemberIds: z.array(id).max(50),
    requestedOn: day,
    dueOn: day.nullable(),
    hardLimitOn: day.nullable(),
    article: z.string(),
    source: z.string(),
    certainty: z.string(),
    /** The rungs by which the answer is reminded of, from the county's policy; left out: those of the platform. */
    ladder: z.array(z.string()).max(20).optional(),
    /** Whether the county has the deciding committee meet for it; left out where the kind alone says so. */
    inMeeting: z.boolean().optional(),
    round: version,
    version,
  })
  .describe('Something that an office of a superior is to decide (报批); round counts how often it was handed in')

export type ApprovalRequestState = z.infer<typeof approvalRequest>
