import { defineErrors, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { room } from '../../work.ts'
import { countyById } from './read-counties.ts'

const { fail } = defineErrors({})

const resolvers: Resolvers = {
  County: {
    id: county => toId('County', county.id),
  },
  Me: {
    county: async (_, __, { actor, load }) =>
      (await load(countyById, actor.countyId)) ?? fail('NOT_FOUND', { what: actor.countyId }),
  },
}

/** Counties (县、市、区): what everything of an account belongs to. */
export const counties = room({ nodes: { County: countyById }, resolvers })
