import {
  type DocumentNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  visit,
} from 'graphql'
import { LRUCache } from 'lru-cache'
import type { Limits } from '../limits.ts'
import { type Refusal, type RefusalCode, refuse } from '../refusals.ts'
import { measureDocument } from './measure-operation.ts'

export type DocumentLimits = Pick<Limits, 'depth' | 'aliases' | 'tokens' | 'rootFields' | 'directives' | 'selections'>

/** A document that was let in, and its operations by name (null for the nameless one). */
export type JudgedDocument = {
  document: DocumentNode
  operations: ReadonlyMap<string | null, OperationDefinitionNode>
}

/**
 * Reads a query text and refuses what asks for too much, before validation, whose own cost grows with such texts.
 * @throws RequestRefused
 */
function judgeDocument(source: string, limits: DocumentLimits): JudgedDocument {
  const document = readDocument(source, limits.tokens)
  const measure = measureDocument(document)
  const judgements: [found: number, limit: number, code: RefusalCode][] = [
    [measure.depth, limits.depth, 'TOO_DEEP'],
    [measure.aliases, limits.aliases, 'TOO_MANY_ALIASES'],
    [measure.rootFields, limits.rootFields, 'TOO_MANY_ROOT_FIELDS'],
    [measure.directives, limits.directives, 'TOO_MANY_DIRECTIVES'],
    [measure.selections, limits.selections, 'TOO_MANY_SELECTIONS'],
  ]
  for (const [found, limit, code] of judgements) if (found > limit) throw refuse(400, code, { found, limit })
  requireOwnNames(document)
  return { document, operations: operationsOf(document) }
}

/**
 * Remembers the texts that were let in (at most `maximum`, those not asked for longest given up first), since the same
 * few operations come again and again.
 */
export function createDocumentJudge(limits: DocumentLimits, maximum = 2_000) {
  const known = new LRUCache<string, JudgedDocument>({ max: maximum })
  return (source: string): JudgedDocument => {
    const remembered = known.get(source)
    if (remembered) return remembered
    const judged = judgeDocument(source, limits)
    known.set(source, judged)
    return judged
  }
}

/**
 * Which of the operations is meant, and that it is one that is served.
 * @throws RequestRefused OPERATION_UNKNOWN, OPERATION_NAME_MISSING, SUBSCRIPTION_REFUSED
 */
export function chooseOperation(
  judged: JudgedDocument,
  operationName: string | null | undefined,
): OperationDefinitionNode {
  const { operations } = judged
  if (!operationName && operations.size > 1) throw refuse(400, 'OPERATION_NAME_MISSING', { found: operations.size })
  const chosen = operationName ? operations.get(operationName) : operations.values().next().value
  if (!chosen && operationName) throw refuse(400, 'OPERATION_UNKNOWN', { found: operationName.slice(0, 80) })
  if (!chosen) throw refuse(400, 'QUERY_MISSING')
  if (chosen.operation === OperationTypeNode.SUBSCRIPTION) throw refuse(400, 'SUBSCRIPTION_REFUSED')
  return chosen
}

/**
 * The gateway asks services for `id` and `__typename` by itself, under these very names: another field that bears one
 * would be taken for it, and its own value lost.
 */
function requireOwnNames(document: DocumentNode): void {
  visit(document, {
    Field({ alias, name }) {
      const taken = alias?.value
      if ((taken === 'id' || taken === '__typename') && taken !== name.value)
        throw refuse(400, 'NAME_TAKEN_FOR_ANOTHER', { found: taken })
    },
  })
}

function operationsOf(document: DocumentNode): Map<string | null, OperationDefinitionNode> {
  const operations = new Map<string | null, OperationDefinitionNode>()
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) {
      operations.set(definition.name?.value ?? null, definition)
    }
  }
  return operations
}

function readDocument(source: string, limit: number): DocumentNode {
  try {
    return parse(source, { maxTokens: limit, noLocation: true })
  } catch (error) {
    // The parser goes down by a call for each level; a text that is deeper than it can go is too deep for anybody.
    if (error instanceof RangeError) throw refuse(400, 'TOO_DEEP', { found: `> ${limit}`, limit })
    if (!(error instanceof GraphQLError)) throw error
    // The parser tells a text that is too long from one that is wrong only by its sentence.
    if (error.message.includes(`${limit} tokens`)) throw refuse(400, 'TOO_MANY_TOKENS', { limit })
    throw refuse(400, 'GRAPHQL_PARSE_FAILED', { detail: error.message, ...place(error) })
  }
}

const place = (error: GraphQLError): Refusal['params'] => {
  const [first] = error.locations ?? []
  return first ? { line: first.line, column: first.column } : {}
}
