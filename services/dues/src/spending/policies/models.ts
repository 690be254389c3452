export type { SpendingPolicy as DuesSpendingPolicy } from './policy.ts'
