import type { TypedDocumentString } from './gql/graphql.ts'

/** One entry of `errors`: `code` is from the closed list in docs/errors.md. */
export type ApiError = {
  message: string
  path?: (string | number)[]
  extensions: { code: string; params?: Record<string, unknown>; traceId?: string }
}

/** What was refused, or answered in part. Quote `traceId` when you report it. */
export class ApiRefused extends Error {
  override name = 'ApiRefused'
  readonly errors: readonly ApiError[]
  readonly traceId: string | null

  constructor(errors: readonly ApiError[], traceId: string | null) {
    super(errors.map(({ message, extensions }) => `${extensions.code}: ${message}`).join('\n'))
    this.errors = errors
    this.traceId = traceId
  }
}

export type Client = {
  /** @throws ApiRefused when there are errors; Error when nobody answers */
  ask<Result, Variables>(document: TypedDocumentString<Result, Variables>, variables: Variables): Promise<Result>
}

const triesAtMost = 5
const secondsAtMost = 60
const busy = new Set([429, 503])

/** Asks one platform as one account. `token` is called before each request: tokens of the identity provider expire. */
export function createClient(options: {
  endpoint: string
  token: () => Promise<string>
  language?: 'zh-CN' | 'en'
}): Client {
  const send = async (document: string, variables: unknown) =>
    fetch(options.endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'accept-language': options.language ?? 'zh-CN',
        authorization: `Bearer ${await options.token()}`,
      },
      body: JSON.stringify({ query: document, variables }),
      signal: AbortSignal.timeout(secondsAtMost * 1_000),
    })
  return {
    async ask<Result, Variables>(document: TypedDocumentString<Result, Variables>, variables: Variables) {
      for (let tries = 1; ; tries++) {
        const response = await send(document.toString(), variables)
        const again = Number(response.headers.get('retry-after'))
        if (busy.has(response.status) && again > 0 && again <= secondsAtMost && tries < triesAtMost) {
          // Refused before anything was done: a mutation may be sent again too.
          await response.body?.cancel()
          await new Promise(resolve => setTimeout(resolve, again * 1_000))
          continue
        }
        const answer = (await response.json()) as { data?: Result | null; errors?: ApiError[] }
        if (answer.errors?.length) throw new ApiRefused(answer.errors, response.headers.get('x-trace-id'))
        if (!answer.data) throw new Error(`status ${response.status} without data`)
        return answer.data
      }
    },
  }
}
