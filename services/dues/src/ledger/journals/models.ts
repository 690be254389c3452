export type { Journal as DuesJournal, PostedEntry as DuesEntry } from './journal.ts'
export type { YearTotal as DuesYearTotal } from './store.ts'
