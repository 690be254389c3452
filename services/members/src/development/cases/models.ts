export type { PlanRow as DevelopmentPlanEntry } from './case-list-store.ts'
export type { SeenCase as DevelopmentCase, Statistics as DevelopmentStatistics } from './read-cases.ts'
