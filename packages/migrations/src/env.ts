import { readFileSync } from 'node:fs'
import { problemOf } from '@linghang/database/reach'
import { z } from 'zod'
import { type ServiceName, services } from './services.ts'

const json = (text: string, context: z.RefinementCtx): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue({ code: 'custom', message: 'JSON is wanted (应为 JSON)' })
    return z.NEVER
  }
}

const names = services as readonly string[]
const asNames = (text: string, context: z.RefinementCtx): ServiceName[] => {
  const given = text.split(',').map(name => name.trim())
  if (given.every(name => names.includes(name))) return services.filter(name => given.includes(name))
  context.addIssue({ code: 'custom', message: `of ${names.join(', ')}, with commas (用逗号分隔)` })
  return z.NEVER
}

const address = z.url({ protocol: /^postgres(ql)?$/ }).superRefine((url, context) => {
  const problem = problemOf(url)
  if (problem !== null) context.addIssue({ code: 'custom', message: problem })
})

const shape = z.object({
  MIGRATE_URLS: z
    .string()
    .transform(json)
    .pipe(z.partialRecord(z.enum(services), address)),
  MIGRATE_SERVICES: z.string().transform(asNames).optional(),
  MIGRATE_LOCK_SECONDS: z.coerce.number().int().min(1).max(3_600).optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).optional(),
})

/** What the program is told: an owner's address for each database, and how long to wait. */
export type MigrateEnvironment = {
  urls: readonly (readonly [ServiceName, string])[]
  lockSeconds: number | undefined
  level: string
}

const lineOf = (env: NodeJS.ProcessEnv, { path, message }: z.core.$ZodIssue): string => {
  const [name = '', ...rest] = path.map(String)
  const given = env[name] !== undefined || rest.length > 0
  const wanted = name === 'MIGRATE_URLS' ? ' (as {"org":"postgres://owner@host/org",…})' : ''
  return `  ${[name, ...rest].join('.')}: ${given ? message : 'missing (缺少)'}${wanted}`
}

/** `MIGRATE_URLS` holds passwords, so that it may stand in a file. */
const withFile = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => {
  const { MIGRATE_URLS: urls, MIGRATE_URLS_FILE: file } = env
  if (file === undefined) return env
  if (urls !== undefined)
    throw new Error('both MIGRATE_URLS and MIGRATE_URLS_FILE are given, one is wanted (两者只能给其一)')
  try {
    return { ...env, MIGRATE_URLS: readFileSync(file, 'utf8').replace(/\r?\n$/, '') }
  } catch {
    throw new Error('the file of MIGRATE_URLS_FILE cannot be read (文件无法读取)')
  }
}

/** @throws Error with a line for each variable that is missing or wrong, without values */
export function readMigrateEnvironment(given: NodeJS.ProcessEnv): MigrateEnvironment {
  const env = withFile(given)
  const parsed = shape.safeParse(env)
  const refuse = (lines: string[]): never => {
    throw new Error(`migrate cannot start, its environment is not right (环境变量有误):\n${lines.join('\n')}`)
  }
  if (!parsed.success) return refuse(parsed.error.issues.map(issue => lineOf(env, issue)))
  const { MIGRATE_URLS: urls, MIGRATE_SERVICES: wanted = services, ...rest } = parsed.data
  const without = wanted.filter(service => urls[service] === undefined)
  if (without.length > 0)
    refuse(
      without.map(name => `  MIGRATE_URLS.${name}: missing (缺少); without it leave ${name} out of MIGRATE_SERVICES`),
    )
  return {
    urls: wanted.map(service => [service, urls[service] ?? ''] as const),
    lockSeconds: rest.MIGRATE_LOCK_SECONDS,
    level: rest.LOG_LEVEL ?? 'info',
  }
}
