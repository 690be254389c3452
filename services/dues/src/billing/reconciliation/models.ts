export type { Mismatch as DuesMismatch } from '../online/mismatch.ts'
export type { Settlement as DuesSettlement } from './settlement.ts'
