export type { MemberStatistics, Told as MemberDistribution, ToldGroup as MemberGroup } from './statistics.ts'
