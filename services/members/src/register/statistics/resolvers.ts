import type { Resolvers } from '../../generated/schema-types.ts'
import { memberStatisticsOf } from './read-statistics.ts'

export const statisticsResolvers: Resolvers = {
  Organisation: { memberStatistics: ({ uuid }, _, context) => context.load(memberStatisticsOf, uuid) },
}
