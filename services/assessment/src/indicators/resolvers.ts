import { refOf } from '@linghang/subgraph'
import type { Resolvers } from '../generated/schema-types.ts'
import { indicatorsOfMember, indicatorsOfOrganisation } from './read-indicators.ts'

export const indicatorResolvers: Resolvers = {
  Organisation: {
    __resolveReference: refOf('Organisation'),
    indicators: ({ uuid }, _, context) => context.load(indicatorsOfOrganisation, uuid),
  },
  Member: {
    __resolveReference: refOf('Member'),
    indicators: ({ uuid }, _, context) => context.load(indicatorsOfMember, uuid),
  },
}
