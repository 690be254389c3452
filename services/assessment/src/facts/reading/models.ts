export type { KeptFact as Fact } from './store.ts'
