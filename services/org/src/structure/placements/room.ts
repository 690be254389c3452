import { room } from '../../work.ts'
import { table } from './errors.ts'
import { placementResolvers } from './resolvers.ts'

/** Who takes part in temporary branches, registered elsewhere as they are. */
export const placements = room({ errors: table, resolvers: placementResolvers })
