import { z } from 'zod'

const port = z.coerce.number().int().min(1).max(65_535)

/** What every process that serves is told beside its work: where it is watched, how it ends, what it is. */
export const processEnvironment = {
  /** Health and metrics have this port and no other; without it they are at PORT. */
  MANAGEMENT_PORT: port.optional(),
  /** For how long requests are still taken after SIGTERM, once readiness has fallen. */
  DRAIN_SECONDS: z.coerce.number().min(0).max(120).default(0),
  /** Within which a process has ended after SIGTERM, draining included. */
  SHUTDOWN_SECONDS: z.coerce.number().min(1).max(600).default(25),
  LINGHANG_VERSION: z.string().min(1).optional(),
  LINGHANG_COMMIT: z.string().min(1).optional(),
  INSTANCE_ID: z.string().min(1).optional(),
}
export type ProcessEnvironment = Partial<z.infer<z.ZodObject<typeof processEnvironment>>>

/** What is right by itself and not together, each with the variable to be changed. */
export function disagreements(
  env: ProcessEnvironment & { PORT?: number | undefined },
): { name: string; problem: string }[] {
  const { MANAGEMENT_PORT: management, DRAIN_SECONDS: drain = 0, SHUTDOWN_SECONDS: whole = 25 } = env
  return [
    ...(management !== undefined && management === env.PORT
      ? [{ name: 'MANAGEMENT_PORT', problem: 'a port other than PORT is wanted (须与 PORT 不同)' }]
      : []),
    ...(drain >= whole
      ? [{ name: 'DRAIN_SECONDS', problem: 'less than SHUTDOWN_SECONDS is wanted (须小于 SHUTDOWN_SECONDS)' }]
      : []),
  ]
}

/** How a process ends, in milliseconds. */
export const endingOf = ({ DRAIN_SECONDS = 0, SHUTDOWN_SECONDS = 25 }: ProcessEnvironment) => ({
  drainMs: DRAIN_SECONDS * 1_000,
  graceMs: SHUTDOWN_SECONDS * 1_000,
})
