export type { LedgerLine as LifeLedgerLine } from '@linghang/rulebook'
export type { Ledger as LifeLedger } from './ledger.ts'
