import { room } from '../../work.ts'
import { table } from './errors.ts'
import { hearEnds, hearThemeDays } from './hear-meetings.ts'
import { themeDayResolvers } from './resolvers.ts'

/** Theme days by the county's day of the month (主题党日提醒): a warning to the branch, which a meeting or a reason closes. */
export const themeDays = room({
  ...{ errors: table, resolvers: themeDayResolvers },
  reactions: { 'theme-days': [hearThemeDays, hearEnds] },
})
