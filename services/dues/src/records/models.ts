export type { DuesRecord } from './dues-record.ts'
