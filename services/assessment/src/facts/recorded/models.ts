export type { RecordedFact, RecordedFact as RecordedFactVersion } from './recorded-fact.ts'
