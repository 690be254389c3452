import { readFile } from 'node:fs/promises'
import { z } from 'zod'

/** Where the token comes from with which a process says to Kafka who it is: a file that is kept fresh, or an endpoint. */
export const oauthEnvironment = {
  KAFKA_OAUTH_TOKEN_FILE: z.string().min(1).optional(),
  KAFKA_OAUTH_TOKEN_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  KAFKA_OAUTH_CLIENT_ID: z.string().min(1).optional(),
  KAFKA_OAUTH_CLIENT_SECRET: z.string().min(1).optional(),
  KAFKA_OAUTH_SCOPE: z.string().min(1).optional(),
}
export type OauthEnvironment = Partial<z.infer<z.ZodObject<typeof oauthEnvironment>>>

const askMs = 5_000
const bytesAtMost = 65_536
/** Of a token's life; then the next is asked for, while the old one is still good. */
const usedFor = 0.8

const granted = z.object({ access_token: z.string().min(1), expires_in: z.number().positive().optional() })

/** Kafka does not let us in because no token could be had; a reason, and never a secret. */
export class TokenUnavailable extends Error {
  override name = 'TokenUnavailable'
  /** Whether the same question may be answered later. */
  readonly mayPass: boolean
  constructor(reason: string, { mayPass = false } = {}) {
    super(reason)
    this.mayPass = mayPass
  }
}

/**
 * Gives the token of now, each time a connection is opened.
 * @param env of `readEnvironment`, whose secrets are those of now
 * @throws TokenUnavailable
 */
export function bearerOf(env: OauthEnvironment): () => Promise<string> {
  const file = env.KAFKA_OAUTH_TOKEN_FILE
  if (file !== undefined) return () => tokenIn(file)
  let held: { value: string; untilMs: number } | undefined
  let asking: Promise<string> | undefined
  const ask = async (): Promise<string> => {
    const { access_token: value, expires_in: seconds = 0 } = await askForToken(env)
    held = { value, untilMs: performance.now() + seconds * 1_000 * usedFor }
    return value
  }
  return async () => {
    if (held && performance.now() < held.untilMs) return held.value
    // Connections to several brokers are opened at once: one question serves them.
    asking ??= ask().finally(() => {
      asking = undefined
    })
    return asking
  }
}

async function tokenIn(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '')
  const token = text.trim()
  if (token === '' || Buffer.byteLength(text) > bytesAtMost)
    throw new TokenUnavailable('the file of KAFKA_OAUTH_TOKEN_FILE has no token in it (令牌文件中没有令牌)')
  return token
}

/** RFC 6749, 4.4, with the client's name and secret in the header (2.3.1). */
async function askForToken(env: OauthEnvironment): Promise<z.infer<typeof granted>> {
  const named = [env.KAFKA_OAUTH_CLIENT_ID, env.KAFKA_OAUTH_CLIENT_SECRET].map(part => encodeURIComponent(part ?? ''))
  const response = await fetch(env.KAFKA_OAUTH_TOKEN_ENDPOINT ?? '', {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(named.join(':')).toString('base64')}`, accept: 'application/json' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      ...(env.KAFKA_OAUTH_SCOPE === undefined ? {} : { scope: env.KAFKA_OAUTH_SCOPE }),
    }),
    redirect: 'error',
    signal: AbortSignal.timeout(askMs),
  }).catch(error => {
    throw new TokenUnavailable(`KAFKA_OAUTH_TOKEN_ENDPOINT cannot be reached: ${(error as Error).name}`, {
      mayPass: true,
    })
  })
  const text = await textUpTo(response, bytesAtMost)
  if (!response.ok)
    throw new TokenUnavailable(`KAFKA_OAUTH_TOKEN_ENDPOINT answered ${response.status}`, {
      mayPass: response.status >= 500 || response.status === 429,
    })
  const read = granted.safeParse(jsonOf(text))
  if (read.success) return read.data
  throw new TokenUnavailable('KAFKA_OAUTH_TOKEN_ENDPOINT gave no access_token')
}

async function textUpTo(response: Response, bytes: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let found = 0
  for await (const chunk of response.body ?? []) {
    found += chunk.byteLength
    if (found > bytes) throw new TokenUnavailable('KAFKA_OAUTH_TOKEN_ENDPOINT answered more than 64 KiB')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
