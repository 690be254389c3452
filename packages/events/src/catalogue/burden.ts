import { z } from 'zod'
import { day, id, version } from './fields.ts'

const many = z.int().nonnegative()

/** The same of every service in which organisations hand something in. */
export const burden = z
  .object({
    orgId: id,
    /** The first day of the month. */
    month: day,
    times: many,
    fields: many,
    picked: many,
    known: many,
    version,
  })
  .describe(
    'How many forms an organisation has handed in in a month (填报负担), and how many fields they had: sums alone, told within the hour',
  )

export type BurdenState = z.infer<typeof burden>
