export type { ProposalRow as ProposedDeduction } from './store.ts'
