import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'

/** Variables that hold secrets: beside each, `NAME_FILE` may name the file in which it stands. For every process. */
const secrets = new Set([
  ...['DATABASE_URL', 'DATABASE_DIRECT_URL', 'MIGRATE_URLS', 'LINGHANG_DATABASE_URL', 'LINGHANG_TOKEN'],
  ...['KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD', 'KAFKA_OAUTH_CLIENT_ID', 'KAFKA_OAUTH_CLIENT_SECRET'],
  ...['INTERNAL_TOKEN_JWKS', 'INTERNAL_TOKEN_PRIVATE_KEY', 'CURSOR_KEY', 'REGISTER_KEYS'],
  ...['TEMPORAL_PAYLOAD_KEYS', 'TEMPORAL_API_KEY', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
])
export const isSecret = (name: string): boolean => secrets.has(name) || name.startsWith('PAYMENTS_')

const bytesAtMost = 1_048_576
const usualMs = 1_000

type Log = { info(fields: object, message: string): void; error(fields: object, message: string): void }
type Judged = { success: true; value: unknown } | { success: false; problem: string }
type Held = {
  name: string
  file: string
  text: string
  value: unknown
  judge: (text: string) => Judged
}

/** Editors and `kubectl create secret --from-file` end a file with a line break that is no part of a password. */
const cut = (text: string): string => text.replace(/\r?\n$/, '')
const fits = (text: string): boolean => Buffer.byteLength(text) <= bytesAtMost

/**
 * What a variable says, or the file that stands for it.
 * @returns the text, undefined where neither is given; with its file, or with what is wrong
 */
export function readSecret(
  name: string,
  env: NodeJS.ProcessEnv,
): { text: string | undefined; file?: string; problem?: string } {
  const own = env[name]
  const file = isSecret(name) ? env[`${name}_FILE`] : undefined
  if (file === undefined) return { text: own }
  if (own !== undefined)
    return { text: own, problem: `both ${name} and ${name}_FILE are given, one is wanted (两者只能给其一)` }
  try {
    const text = cut(readFileSync(file, 'utf8'))
    return fits(text)
      ? { text, file }
      : { text: undefined, problem: `the file of ${name}_FILE is larger than a MiB (文件过大)` }
  } catch {
    return { text: undefined, problem: `the file of ${name}_FILE cannot be read (文件无法读取)` }
  }
}

/**
 * The environment of a command, with what stands in files in the place of their names.
 * @throws Error that names each file that is wrong
 */
export function withSecrets(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const named = Object.keys(env).flatMap(name => (name.endsWith('_FILE') ? [name.slice(0, -5)] : []))
  const read = named.filter(isSecret).map(name => ({ name, ...readSecret(name, env) }))
  const problems = read.flatMap(({ problem }) => problem ?? [])
  if (problems.length > 0) throw new Error(problems.join('\n'))
  return { ...env, ...Object.fromEntries(read.map(({ name, text }) => [name, text])) }
}

const kept = new WeakMap<object, Held[]>()

/** From here on `env[name]` is what its file says now, as far as `followSecrets` has seen it. */
export function holdSecret(env: object, held: Held): void {
  kept.set(env, [...(kept.get(env) ?? []), held])
  Object.defineProperty(env, held.name, { enumerable: true, configurable: true, get: () => held.value })
}

/**
 * Looks each second whether the files of secrets say something else, by their content: Kubernetes swaps a link on the
 * way to a file, which no watch of the file itself notices. What does not fit, or is away for the moment of a swap, is
 * told once, and the value before it stays in use: a slip of the pen must not end a service that runs.
 * @param env of `readEnvironment`; whoever needs a secret asks it anew each time
 */
export function followSecrets(
  env: object,
  log: Log,
  { onChange, everyMs = usualMs }: { onChange?: (name: string) => void; everyMs?: number } = {},
) {
  const refused = new Map<Held, string>()
  const refuse = (held: Held, text: string, problem: string): void => {
    if (refused.get(held) === text) return
    refused.set(held, text)
    log.error(
      { variable: `${held.name}_FILE`, problem },
      'a secret’s file is not right: what it said before stays in use',
    )
  }
  const look = async (held: Held): Promise<void> => {
    const read = await readFile(held.file, 'utf8').then(cut, () => null)
    if (read === held.text) return void refused.delete(held)
    if (read === null || !fits(read)) return refuse(held, '', 'the file cannot be read, or is larger than a MiB')
    const judged = held.judge(read)
    if (!judged.success) return refuse(held, read, judged.problem)
    refused.delete(held)
    held.text = read
    held.value = judged.value
    log.info({ variable: `${held.name}_FILE` }, 'a secret was read anew')
    onChange?.(held.name)
  }
  const lookAtAll = async () => void (await Promise.all((kept.get(env) ?? []).map(look)))
  let looking: Promise<void> | undefined
  const timer = setInterval(() => {
    looking ??= lookAtAll().finally(() => {
      looking = undefined
    })
  }, everyMs)
  timer.unref()
  return {
    async stop(): Promise<void> {
      clearInterval(timer)
      await looking
    },
  }
}
