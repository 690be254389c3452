import type { Bracket, Citation } from '@linghang/rulebook'

export type { DuesExplanation } from '@linghang/rulebook'
export type { DuesRecord } from './dues-record.ts'
export type DuesBracket = Bracket
export type DuesCitation = Citation
