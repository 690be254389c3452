import { room } from '../../work.ts'
import { statisticsResolvers } from './resolvers.ts'

/** Who the people of an organisation are, without telling of anybody (S3-20). */
export const statistics = room({ resolvers: statisticsResolvers })
