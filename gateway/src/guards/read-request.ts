import { type Refusal, refuse } from '../refusals.ts'

export type OperationRequest = {
  query: string
  operationName: string | null | undefined
  variables: Record<string, unknown> | null | undefined
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const wrong = (field: string, wanted: string, wantedZh: string) =>
  refuse(400, 'REQUEST_INVALID', { field, wanted, wantedZh } satisfies Refusal['params'])

/**
 * The one operation in a parsed JSON body.
 * @throws RequestRefused for whatever is not the shape that GraphQL over HTTP fixes
 */
export function readRequest(body: unknown): OperationRequest {
  if (Array.isArray(body)) throw refuse(400, 'BATCHING_REFUSED', { found: body.length })
  if (!isRecord(body)) throw wrong('body', 'a JSON object', ' JSON 对象')
  const { query, operationName, variables, extensions } = body
  if (extensions !== undefined && extensions !== null && !isRecord(extensions)) {
    throw wrong('extensions', 'an object', '对象')
  }
  if (query === undefined || query === null || query === '') {
    throw refuse(400, extensions?.persistedQuery ? 'PERSISTED_QUERY_NOT_SUPPORTED' : 'QUERY_MISSING')
  }
  // What Apollo's clients send first: they ask again with the whole text when they hear this, and not when it fails.
  if (extensions?.persistedQuery) throw refuse(400, 'PERSISTED_QUERY_NOT_SUPPORTED')
  if (typeof query !== 'string') throw wrong('query', 'a string', '字符串')
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string') {
    throw wrong('operationName', 'a string', '字符串')
  }
  if (variables !== undefined && variables !== null && !isRecord(variables)) {
    throw wrong('variables', 'an object', '对象')
  }
  return { query, operationName, variables }
}
