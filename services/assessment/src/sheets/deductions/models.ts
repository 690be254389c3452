import type { KeptRuling } from '../rulings/store.ts'

export type { ProposalRow as ProposedDeduction } from './store.ts'
export type ScoreRuling = KeptRuling & { holds: boolean }
