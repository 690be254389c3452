import { room } from '../../work.ts'
import { countyResolvers } from './resolvers.ts'

/** What is summed up of whole counties, for those and for their city (S3-2). */
export const counties = room({ resolvers: countyResolvers })
