import { room } from '../../work.ts'
import { indexResolvers } from './resolvers.ts'

/** What a county's pack counts of an organisation and all below it, over time (指数). */
export const indices = room({ resolvers: indexResolvers })
