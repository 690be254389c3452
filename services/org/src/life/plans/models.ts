export type { Plan as LifePlan, Topic as LifePlanTopic } from './plan.ts'
export type { EntryNow as LifePlanEntry } from './read-plans.ts'
