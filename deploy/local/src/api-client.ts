import { stackFault } from '@linghang/devstack'

/** One caller at one endpoint. */
export interface ApiClient {
  /** @throws StackFault with the API's own words in both languages */
  ask<T>(query: string, variables?: Record<string, unknown>): Promise<T>
  /** PUTs a file to a path of the endpoint's host; the body is streamed. */
  put(path: string, body: AsyncIterable<Uint8Array>): Promise<void>
  /** GETs a text from a path of the endpoint's host. */
  get(path: string): Promise<string>
}

interface GraphQLAnswer<T> {
  data?: T
  errors?: { message: string; extensions?: { code?: string } }[]
}

const refused = (what: string): Error =>
  stackFault('API_REFUSED', { zh: `接口拒绝了请求：${what}`, en: `The API refused the request: ${what}` })

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
  return {
    async ask<T>(query: string, variables: Record<string, unknown> = {}): Promise<T> {
      const response = await fetch(endpoint, {
        method: 'POST',
        headers: { ...(await headers()), 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      })
      const answer = (await response.json().catch(() => ({}))) as GraphQLAnswer<T>
      const [error] = answer.errors ?? []
      if (error) throw refused(`${error.extensions?.code ?? ''} ${error.message}`)
      if (!answer.data) throw refused(String(response.status))
      return answer.data
    },
    put: async (path, body) => {
      await fetchOk(path, { method: 'PUT', body: ReadableStream.from(body), duplex: 'half' } as RequestInit)
    },
    get: async path => (await fetchOk(path, {})).text(),
  }
}
