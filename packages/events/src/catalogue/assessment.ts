import { z } from 'zod'
import { day, id, version } from './fields.ts'

const recordedFact = z
  .object({
    id,
    /** Whose office wrote it down. */
    orgId: id,
    subjectType: z.enum(['MEMBER', 'ORGANISATION']),
    subjectId: id,
    kind: z.string(),
    day,
    /** In hundredths. */
    quantity: z.int().positive(),
    attributes: z.record(z.string(), z.union([z.string(), z.int(), z.boolean()])),
    withdrawn: z.boolean(),
    version,
  })
  .describe(
    'What an office has written down since no service knows it (手工登记的事实), as it stands after its last correction; no evidence, no reasons',
  )

/** What the assessment service tells. */
export const assessmentEvents = {
  'assessment.fact.recorded.v1': recordedFact,
} as const
