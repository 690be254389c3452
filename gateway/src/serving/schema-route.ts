import type { ApolloGateway } from '@apollo/gateway'
import type { FastifyInstance } from 'fastify'
import { publicSchemaOf } from '../supergraph/compose-supergraph.ts'
import { sendTagged, type TaggedText, tagged } from './tagged-text.ts'

/**
 * The API's schema as text, made once for each supergraph: whoever asks is not known, so asking must cost next to nothing.
 * Names and descriptions of the API, of nobody's data: who writes an app reads it before there is a token.
 * @returns adds `GET /schema.graphql` to an app
 */
export function createSchemaRoute(gateway: Pick<ApolloGateway, 'onSchemaLoadOrUpdate'>) {
  let shown: TaggedText = tagged('application/graphql', '')
  gateway.onSchemaLoadOrUpdate(({ coreSupergraphSdl }) => {
    shown = tagged('application/graphql', publicSchemaOf(coreSupergraphSdl))
  })
  return (app: FastifyInstance): void => {
    app.get('/schema.graphql', async (request, reply) => sendTagged(request, reply, shown))
  }
}
