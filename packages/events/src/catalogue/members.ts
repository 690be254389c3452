import { z } from 'zod'
import { approvalRequest } from './approval-request.ts'
import { burden } from './burden.ts'
import { day, id, version } from './fields.ts'

const member = z
  .object({
    id,
    orgId: id,
    kind: z.enum(['APPLICANT', 'ACTIVIST', 'CANDIDATE', 'PROBATIONARY', 'FULL']),
    appliedOn: day.nullable(),
    activistSince: day.nullable(),
    candidateSince: day.nullable(),
    joinedOn: day.nullable(),
    fullMemberSince: day.nullable(),
    talkHeldOn: day.nullable(),
    lastReviewOn: day.nullable(),
    knownOn: day,
    duesCategory: z.string().nullable(),
    duesBaseFen: z.string().regex(/^\d+$/).nullable(),
    leftOn: day.nullable(),
    /** When a penalty takes the person's rights (留党察看); left out where none was recorded. */
    rightsSuspended: z
      .array(z.object({ from: day, until: day }))
      .max(20)
      .optional(),
    version,
  })
  .describe(
    'A person in the register (党员及发展对象) after the change: dates and standing, never name, ID or phone number',
  )

const caseDeadline = z.object({
  rule: z.string(),
  dueOn: day,
  nature: z.enum(['LATEST', 'EARLIEST']),
  article: z.string(),
  source: z.string(),
  certainty: z.string(),
  role: z.string(),
  orgId: id,
})

const developmentCase = z
  .object({
    id,
    memberId: id,
    orgId: id,
    state: z.enum(['OPEN', 'ARCHIVED', 'ENDED']),
    stage: z.string(),
    step: z.string(),
    deadlines: z.array(caseDeadline).max(20),
    ladders: z.record(z.string(), z.array(z.string())),
    /** To whom this change has passed the case on, and since when; null or left out where it stays with whom it was. */
    turn: z.object({ role: z.string(), orgId: id, since: day }).nullable().optional(),
    /** The day on which what has changed had happened, as it was written down; left out by those who did not say. */
    happenedOn: day.optional(),
    version,
  })
  .describe('A development case (发展党员个案) after the change: where it stands and what is due when by whom')

const developmentPolicy = z
  .object({ effectiveFrom: day, after: id.nullable() })
  .describe(
    'A county has set rules for developing members from a day on (发展党员县级规定). Open cases take them up in parts: those behind the case `after`, from the first where it is null',
  )

/** What the members service tells. */
export const membersEvents = {
  'members.burden.counted.v1': burden,
  'members.member.registered.v1': member,
  'members.member.changed.v1': member,
  'members.member.transferred.v1': member,
  'members.member.left.v1': member,
  'members.case.changed.v1': developmentCase,
  'members.policy.set.v1': developmentPolicy,
  'members.approval.requested.v1': approvalRequest,
  'members.approval.withdrawn.v1': approvalRequest,
} as const

export type MemberState = z.infer<typeof member>
export type DevelopmentCaseState = z.infer<typeof developmentCase>
