export type { Bill as DuesBill } from './bill.ts'
export type { Collection as DuesCollection } from './collection-store.ts'
export type { Pause as DuesPause } from './pause-store.ts'
