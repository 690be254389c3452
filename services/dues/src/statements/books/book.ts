import { addMonths, type DuesUse, monthOf } from '@linghang/rulebook'
import type { Fund } from '../../ledger/accounts/fund.ts'
import type { JournalReason } from '../../ledger/journals/journal.ts'

export type BookPeriod = { from: string; until: string }

/** A year, and the day that a leap year has more. */
export const mostBookDays = 366
export type BookFormat = 'XLSX' | 'DOCX'
/** So many entries stand in one file: it is made while others wait, and a printed one takes ten times as long. */
export const mostBookLines: Readonly<Record<BookFormat, number>> = { XLSX: 2_000, DOCX: 500 }

/** How many days a period has, both ends included; 0 or less where it ends before it begins. */
export const daysIn = ({ from, until }: BookPeriod): number => (Date.parse(until) - Date.parse(from)) / 86_400_000 + 1

/**
 * What came in and went out of an account in a month for one reason and use; with `month` null all that was before the
 * period. What takes a journal back stands with it, on the same side, in red: below 0 (红字冲销).
 */
export type BookSum = {
  accountId: string
  month: string | null
  reason: JournalReason
  use: DuesUse | null
  inFen: bigint
  outFen: bigint
  entries: number
}

/** An entry in a book: what it was for and by which paper, and what the account had after it, in the order of days. */
export type BookLine = {
  accountId: string
  journalId: string
  countsOn: string
  n: bigint
  reason: JournalReason
  /** Whether it takes another journal back. */
  takesBack: boolean
  use: DuesUse | null
  note: string
  purpose: string | null
  payee: string | null
  /** Numbers of receipts or vouchers. */
  evidence: readonly string[]
  inFen: bigint
  outFen: bigint
  balanceFen: bigint
}

/** Money that was reserved when the period ended. */
export type BookHold = { id: string; accountId: string; amountFen: bigint; heldOn: string; lapsesOn: string }
/** What was reserved of an account then, all of it, and the first of the holds. */
export type BookHolds = { heldFen: bigint; holds: readonly BookHold[] }

type Flow = { inFen: bigint; outFen: bigint; entries: number }
export type BookReason = Flow & { reason: JournalReason }
export type BookUse = { use: DuesUse | null; amountFen: bigint; entries: number }
export type BookMonth = Flow & { month: string; openingFen: bigint; closingFen: bigint }

/** What one account had and how it moved in a period; `fund` null for what an organisation has of its own free use. */
export type BookPart = BookPeriod &
  Flow &
  BookHolds & {
    accountId: string
    fund: Fund | null
    openingFen: bigint
    closingFen: bigint
    byReason: readonly BookReason[]
    byUse: readonly BookUse[]
    months: readonly BookMonth[]
  }

/** A treasurer's book (账簿) of an organisation's account and of the funds beside it. */
export type Book = BookPeriod & { accountId: string; orgId: string; own: BookPart; funds: BookPart[] }

const flowOf = (sums: readonly BookSum[]): Flow => ({
  inFen: sums.reduce((sum, { inFen }) => sum + inFen, 0n),
  outFen: sums.reduce((sum, { outFen }) => sum + outFen, 0n),
  entries: sums.reduce((sum, { entries }) => sum + entries, 0),
})
const groups = <K>(sums: readonly BookSum[], keyOf: (sum: BookSum) => K) => [...Map.groupBy(sums, keyOf)]
const byName =
  <T>(nameOf: (one: T) => string | null) =>
  (one: T, other: T) =>
    (nameOf(one) ?? '~') < (nameOf(other) ?? '~') ? -1 : 1

/** Each month that a period touches, by its first day. */
const monthsIn = ({ from, until }: BookPeriod): string[] => {
  const months: string[] = []
  for (let month = monthOf(from); month <= until; month = addMonths(month, 1)) months.push(month)
  return months
}

/** The months of a period one after the other, each beginning with what the one before ended with; those too in which nothing moved. */
export function monthsOf(period: BookPeriod, openingFen: bigint, sums: readonly BookSum[]): BookMonth[] {
  let has = openingFen
  return monthsIn(period).map(month => {
    const flow = flowOf(sums.filter(sum => sum.month === month))
    const opening = has
    has += flow.inFen - flow.outFen
    return { month, openingFen: opening, ...flow, closingFen: has }
  })
}

/** What was spent, and what the payee gave back of it. */
const isUsed: ReadonlySet<JournalReason> = new Set<JournalReason>(['SPENT', 'SPENDING_REFUNDED'])

/** What was used by what it was used for: what was spent and passed down, less what came back of it. */
export const usesOf = (sums: readonly Pick<BookSum, 'reason' | 'use' | 'inFen' | 'outFen' | 'entries'>[]): BookUse[] =>
  [
    ...Map.groupBy(
      sums.filter(({ reason, outFen }) => isUsed.has(reason) || (reason === 'PASSED_DOWN' && outFen !== 0n)),
      ({ use }) => use,
    ),
  ]
    .map(([use, of]) => ({
      use,
      amountFen: of.reduce(
        (sum, { reason, inFen, outFen }) => sum + outFen - (reason === 'PASSED_DOWN' ? 0n : inFen),
        0n,
      ),
      entries: of.reduce((sum, { entries }) => sum + entries, 0),
    }))
    .toSorted(byName(({ use }) => use))

/** An account's part of a book, from sums that the books gave. */
export function bookPartOf(
  account: { accountId: string; fund: Fund | null },
  period: BookPeriod,
  sums: readonly BookSum[],
  held: BookHolds,
): BookPart {
  const before = flowOf(sums.filter(({ month }) => month === null))
  const within = sums.filter(({ month }) => month !== null)
  const openingFen = before.inFen - before.outFen
  const flow = flowOf(within)
  return {
    ...{ ...account, ...period, ...held, openingFen, ...flow, closingFen: openingFen + flow.inFen - flow.outFen },
    byReason: groups(within, ({ reason }) => reason)
      .map(([reason, of]) => ({ reason, ...flowOf(of) }))
      .toSorted(byName(({ reason }) => reason)),
    byUse: usesOf(within),
    months: monthsOf(period, openingFen, within),
  }
}
