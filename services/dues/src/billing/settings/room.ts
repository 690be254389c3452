import { room } from '../../work.ts'
import { table } from './errors.ts'
import { settingsResolvers } from './resolvers.ts'

/** What a county decides of how dues are worked out. */
export const settings = room({ errors: table, resolvers: settingsResolvers })
