import { z } from 'zod'
import { day, id, version } from './fields.ts'

/** As many as a meeting may have. */
const people = z.array(id).max(2_000)

export const attendance = z
  .object({
    /** The meeting’s. */
    id,
    orgId: id,
    kind: z.string(),
    heldOn: day,
    present: people,
    onLeave: people,
    absent: people,
    /** Of those who came: after it had begun, not to its end. */
    late: people,
    leftEarly: people,
    /** Of those who were away: the branch has confirmed that they made it up. */
    madeUp: people,
    /** Not due, lawfully. */
    excepted: people,
    version,
  })
  .describe(
    'Who came to a closed meeting (参会情况), as it was written down: ids, no names, no reasons of leave. Versions are its own, since a meeting may be made up after it was closed',
  )

export const appraisalGrading = z
  .object({
    /** The meeting’s. */
    id,
    orgId: id,
    heldOn: day,
    /** Null for whoever was left out and given none. */
    grades: z
      .array(z.object({ memberId: id, grade: z.enum(['EXCELLENT', 'COMPETENT', 'BASIC', 'UNFIT']).nullable() }))
      .max(2_000),
    version,
  })
  .describe(
    'What the yearly appraisal (民主评议党员) has found of each member: grades, by ids; no opinions, no counts of the test',
  )
