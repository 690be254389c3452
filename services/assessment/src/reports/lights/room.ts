import { room } from '../../work.ts'
import { lightResolvers } from './resolvers.ts'

/** Branches with a light on, for the office in charge; never in public (S1-15). */
export const lights = room({ resolvers: lightResolvers })
