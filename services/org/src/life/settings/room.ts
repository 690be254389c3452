import { room } from '../../work.ts'
import { table } from './errors.ts'
import { settingsResolvers } from './resolvers.ts'

/** How a county keeps organisational life where no text says it. */
export const lifeSettings = room({ errors: table, resolvers: settingsResolvers })
