import { connection, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { countiesOfCity, countsOfCounties, countyCountOfCity, ownCity } from './read-cities.ts'

export const cityResolvers: Resolvers = {
  Query: {
    city: (_, __, { actor, load }) => (actor.cityId === undefined ? null : load(ownCity, actor.cityId)),
  },
  City: {
    id: city => toId('City', city.id),
    counties: ({ id }, args, context) =>
      connection(context, args, {
        of: ['City.counties', id],
        read: stretch => context.load(countiesOfCity, id, stretch),
        count: () => context.load(countyCountOfCity, id),
        place: county => [county.code],
      }),
  },
  County: {
    organisations: async ({ id }, _, { load }) => (await load(countsOfCounties, id))?.organisations ?? null,
    branches: async ({ id }, _, { load }) => (await load(countsOfCounties, id))?.branches ?? null,
  },
}
