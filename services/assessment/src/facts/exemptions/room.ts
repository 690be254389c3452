import { room } from '../../work.ts'
import { table } from './errors.ts'
import { exemptionById } from './read-exemptions.ts'
import { exemptionResolvers } from './resolvers.ts'

/** Who is not counted as the others are, why and for how long, as their branches have decided (R10). */
export const exemptions = room({
  errors: table,
  nodes: { Exemption: exemptionById },
  resolvers: exemptionResolvers,
})
