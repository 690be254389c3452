import { refOf } from '@linghang/subgraph'
import type { Resolvers } from '../generated/schema-types.ts'
import { indicatorsOf } from './indicator.ts'
import { indicatorsOfMember, indicatorsOfOrganisation, tallyOfCounty } from './read-indicators.ts'

export const indicatorResolvers: Resolvers = {
  Organisation: {
    __resolveReference: refOf('Organisation'),
    indicators: ({ uuid }, _, context) => context.load(indicatorsOfOrganisation, uuid),
  },
  County: {
    __resolveReference: refOf('County'),
    members: async ({ uuid }, _, { load }) => {
      const tally = await load(tallyOfCounty, uuid)
      return tally && tally.probationary + tally.fullMembers
    },
    indicators: async ({ uuid }, _, { load }) => {
      const tally = await load(tallyOfCounty, uuid)
      return tally ? indicatorsOf(tally) : []
    },
  },
  Member: {
    __resolveReference: refOf('Member'),
    indicators: ({ uuid }, _, context) => context.load(indicatorsOfMember, uuid),
  },
}
