import { randomBytes } from 'node:crypto'
import { type Asker, askerBy } from '@linghang/harness/asker'
import type { Operations } from '@linghang/harness/operations'
import type { DataOf, VariablesOf } from '@linghang/subgraph/operation-types'
import { tracePrefix } from './spans.ts'
import { surroundings } from './surroundings.ts'

// biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its question, which each test writes itself.
export type Data = any

export type Refusal = { message: string; path?: (string | number)[]; extensions?: { code?: string; wanted?: string } }
export type Answer<D = Data> = { status: number; data: D; errors: Refusal[] }

type Api = Operations['gateway']
type Typed<Document extends keyof Api> = DataOf<Api[Document]>
type Headers = Record<string, string>

/** Somebody at the gateway, with a token of the identity provider. */
export type Caller = {
  token: string
  /** The whole answer, refusals included. */
  send<Document extends keyof Api & string>(
    document: Document,
    ...more: [...VariablesOf<Api[Document]>, headers?: Headers]
  ): Promise<Answer<Typed<Document>>>
  /** The same of what is wrong on purpose, or put together while the test runs. */
  sendUntyped(document: string, variables?: object, headers?: Headers): Promise<Answer>
  /** The data alone. @throws Error with the refusals */
  ask<Document extends keyof Api & string>(
    document: Document,
    ...more: [...VariablesOf<Api[Document]>, headers?: Headers]
  ): Promise<Typed<Document>>
  askUntyped(document: string, variables?: object, headers?: Headers): Promise<Data>
  put(path: string, body: string | Uint8Array): Promise<number>
  get(path: string): Promise<{ status: number; text: string }>
}

const timeoutMs = 60_000

/** A person or app that shows this token at the gateway. @param gatewayUrl another way in than the platform's own */
export function createCaller(token: string, gatewayUrl = surroundings().gatewayUrl): Caller {
  const headers = { authorization: `Bearer ${token}` }
  const send: Caller['sendUntyped'] = async (query, variables = {}, more = {}) => {
    const response = await fetch(gatewayUrl, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', ...more },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(timeoutMs),
    })
    const answer = (await response.json()) as { data?: Data; errors?: Refusal[] }
    return { status: response.status, data: answer.data ?? null, errors: answer.errors ?? [] }
  }
  const ask: Caller['askUntyped'] = async (document, variables, more) => {
    const { data, errors, status } = await send(document, variables, more)
    if (errors.length > 0) throw new Error(`${status} ${JSON.stringify(errors)}`)
    return data
  }
  return {
    token,
    send: send as Caller['send'],
    sendUntyped: send,
    ask: ask as Caller['ask'],
    askUntyped: ask,
    async put(path, body) {
      const response = await fetch(new URL(path, gatewayUrl), {
        method: 'PUT',
        headers,
        body: body as string | Uint8Array<ArrayBuffer>,
        signal: AbortSignal.timeout(timeoutMs),
      })
      await response.body?.cancel()
      return response.status
    },
    async get(path) {
      const response = await fetch(new URL(path, gatewayUrl), { headers, signal: AbortSignal.timeout(timeoutMs) })
      return { status: response.status, text: await response.text() }
    },
  }
}

/** The same for whoever does not mind whether the gateway is asked or the services themselves. */
export const askerOf = (caller: Caller): Asker =>
  askerBy(
    (_service, document, variables) => caller.sendUntyped(document, variables),
    (_service, path, file) => caller.put(path, file),
  )

export const codesOf = (answer: Answer<unknown>): string[] =>
  answer.errors.map(error => error.extensions?.code ?? error.message)

/** A trace of the test's own, whose spans the set-up keeps. */
export function newTrace(): { traceId: string; headers: { traceparent: string } } {
  const traceId = tracePrefix + randomBytes(12).toString('hex')
  return { traceId, headers: { traceparent: `00-${traceId}-${randomBytes(8).toString('hex')}-01` } }
}
