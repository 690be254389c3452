export type { LitBranch } from './store.ts'
