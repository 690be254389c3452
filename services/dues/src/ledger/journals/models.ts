export type { Journal as DuesJournal, PostedEntry as DuesEntry } from './journal.ts'
