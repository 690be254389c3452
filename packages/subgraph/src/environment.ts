import { problemOf } from '@linghang/database'
import { kafkaEnvironment } from '@linghang/events'
import { z } from 'zod'
import { disagreements, processEnvironment } from './process-environment.ts'
import { holdSecret, readSecret } from './secret-files.ts'

/** Of OpenTelemetry's variables those that say where telemetry goes; its SDK reads the others by itself. */
export const telemetryEnvironment = {
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: z.enum(['http/protobuf', 'http/json', 'grpc']).optional(),
  OTEL_TRACES_EXPORTER: z.enum(['otlp', 'none']).optional(),
  OTEL_METRICS_EXPORTER: z.enum(['otlp', 'none']).optional(),
}

const cursorKey = z.string('no key in it').min(32, 'each key has at least 32 characters')
/** Keys in order, between blanks or line breaks: the first signs, the others are still believed. */
const cursorKeys = z
  .string()
  .transform(text => text.split(/\s+/).filter(key => key !== ''))
  .pipe(z.tuple([cursorKey], cursorKey))
  .refine(keys => keys.length <= 4, 'more than four keys')

/** A PostgreSQL's address, with TLS as libpq reads it. */
export const databaseAddress = z.url({ protocol: /^postgres(ql)?$/ }).superRefine((address, context) => {
  const problem = problemOf(address)
  if (problem !== null) context.addIssue({ code: 'custom', message: problem })
})

/** What every subgraph reads from its environment. */
export const serverEnvironment = {
  HOST: z.string().min(1),
  PORT: z.coerce.number().int().min(1).max(65_535),
  ...processEnvironment,
  DATABASE_URL: databaseAddress,
  DATABASE_DIRECT_URL: databaseAddress.optional(),
  DATABASE_CONNECTIONS: z.coerce.number().int().min(2).max(200).optional(),
  DATABASE_KEPT_STATEMENTS: z.coerce.number().int().min(0).max(500).optional(),
  ...kafkaEnvironment,
  INTERNAL_TOKEN_JWKS: z.string().transform((text, context) => jsonOr(text, context)),
  CURSOR_KEY: cursorKeys,
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
 * since some are secrets. What stands in a secret's file (`NAME_FILE`) is what the file says at the moment of asking:
 * see `followSecrets`.
 * @throws Error with a line for each variable that is missing or wrong
 */
export function readEnvironment<Shape extends z.ZodRawShape>(
  service: string,
  shape: Shape,
  env: NodeJS.ProcessEnv,
): z.infer<z.ZodObject<Shape>> {
  const read = new Map(Object.keys(shape).map(name => [name, readSecret(name, env)]))
  const given = Object.fromEntries([...read].map(([name, { text }]) => [name, text]))
  const parsed = z.object(shape).safeParse(given)
  const unread = [...read].flatMap(([name, { problem }]) => (problem === undefined ? [] : [{ name, problem }]))
  if (parsed.success) unread.push(...disagreements(parsed.data))
  if (parsed.success && unread.length === 0) {
    for (const [name, { text, file }] of read)
      if (text !== undefined && file !== undefined)
        holdSecret(parsed.data, {
          ...{ name, file, text, value: parsed.data[name as keyof typeof parsed.data] },
          judge: said => judge(shape[name] as z.ZodType, said),
        })
    return parsed.data
  }
  const wrong = (parsed.error?.issues ?? []).flatMap(({ path, message }) => {
    const name = String(path[0])
    if (unread.some(other => other.name === name)) return []
    return [`  ${path.join('.')}: ${given[name] === undefined ? 'missing (缺少)' : message}`]
  })
  const lines = [...unread.map(({ name, problem }) => `  ${name}: ${problem}`), ...wrong]
  throw new Error(`${service} cannot start, its environment is not right (环境变量有误):\n${lines.join('\n')}`)
}

function judge(schema: z.ZodType, text: string) {
  const parsed = schema.safeParse(text)
  return parsed.success
    ? { success: true as const, value: parsed.data }
    : { success: false as const, problem: parsed.error.issues.map(({ message }) => message).join('; ') }
}
