import { kafkaEnvironment } from '@linghang/events'
import { z } from 'zod'

/** Of OpenTelemetry's variables those that say where telemetry goes; its SDK reads the others by itself. */
export const telemetryEnvironment = {
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: z.enum(['http/protobuf', 'http/json', 'grpc']).optional(),
  OTEL_TRACES_EXPORTER: z.enum(['otlp', 'none']).optional(),
  OTEL_METRICS_EXPORTER: z.enum(['otlp', 'none']).optional(),
}

/** What every subgraph reads from its environment. */
export const serverEnvironment = {
  HOST: z.string().min(1),
  PORT: z.coerce.number().int().min(1).max(65_535),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  DATABASE_CONNECTIONS: z.coerce.number().int().min(2).max(200).optional(),
  DATABASE_KEPT_STATEMENTS: z.coerce.number().int().min(0).max(500).optional(),
  ...kafkaEnvironment,
  INTERNAL_TOKEN_JWKS: z.string().transform((text, context) => jsonOr(text, context)),
  CURSOR_KEY: z.string().min(32),
  ...telemetryEnvironment,
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).optional(),
}

/** Master keys by id, for what is encrypted at rest: `{"current":"k1","keys":{"k1":"<32 bytes in base64>"}}`. */
export const keyRing = z
  .string()
  .transform((text, context) => jsonOr(text, context))
  .pipe(z.object({ current: z.string(), keys: z.record(z.string(), z.base64()) }))
  .refine(ring => ring.keys[ring.current] !== undefined, 'the current key is not among the keys')
  .refine(
    ring => Object.values(ring.keys).every(key => Buffer.from(key, 'base64').length === 32),
    'each key has 32 bytes',
  )
export type KeyRing = z.infer<typeof keyRing>

// biome-ignore lint/suspicious/noExplicitAny: JSON.parse gives any; the schema behind it decides.
function jsonOr(text: string, context: z.RefinementCtx): any {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue({ code: 'custom', message: 'is not JSON' })
    return z.NEVER
  }
}

/**
 * The environment, checked whole before anything starts: all that is wrong is said at once, and no value is printed,
 * since some are secrets.
 * @throws Error with a line for each variable that is missing or wrong
 */
export function readEnvironment<Shape extends z.ZodRawShape>(
  service: string,
  shape: Shape,
  env: NodeJS.ProcessEnv,
): z.infer<z.ZodObject<Shape>> {
  const parsed = z.object(shape).safeParse(env)
  if (parsed.success) return parsed.data
  const lines = parsed.error.issues.map(issue => {
    const name = issue.path.join('.')
    return `  ${name}: ${env[name] === undefined ? 'missing (缺少)' : issue.message}`
  })
  throw new Error(`${service} cannot start, its environment is not right (环境变量有误):\n${lines.join('\n')}`)
}
