import { addMonths, type DuesUse } from '@linghang/rulebook'
import type { JournalReason } from '../../ledger/journals/journal.ts'
import { type BookSum, usesOf } from './book.ts'

export type YearItem = { reason: JournalReason; amountFen: bigint }
/** What members owed for the months of a year, and what has come of it: numbers, and nobody's name. */
export type YearCollection = {
  members: number
  bills: number
  settledBills: number
  dueFen: bigint
  waivedFen: bigint
  paidFen: bigint
}

/**
 * What an organisation with all below it had, received, used and has left of a year's dues. What one below had from another
 * below is neither.
 */
export type YearStatement = {
  year: number
  openingFen: bigint
  incomes: readonly YearItem[]
  outgoes: readonly YearItem[]
  /** What was spent, by what for. */
  uses: readonly { use: DuesUse | null; amountFen: bigint }[]
  closingFen: bigint
  collection: YearCollection
}

type NetSum = Pick<BookSum, 'month' | 'reason' | 'use' | 'inFen' | 'outFen' | 'entries'>
const netOf = (sums: readonly NetSum[]): bigint => sums.reduce((net, { inFen, outFen }) => net + inFen - outFen, 0n)

/**
 * What the payee gave back is less spent, and no income.
 * @param sums of all its accounts; `month` null for what was before the year
 */
export function yearStatementOf(year: number, sums: readonly NetSum[], collection: YearCollection): YearStatement {
  // What was there when the books were opened is no income of the year in which that was.
  const isBefore = ({ month, reason }: NetSum) => month === null || reason === 'OPENING_BALANCE'
  const within = sums.filter(sum => !isBefore(sum))
  const openingFen = netOf(sums.filter(isBefore))
  const nets = [...Map.groupBy(within, ({ reason }) => (reason === 'SPENDING_REFUNDED' ? 'SPENT' : reason))]
    .map(([reason, of]) => ({ reason, amountFen: netOf(of) }))
    .toSorted((one, other) => (one.reason < other.reason ? -1 : 1))
  return {
    ...{ year, openingFen, collection },
    incomes: nets.filter(({ amountFen }) => amountFen > 0n),
    outgoes: nets
      .filter(({ amountFen }) => amountFen < 0n)
      .map(({ reason, amountFen }) => ({ reason, amountFen: -amountFen })),
    uses: usesOf(within.filter(({ reason }) => reason !== 'PASSED_DOWN'))
      .filter(({ amountFen }) => amountFen !== 0n)
      .map(({ use, amountFen }) => ({ use, amountFen })),
    closingFen: openingFen + netOf(within),
  }
}

/** The first and last day of a year. */
export const daysOfYear = (year: number) => ({ from: `${year}-01-01`, until: `${year}-12-31` })
/** The first days of its first and last month. */
export const monthsOfYear = (year: number) => ({ from: `${year}-01-01`, until: addMonths(`${year}-01-01`, 11) })

/** Money as text, so that a frozen statement says every fen of it; the same statement is the same text. */
export const frozen = (content: object): string =>
  JSON.stringify(content, (_, value) => (typeof value === 'bigint' ? `${value}` : value))

const money = new Set(['openingFen', 'closingFen', 'amountFen', 'dueFen', 'waivedFen', 'paidFen'])

/** Reads a frozen text back: sums are what they were, to the fen. */
export const readFrozen = <Content>(content: string): Content =>
  JSON.parse(content, (key, value) => (money.has(key) ? BigInt(value) : value))
