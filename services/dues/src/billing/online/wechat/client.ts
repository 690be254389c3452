import type { KeyObject } from 'node:crypto'
import type { z } from 'zod'
import { CallbackRefused, ProviderFault } from '../payment-provider.ts'
import { refusal } from './messages.ts'
import { authorizationOf, type PlatformKeys, requirePlatform } from './signature.ts'

export type Merchant = { merchantId: string; serial: string; key: KeyObject }
export type Said = { status: number; body: string; code: string | null }
type Request = { method: 'GET' | 'POST'; path: string; body?: object }

const timeoutMs = 5_000
const waitsMs = [200, 1_000]
const answerBytes = 1_048_576
const userAgent = 'linghang-dues'

/** Nothing is read without end, whoever it comes from. @throws ProviderFault */
async function textUpTo(response: Response, bytes: number): Promise<string> {
  const chunks: Uint8Array[] = []
  let found = 0
  for await (const chunk of response.body ?? []) {
    found += chunk.byteLength
    if (found > bytes) throw new ProviderFault('UNTRUSTED', 'ANSWER_TOO_LONG')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Speaks to the provider: signs what is asked, believes only answers that are signed, asks again where that may help. */
export function createClient(options: {
  baseUrl: string
  merchant: () => Merchant
  platformKeys: () => PlatformKeys
  now: () => Date
  newNonce: () => string
}) {
  const { merchant, platformKeys, now, newNonce } = options
  const base = new URL(options.baseUrl)

  const fetchSigned = async (url: URL, method: string, body: string): Promise<Response> => {
    const stamp = { seconds: Math.floor(now().getTime() / 1000), nonce: newNonce() }
    const path = `${url.pathname}${url.search}`
    const headers: Record<string, string> = {
      authorization: authorizationOf({ method, path, body }, merchant(), stamp),
      ...{ accept: 'application/json', 'user-agent': userAgent },
      ...(body === '' ? {} : { 'content-type': 'application/json' }),
    }
    return fetch(url, {
      ...{ method, headers, redirect: 'error' as const, signal: AbortSignal.timeout(timeoutMs) },
      ...(body === '' ? {} : { body }),
    })
  }

  const askOnce = async ({ method, path, body: sent }: Request): Promise<Said> => {
    const response = await fetchSigned(new URL(path, base), method, sent === undefined ? '' : JSON.stringify(sent))
    const body = await textUpTo(response, answerBytes)
    const { status } = response
    if (status === 429 || status >= 500) throw new ProviderFault('UNREACHABLE', codeIn(body) ?? `HTTP_${status}`)
    if (status === 401) throw new ProviderFault('REFUSED', codeIn(body) ?? 'HTTP_401')
    requireSigned(response, body)
    return { status, body, code: status < 300 ? null : (codeIn(body) ?? `HTTP_${status}`) }
  }

  const requireSigned = (response: Response, body: string): void => {
    try {
      requirePlatform(Object.fromEntries(response.headers), body, platformKeys(), now().getTime())
    } catch (error) {
      if (error instanceof CallbackRefused) throw new ProviderFault('UNTRUSTED', error.reason)
      throw error
    }
  }

  /** Orders, closings and refunds have our numbers: what is asked twice is done once. */
  const ask = async (request: Request): Promise<Said> => {
    for (const waitMs of [...waitsMs, null]) {
      const said = await askOnce(request).catch(error => asFault(error))
      if (!(said instanceof ProviderFault)) return said
      if (said.kind !== 'UNREACHABLE' || waitMs === null) throw said
      await new Promise(resolve => setTimeout(resolve, waitMs))
    }
    throw new ProviderFault('UNREACHABLE', 'NO_ANSWER')
  }

  return {
    ask,
    /** @throws ProviderFault REFUSED for what the provider does not do, UNTRUSTED for what cannot be read */
    async askFor<T>(message: z.ZodType<T>, request: Request): Promise<T> {
      const said = await ask(request)
      if (said.code !== null) throw new ProviderFault('REFUSED', said.code)
      return readAs(message, said.body)
    },
    /** A file: whoever asks is proven, what comes is held against the hash that was told under signature. */
    async download(address: string, bytes: number): Promise<string> {
      const url = new URL(address)
      if (url.protocol !== 'https:' && url.origin !== base.origin)
        throw new ProviderFault('UNTRUSTED', 'DOWNLOAD_ADDRESS')
      const got = await fetchSigned(url, 'GET', '')
        .then(async response => ({ status: response.status, text: await textUpTo(response, bytes) }))
        .catch(error => asFault(error))
      if (got instanceof ProviderFault) throw got
      if (got.status !== 200) throw new ProviderFault('UNREACHABLE', `HTTP_${got.status}`)
      return got.text
    },
  }
}

const asFault = (error: unknown): ProviderFault =>
  error instanceof ProviderFault ? error : new ProviderFault('UNREACHABLE', (error as Error).name)

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
const codeIn = (body: string): string | null => refusal.safeParse(jsonOf(body)).data?.code ?? null

/** @throws ProviderFault */
export function readAs<T>(message: z.ZodType<T>, body: string): T {
  const read = message.safeParse(jsonOf(body))
  if (read.success) return read.data
  throw new ProviderFault('UNTRUSTED', 'ANSWER_UNREADABLE')
}
