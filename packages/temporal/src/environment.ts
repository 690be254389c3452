import { keyRing } from '@linghang/subgraph/environment'
import { z } from 'zod'

/** How a process reaches Temporal. */
export const temporalEnvironment = {
  TEMPORAL_ADDRESS: z.string().regex(/^[^:]+:\d+$/),
  TEMPORAL_NAMESPACE: z.string().min(1),
  TEMPORAL_TLS: z.enum(['on', 'off']).default('off'),
  /** PEM files: whom to trust where the system's store does not say it, and who this worker is. */
  TEMPORAL_CA_FILE: z.string().min(1).optional(),
  TEMPORAL_CERT_FILE: z.string().min(1).optional(),
  TEMPORAL_KEY_FILE: z.string().min(1).optional(),
  TEMPORAL_API_KEY: z.string().min(1).optional(),
  TEMPORAL_PAYLOAD_KEYS: keyRing,
}
export type TemporalEnvironment = z.infer<z.ZodObject<typeof temporalEnvironment>>
