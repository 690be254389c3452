export type { ArrearsLadder as DuesArrearsLadder } from '@linghang/rulebook'
export type { CountyDuesSettings as DuesSettings } from './settings.ts'
