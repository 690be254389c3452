import { createHash, randomBytes } from 'node:crypto'
import { stackFault } from './fault.ts'
import { consoleClientId, consoleRedirectUri, personScope } from './identity/names.ts'

/** What the token endpoint gives. */
export interface TokenSet {
  accessToken: string
  refreshToken: string | undefined
  idToken: string | undefined
  scope: string | undefined
  /** Seconds until the access token ends. */
  expiresInSeconds: number
}

const timeoutMs = 15_000
const hopLimit = 10

const failed = (en: string, zh: string): Error => stackFault('LOGIN_FAILED', { zh, en })

interface Endpoints {
  authorization: string
  token: string
}

const discover = async (issuer: string): Promise<Endpoints> => {
  const response = await fetch(`${issuer}/.well-known/openid-configuration`, { signal: AbortSignal.timeout(timeoutMs) })
  const found = (await response.json()) as { authorization_endpoint: string; token_endpoint: string }
  return { authorization: found.authorization_endpoint, token: found.token_endpoint }
}

const requestToken = async (
  endpoint: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<TokenSet> => {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers,
    body: new URLSearchParams(form),
    signal: AbortSignal.timeout(timeoutMs),
  })
  const found = (await response.json()) as Record<string, unknown>
  if (!response.ok || typeof found.access_token !== 'string') {
    const reason = `${found.error}: ${found.error_description}`
    throw failed(`The identity provider gives no token (${reason}).`, `身份提供方拒绝签发令牌（${reason}）。`)
  }
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
  return {
    accessToken: found.access_token,
    refreshToken: text(found.refresh_token),
    idToken: text(found.id_token),
    scope: text(found.scope),
    expiresInSeconds: Number(found.expires_in),
  }
}

/** The cookies of one sign-in: names and values suffice, everything happens at one address within seconds. */
const createCookieFetch = () => {
  const cookies = new Map<string, string>()
  return async (url: string, form?: Record<string, string>): Promise<Response> => {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      signal: AbortSignal.timeout(timeoutMs),
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const at = pair.indexOf('=')
      cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return response
  }
}

/** Follows redirects, fills in the sign-in page once, and ends at the client's own redirect address. */
const walkToCode = async (start: string, username: string, password: string): Promise<URL> => {
  const get = createCookieFetch()
  let url = start
  let response = await get(url)
  let signedIn = false
  for (let hop = 0; hop < hopLimit; hop += 1) {
    const location = response.headers.get('location')
    await response.body?.cancel()
    if (location !== null) {
      const next = new URL(location, url)
      if (next.href.startsWith(consoleRedirectUri)) return next
      url = next.href
      response = await get(url)
    } else if (response.status === 200 && !signedIn) {
      signedIn = true
      response = await get(url, { username, password })
    } else break
  }
  throw response.status === 429
    ? failed(
        `Too many attempts for ${username}: try again in a quarter of an hour.`,
        `${username} 尝试次数过多，请十五分钟后再试。`,
      )
    : failed(
        `The identity provider refuses ${username}: wrong name or password.`,
        `身份提供方拒绝 ${username}：用户名或密码不正确。`,
      )
}

/**
 * Signs a person in as a browser would: authorisation code with PKCE through the sign-in page.
 *
 * @param options.scope defaults to `openid api`
 * @throws LOGIN_FAILED
 */
export const obtainPersonToken = async (options: {
  issuer: string
  username: string
  password: string
  scope?: string
}): Promise<TokenSet> => {
  const endpoints = await discover(options.issuer)
  const verifier = randomBytes(32).toString('base64url')
  const state = randomBytes(16).toString('base64url')
  const query = new URLSearchParams({
    client_id: consoleClientId,
    response_type: 'code',
    redirect_uri: consoleRedirectUri,
    scope: options.scope ?? `openid ${personScope}`,
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  const back = await walkToCode(`${endpoints.authorization}?${query}`, options.username, options.password)
  const code = back.searchParams.get('code')
  if (code === null || back.searchParams.get('state') !== state) {
    const reason = `${back.searchParams.get('error')}: ${back.searchParams.get('error_description')}`
    throw failed(`The identity provider gives no code (${reason}).`, `身份提供方没有给出授权码（${reason}）。`)
  }
  return requestToken(endpoints.token, {
    grant_type: 'authorization_code',
    client_id: consoleClientId,
    code,
    redirect_uri: consoleRedirectUri,
    code_verifier: verifier,
  })
}

/** Exchanges a person's refresh token for a new set; the old refresh token is used up. */
export const refreshPersonToken = async (issuer: string, refreshToken: string): Promise<TokenSet> => {
  const { token } = await discover(issuer)
  return requestToken(token, { grant_type: 'refresh_token', client_id: consoleClientId, refresh_token: refreshToken })
}

/**
 * Signs an app in by client credentials.
 *
 * @param options.scope space-separated; scopes that the app does not hold are left out of the token
 * @throws LOGIN_FAILED
 */
export const obtainAppToken = async (options: {
  issuer: string
  clientId: string
  clientSecret: string
  scope: string
}): Promise<TokenSet> => {
  const { token } = await discover(options.issuer)
  const credentials = [options.clientId, options.clientSecret].map(encodeURIComponent).join(':')
  const headers = { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` }
  return requestToken(token, { grant_type: 'client_credentials', scope: options.scope }, headers)
}
