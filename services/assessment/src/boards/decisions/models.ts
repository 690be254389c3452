export type { BoardDecision } from './decision.ts'
