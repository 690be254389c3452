import { room } from '../../work.ts'
import { table } from './errors.ts'
import { settingsResolvers } from './resolvers.ts'

/** In how many days a county hears and answers appeals. */
export const appealSettings = room({ errors: table, resolvers: settingsResolvers })
