import type { Resolvers } from '../../generated/schema-types.ts'
import { findingCountsOf, findingsOf } from './read-checks.ts'

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
}
