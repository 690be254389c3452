export type { SpendingStep as DuesSpendingStep, ToldSpending as DuesSpending } from './spending.ts'
