import { type Context, room } from '../work.ts'
import { ownCounty } from './read-counties.ts'

/** Counties (县、市、区): what everything of an account belongs to. */
export const counties = room({
  resolvers: {
    Me: { county: (_: unknown, __: unknown, context: Context) => context.load(ownCounty, context.actor.countyId) },
  },
})
