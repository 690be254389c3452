import { room } from '../../work.ts'
import { summaryResolvers } from './resolvers.ts'

/** The quarter's summary of dues, compared. */
export const summaries = room({ resolvers: summaryResolvers })
