import { room } from '../../work.ts'
import { table } from './errors.ts'
import { ownCity } from './read-cities.ts'
import { cityResolvers } from './resolvers.ts'

/** Cities (市) above counties: who reads what is summed up of which. */
export const cities = room({ errors: table, nodes: { City: ownCity }, resolvers: cityResolvers })
