import { z } from 'zod'
import { id, version } from './fields.ts'

const duesRecord = z
  .object({ memberId: id, orgId: id, owes: z.boolean(), complete: z.boolean(), version })
  .describe('Whether a person owes dues (党费) and whether what is needed to work them out is there')

/** What the dues service tells. */
export const duesEvents = {
  'dues.record.opened.v1': duesRecord,
  'dues.record.changed.v1': duesRecord,
} as const

export type DuesRecordState = z.infer<typeof duesRecord>
