import {
  type ChangeGround,
  type DuesCategory,
  type DuesSettings,
  explainDues,
  monthOf,
  type PayKind,
  takesIncome,
} from '@linghang/rulebook'
import type { DuesRecord } from '../records/dues-record.ts'
import { incomeOf } from '../records/explain-record.ts'

/** YEAR: at its beginning. Others: why it was fixed anew in the course of it. */
export type FixingGround = 'YEAR' | ChangeGround
/**
 * PROPOSED from the register; CLAIMED: the member says another base, and the branch has not agreed; CORRECTED by the
 * branch; CONFIRMED by the member; CHECKED by the committee, and it stands.
 */
export const fixingStates = ['PROPOSED', 'CLAIMED', 'CORRECTED', 'CONFIRMED', 'CHECKED'] as const
export type FixingState = (typeof fixingStates)[number]
/** What is other than last year, and from where it comes. */
export const fixingWhys = ['FIRST', 'SAME', 'CATEGORY', 'BASE', 'RULE', 'FROM_LAST_YEAR', 'INCOMPLETE'] as const
export type FixingWhy = (typeof fixingWhys)[number]

/** A base, and what follows from it; null while something is missing. */
export type Base = {
  category: DuesCategory | null
  /** As `explainDues` takes it: of a month, or of the quarter before. */
  incomeFen: bigint | null
  baseFen: bigint | null
  dueFen: bigint | null
}
/** What stood at the end of the year before. */
export type LastBase = Base & { category: DuesCategory; dueFen: bigint }

export type FixingLine = Base & {
  id: string
  orgId: string
  memberId: string
  fixingId: string
  year: number
  ground: FixingGround
  changedOn: string | null
  /** From which month on, as its first day. */
  fromMonth: string
  payKind: PayKind | null
  lastCategory: DuesCategory | null
  lastBaseFen: bigint | null
  lastDueFen: bigint | null
  why: FixingWhy
  state: FixingState
  confirmedHow: 'BY_MEMBER' | 'ON_PAPER' | null
  confirmedOn: string | null
  checkedOn: string | null
  version: number
}

/** The base that follows from an income, and what is owed by it. @throws RangeError as `explainDues` */
export function baseFrom(
  { category, incomeFen }: { category: DuesCategory; incomeFen: bigint | null },
  on: string,
  settings: DuesSettings,
): Base & { category: DuesCategory; dueFen: bigint } {
  const income = takesIncome(category) ? incomeFen : null
  const { baseFen, dueFen } = explainDues({ category, incomeFen: income, on }, settings)
  return { category, incomeFen: income, baseFen, dueFen }
}

const nothing: Base = { category: null, incomeFen: null, baseFen: null, dueFen: null }

/** What is other than last year. The same base may owe another sum: by another bracket, another setting. */
export function whyOf(now: Base, last: Pick<LastBase, 'category' | 'baseFen' | 'dueFen'> | null): FixingWhy {
  if (now.category === null || now.dueFen === null) return 'INCOMPLETE'
  if (last === null) return 'FIRST'
  if (now.category !== last.category) return 'CATEGORY'
  if (now.baseFen !== last.baseFen) return 'BASE'
  return now.dueFen === last.dueFen ? 'SAME' : 'RULE'
}

/** From which month of a year somebody owes: January, or that of the assembly which admitted (党费规定 2008, art. 8). */
export const firstMonthOf = (year: number, owesSince: string | null): string => {
  const january = `${year}-01-01`
  return owesSince !== null && monthOf(owesSince) > january ? monthOf(owesSince) : january
}

/**
 * What a year's fixing proposes for somebody: by the register and, where that lacks something, as last year. Nothing of
 * it is more than a proposal.
 */
export function proposalOf(
  record: Pick<DuesRecord, 'category' | 'baseFen' | 'complete'>,
  last: LastBase | null,
  on: string,
  settings: DuesSettings,
): Base & { why: FixingWhy } {
  const { category, baseFen, complete } = record
  if (complete && category !== null) {
    const base = baseFrom({ category, incomeFen: incomeOf(category, baseFen) }, on, settings)
    return { ...base, why: whyOf(base, last) }
  }
  if (last !== null) return { ...baseFrom(last, on, settings), why: 'FROM_LAST_YEAR' }
  return { ...nothing, category, why: 'INCOMPLETE' }
}
