import { setTimeout as wait } from 'node:timers/promises'
import { stackFault } from '@linghang/devstack'
import type { VariablesOf } from '@linghang/subgraph/operation-types'
import type { Operations } from './generated/operations.ts'

/** One caller at one endpoint. */
export interface ApiClient {
  /** @throws StackFault with the API's own words in both languages */
  ask<Document extends keyof Operations>(
    document: Document,
    ...variables: VariablesOf<Operations[Document]>
  ): Promise<Operations[Document]['data']>
  /** PUTs a file to a path of the endpoint's host; the body is streamed. */
  put(path: string, body: AsyncIterable<Uint8Array>): Promise<void>
  /** GETs a text from a path of the endpoint's host. */
  get(path: string): Promise<string>
}

interface GraphQLAnswer<T> {
  data?: T
  errors?: { message: string; extensions?: { code?: string } }[]
}

/** A read is asked again while a service is being brought back: an import goes on meanwhile. */
const retries = { atMost: 60, waitMs: 1_000 }
const passing: ReadonlySet<string> = new Set(['SUBGRAPH_UNAVAILABLE', 'OVERLOADED', 'IDENTITY_PROVIDER_UNAVAILABLE'])

const refused = (what: string): Error =>
  stackFault('API_REFUSED', { zh: `接口拒绝了请求：${what}`, en: `The API refused the request: ${what}` })

/** What an answer holds. @throws StackFault when the API gave null for it: nobody else's to see, or gone */
export function present<T>(value: T | null, what: string): T {
  if (value === null) throw refused(`${what}: null`)
  return value
}

/**
 * A client of the gateway.
 * @param token asked for at every request, since a long import outlives a token
 */
export function createApiClient(endpoint: string, token: () => Promise<string>): ApiClient {
  const headers = async () => ({ authorization: `Bearer ${await token()}`, 'accept-language': 'zh-CN' })
  const fetchOk = async (path: string, init: RequestInit): Promise<Response> => {
    const response = await fetch(new URL(path, endpoint), { ...init, headers: await headers() })
    if (!response.ok) throw refused(`${response.status} ${(await response.text()).slice(0, 500)}`)
    return response
  }
  const askOnce = async <T>(query: string, variables: object): Promise<GraphQLAnswer<T>> => {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { ...(await headers()), 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    })
    return (await response.json().catch(() => ({}))) as GraphQLAnswer<T>
  }
  return {
    async ask(document, ...[variables = {}]) {
      const isRead = !document.startsWith('mutation')
      for (let n = 0; ; n++) {
        const answer = await askOnce<Operations[typeof document]['data']>(document, variables).catch(
          (error: Error): GraphQLAnswer<never> => ({
            errors: [{ message: error.message, extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
          }),
        )
        const [error] = answer.errors ?? []
        if (!error && answer.data) return answer.data
        if (!isRead || !passing.has(error?.extensions?.code ?? '') || n >= retries.atMost) {
          throw refused(`${error?.extensions?.code ?? ''} ${error?.message ?? 'no answer'}`)
        }
        await wait(retries.waitMs)
      }
    },
    put: async (path, body) => {
      await fetchOk(path, { method: 'PUT', body: ReadableStream.from(body), duplex: 'half' } as RequestInit)
    },
    get: async path => (await fetchOk(path, {})).text(),
  }
}
