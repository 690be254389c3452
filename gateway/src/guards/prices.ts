import type { ApolloGateway } from '@apollo/gateway'
import { costOf } from '@linghang/subgraph'
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql'
import type { Limits } from '../limits.ts'
import { refuse } from '../refusals.ts'
import { createBuckets } from './buckets.ts'

/** What a request costs beside what it asks for: reading, checking and answering it. */
const requestCost = 10

/** What an operation cost and what is left to its account; an answer says it under `extensions.cost`. */
export type Price = { requested: number; available: number; limit: number; restoredPerSecond: number }

/**
 * Refuses what asks for too much, and whoever asks too much too often, before anything is asked of a service.
 * @throws RequestRefused TOO_MANY_NODES (400), COST_EXHAUSTED (429)
 */
export function createPrices(
  gateway: Pick<ApolloGateway, 'onSchemaLoadOrUpdate'>,
  limits: Pick<Limits, 'nodes' | 'costBucket' | 'costPerSecond'>,
  nowMs: () => number,
) {
  let schema: GraphQLSchema | undefined
  gateway.onSchemaLoadOrUpdate(({ apiSchema }) => {
    schema = apiSchema
  })
  const buckets = createBuckets({ capacity: limits.costBucket, perSecond: limits.costPerSecond, nowMs })
  return (
    account: string,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Record<string, unknown> | null | undefined,
  ): Price => {
    const nodes = schema ? costOf(schema, document, operation, variables ?? {}) : 0
    if (nodes > limits.nodes) throw refuse(400, 'TOO_MANY_NODES', { found: nodes, limit: limits.nodes })
    const cost = nodes + requestCost
    const { available, afterSeconds } = buckets.take(account, cost)
    if (afterSeconds > 0)
      throw refuse(429, 'COST_EXHAUSTED', { cost, available, afterSeconds }, { 'retry-after': String(afterSeconds) })
    return { requested: cost, available, limit: limits.costBucket, restoredPerSecond: limits.costPerSecond }
  }
}
export type PriceOf = ReturnType<typeof createPrices>
