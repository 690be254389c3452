import { room } from '../../work.ts'
import { table } from './errors.ts'
import { themeById } from './read-themes.ts'
import { themeResolvers } from './resolvers.ts'

/** What an organisation asks of itself and of those below it to study or do in a time. */
export const themes = room({ errors: table, nodes: { LifeTheme: themeById }, resolvers: themeResolvers })
