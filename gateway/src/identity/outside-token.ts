import type { Log } from '@linghang/telemetry'
import {
  type CryptoKey,
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type FlattenedJWSInput,
  type JWSHeaderParameters,
  type JWTPayload,
  jwtVerify,
} from 'jose'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import { refuse } from '../refusals.ts'

/** Who a token of the identity provider speaks for. */
export type Outsider = { issuer: string; subject: string; scopes: string[]; expiresAtMs: number }

export type OutsideTokenOptions = {
  issuer: string
  audience: string
  log: Log
  nowMs: () => number
  /** How long one request to the provider may take. */
  timeoutMs?: number
  /** How often its keys are read again, so that a key it withdraws is no longer taken. */
  refreshMs?: number
}

// Pinned: whoever may choose the algorithm may choose a weak one.
const algorithms = ['ES256', 'RS256', 'EdDSA']
const rememberAtMost = 10_000
const rememberMs = 60_000
const retryMs = 1_000

const discovery = z.object({ issuer: z.string(), jwks_uri: z.url() })

/**
 * Verifies access tokens of the identity provider against its published keys. It may be away when the gateway starts:
 * the keys are fetched in the background and by the first request, and once known they outlive its outages. A token
 * that was verified is remembered for a minute at most (10,000 of them), never beyond its own expiry.
 */
export function createOutsideTokens(options: OutsideTokenOptions) {
  const timeoutMs = options.timeoutMs ?? 3_000
  const known = new LRUCache<string, { outsider: Outsider; untilMs: number }>({ max: rememberAtMost })
  const keys = createProviderKeys({ ...options, timeoutMs })
  const timer = setInterval(keys.refresh, options.refreshMs ?? 300_000)
  timer.unref()
  keys.refresh()

  return {
    /** @throws RequestRefused UNAUTHENTICATED (401), IDENTITY_PROVIDER_UNAVAILABLE (503) */
    async verify(authorization: string | undefined): Promise<Outsider> {
      const token = bearerOf(authorization)
      const remembered = known.get(token)
      if (remembered && remembered.untilMs > options.nowMs()) return remembered.outsider
      known.delete(token)
      const outsider = outsiderOf(await checked(token, keys.find, options))
      known.set(token, { outsider, untilMs: Math.min(outsider.expiresAtMs, options.nowMs() + rememberMs) })
      return outsider
    },
    stop(): void {
      clearInterval(timer)
      keys.stop()
    },
  }
}
export type OutsideTokens = ReturnType<typeof createOutsideTokens>

class ProviderUnavailable extends Error {
  override name = 'ProviderUnavailable'
}

type FindKey = (header: JWSHeaderParameters, token: FlattenedJWSInput) => Promise<CryptoKey>

async function checked(token: string, findKey: FindKey, options: OutsideTokenOptions): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, findKey, {
      issuer: options.issuer,
      audience: options.audience,
      algorithms,
      requiredClaims: ['exp'],
      // Clocks of two machines differ; half a minute locks nobody out right after signing in.
      clockTolerance: 30,
      currentDate: new Date(options.nowMs()),
    })
    return payload
  } catch (error) {
    if (error instanceof ProviderUnavailable) {
      throw refuse(503, 'IDENTITY_PROVIDER_UNAVAILABLE', {}, { 'retry-after': '2' })
    }
    throw unauthenticated('invalid_token')
  }
}

/** An app's own token names it as subject and as client; a person's names the person. */
function outsiderOf(payload: JWTPayload): Outsider {
  const { sub, client_id: clientId, scope, iss, exp } = payload
  const isApp = typeof clientId === 'string' && (sub === undefined || sub === clientId)
  const subject = isApp ? clientId : sub
  if (!subject || !iss) throw unauthenticated('invalid_token')
  return {
    issuer: iss,
    subject,
    scopes: typeof scope === 'string' ? scope.split(' ').filter(Boolean) : [],
    expiresAtMs: (exp ?? 0) * 1000,
  }
}

function bearerOf(authorization: string | undefined): string {
  const [, token] = /^Bearer ([\w\-.~+/=]{1,8192})$/i.exec(authorization ?? '') ?? []
  if (!token) throw unauthenticated(authorization === undefined ? null : 'invalid_request')
  return token
}

const unauthenticated = (error: string | null) =>
  refuse(401, 'UNAUTHENTICATED', {}, { 'www-authenticate': `Bearer${error ? ` error="${error}"` : ''}` })

/** The provider's keys: found through discovery, fetched once at a time, kept while it is away. */
function createProviderKeys(options: OutsideTokenOptions & { timeoutMs: number }) {
  let remote: ReturnType<typeof createRemoteJWKSet> | undefined
  let discovering: Promise<void> | undefined
  let retry: NodeJS.Timeout | undefined
  let stopped = false

  const discover = async (): Promise<void> => {
    const address = `${options.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
    const answer = await fetch(address, { signal: AbortSignal.timeout(options.timeoutMs) })
    if (!answer.ok) throw new ProviderUnavailable(`discovery answered ${answer.status}`)
    const found = discovery.parse(await answer.json())
    if (found.issuer !== options.issuer) throw new ProviderUnavailable('discovery names another issuer')
    remote = createRemoteJWKSet(new URL(found.jwks_uri), {
      timeoutDuration: options.timeoutMs,
      // Keys never go stale by themselves: requests would wait for a provider that is away. They are renewed by time.
      cacheMaxAge: Number.POSITIVE_INFINITY,
    })
  }

  const ready = async () => {
    if (!remote) {
      discovering ??= discover().finally(() => {
        discovering = undefined
      })
      await discovering
    }
    if (!remote) throw new ProviderUnavailable('no keys')
    return remote
  }

  const refresh = (): void => {
    ready()
      .then(set => set.reload())
      .catch((error: Error) => {
        options.log.warn({ reason: error.message }, 'the identity provider does not answer')
        if (!stopped && !remote?.jwks()) {
          retry = setTimeout(refresh, retryMs)
          retry.unref()
        }
      })
  }

  const find: FindKey = async (header, token) => {
    try {
      return await (await ready())(header, token)
    } catch (error) {
      if (isJudgement(error)) throw error
      const last = remote?.jwks()
      if (last) return createLocalJWKSet(last)(header, token)
      throw new ProviderUnavailable((error as Error).message)
    }
  }

  return {
    find,
    refresh,
    stop(): void {
      stopped = true
      clearTimeout(retry)
    },
  }
}

/** The keys were there and none fits: the token's fault, not the provider's. */
const isJudgement = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported
