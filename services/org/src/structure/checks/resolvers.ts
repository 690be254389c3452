import { fromId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { organisationById } from '../organisations/read-organisations.ts'
import { findingCountsOf, findingsOf } from './read-checks.ts'
import { recordCoveredUnits } from './record-covered-units.ts'

export const checkResolvers: Resolvers = {
  Organisation: {
    structureFindings: ({ id }, _, context) => context.load(findingsOf, id),
    structureFindingCounts: ({ id }, _, context) => context.load(findingCountsOf, id),
  },
  StructureFinding: {
    article: ({ citation }) => citation.article,
    source: ({ citation }) => citation.source,
    certainty: ({ citation }) => citation.certainty,
  },
  Mutation: {
    recordCoveredUnits: async (_, { input }, context) => {
      const wanted = {
        orgId: fromId('Organisation', input.organisationId, 'organisationId'),
        units: input.units ?? null,
      }
      const id = await context.run(recordCoveredUnits, wanted, input.idempotencyKey)
      return { organisation: await context.load(organisationById, id) }
    },
  },
}
