import { parseStoreAddress } from '@linghang/papers'
import { keyRing, readEnvironment, serverEnvironment } from '@linghang/subgraph'
import { z } from 'zod'

/** Where papers lie: `file:///folder`, or `s3://bucket/prefix?endpoint=https://host&region=...` with the two keys. */
const storeAddress = z.string().transform((text, context) => {
  const address = parseStoreAddress(text)
  if (address) return address
  context.addIssue({ code: 'custom', message: 'is neither file:///folder nor s3://bucket?endpoint=...' })
  return z.NEVER
})

/** What the server needs. */
export const readServerEnvironment = () =>
  readEnvironment(
    'members',
    {
      ...serverEnvironment,
      REGISTER_KEYS: keyRing,
      MATERIALS_STORE: storeAddress,
      AWS_ACCESS_KEY_ID: z.string().min(1).optional(),
      AWS_SECRET_ACCESS_KEY: z.string().min(1).optional(),
    },
    process.env,
  )

export type ServerEnvironment = ReturnType<typeof readServerEnvironment>
