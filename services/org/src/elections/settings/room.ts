import { room } from '../../work.ts'
import { table } from './errors.ts'
import { electionSettingsResolvers } from './resolvers.ts'

/** How a county holds elections where handbooks differ. */
export const electionSettings = room({ errors: table, resolvers: electionSettingsResolvers })
