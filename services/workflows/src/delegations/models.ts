export type { Delegation } from './delegation.ts'
