import { room } from '../../work.ts'
import { reportById } from './read-reports.ts'
import { reportResolvers } from './resolvers.ts'

/** What a member or a branch is told of a month on the fifth of the next (S1-9). */
export const monthlyReports = room({ nodes: { MonthlyReport: reportById }, resolvers: reportResolvers })
