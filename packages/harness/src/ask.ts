import type { Actor } from '@linghang/access'
import { createInternalTokenSigner } from '@linghang/access/internal-token'
import type { DataOf, VariablesOf } from '@linghang/subgraph/operation-types'
import type { Surroundings } from './surroundings.ts'
import { surroundings } from './surroundings.ts'

type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
type Refusal = {
  message: string
  path?: (string | number)[]
  extensions?: { code?: string; params?: Record<string, Json> }
}

/** What comes back for a document that no contract types: looked into field by field, compared, never computed with. */
// biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its question, which each test writes itself.
export type Data = any

export type Answer<D = Data> = { status: number; data: D; errors: Refusal[] }

/** Asks what stands whole in a source, typed by the contract. */
export type Ask<Operations> = <Document extends keyof Operations & string>(
  actor: Actor,
  document: Document,
  ...variables: VariablesOf<Operations[Document]>
) => Promise<Answer<DataOf<Operations[Document]>>>

/** Asks what is wrong on purpose, or put together while the test runs. */
export type AskUntyped = (actor: Actor, document: string, variables?: object) => Promise<Answer>

/** The same, always as `actor`. */
export const askAs =
  <Operations>(ask: () => Ask<Operations>, actor: () => Actor) =>
  <Document extends keyof Operations & string>(document: Document, ...variables: VariablesOf<Operations[Document]>) =>
    ask()(actor(), document, ...variables)

/** A token as the gateway signs it for this actor, good for a minute. */
export async function tokenOf(actor: Actor, at: Surroundings = surroundings()): Promise<string> {
  const sign = await createInternalTokenSigner(at.internalTokenKey)
  return sign(actor)
}

/** Sends GraphQL as it is, with whatever headers; for requests that must not be let in. */
export async function post(url: string, body: object, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(30_000),
  })
  const answer = (await response.json()) as { data?: Data; errors?: Refusal[] }
  return { status: response.status, data: answer.data ?? null, errors: answer.errors ?? [] }
}

export const createAsk =
  (url: string, at?: Surroundings): AskUntyped =>
  async (actor, document, variables = {}) =>
    post(url, { query: document, variables }, { authorization: `Bearer ${await tokenOf(actor, at ?? surroundings())}` })

/** The codes of the errors in an answer. */
export const codesOf = (answer: Answer<unknown>): string[] =>
  answer.errors.map(error => error.extensions?.code ?? error.message)

/** The data of an answer without errors. @throws Error with the errors */
export function dataOf<D>(answer: Answer<D>): D {
  if (answer.errors.length > 0) throw new Error(JSON.stringify(answer.errors))
  return answer.data
}

/** The id as databases have it, of one as the API shows it. */
export const uuidOf = (id: string): string => id.slice(id.indexOf(':') + 1)

/** The entity of an answer that was asked for alone. @throws Error with the errors, or when there is another number of them */
export function entityOf<Entity>(answer: Answer<{ _entities: Entity[] }>): Entity {
  const [entity, ...others] = dataOf(answer)._entities
  if (entity === undefined || others.length > 0) throw new Error(`${others.length + 1} entities instead of one`)
  return entity
}

/** Plain HTTP beside GraphQL, as `actor`. */
export async function send(
  url: string,
  actor: Actor,
  request: { method?: string; path: string; body?: Uint8Array | string | object; headers?: Record<string, string> },
): Promise<{ status: number; text: string; bytes: Buffer<ArrayBuffer> }> {
  const { body } = request
  const isJson = typeof body === 'object' && !(body instanceof Uint8Array)
  const response = await fetch(`${url}${request.path}`, {
    method: request.method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      authorization: `Bearer ${await tokenOf(actor)}`,
      ...(body === undefined ? {} : { 'content-type': isJson ? 'application/json' : 'application/octet-stream' }),
      ...request.headers,
    },
    ...(body === undefined ? {} : { body: isJson ? JSON.stringify(body) : (body as string | Uint8Array<ArrayBuffer>) }),
    signal: AbortSignal.timeout(30_000),
  })
  const bytes = Buffer.from(await response.arrayBuffer())
  return { status: response.status, text: new TextDecoder().decode(bytes), bytes }
}
