import { z } from 'zod'
import { parseStoreAddress } from './open-store.ts'

/** Where papers lie: `file:///folder`, or `s3://bucket/prefix?endpoint=https://host&region=...` with the two keys. */
const storeAddress = z.string().transform((text, context) => {
  const address = parseStoreAddress(text)
  if (address) return address
  context.addIssue({ code: 'custom', message: 'is neither file:///folder nor s3://bucket?endpoint=...' })
  return z.NEVER
})

/** What a service needs that keeps papers. */
export const papersEnvironment = {
  MATERIALS_STORE: storeAddress,
  AWS_ACCESS_KEY_ID: z.string().min(1).optional(),
  AWS_SECRET_ACCESS_KEY: z.string().min(1).optional(),
}
