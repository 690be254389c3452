import {
  type Book,
  type BookFormat,
  type BookLine,
  type BookMonth,
  type BookPart,
  type BookReason,
  mostBookLines,
} from './book.ts'
import { fail } from './errors.ts'

/** A book with everything that its documents say. */
export type BoundBook = {
  book: Book
  orgName: string
  /** Where the money lies; null where whoever asks does not see that account. */
  bank: { bank: string; bankDigits: string } | null
  closed: boolean
  /** The entries of each of its accounts. */
  lines: ReadonlyMap<string, readonly BookLine[]>
  madeOn: string
}

export const partsOf = ({ own, funds }: Book): BookPart[] => [own, ...funds]
/** What a part is called. */
export const partName = ({ fund }: BookPart): string => (fund === null ? '本级账户' : `专项：${fund.name}`)

/** Whether anything stands in a part: a fund that was opened later is not told of with zeros. */
export const isTold = ({ fund, openingFen, entries }: BookPart): boolean =>
  fund === null || openingFen !== 0n || entries > 0

/** Each reason on the side on which it is. */
export const sidesOf = (reasons: readonly BookReason[]) =>
  reasons.flatMap(({ reason, inFen, outFen }) => [
    ...(inFen === 0n ? [] : [{ reason, side: 'IN' as const, amountFen: inFen }]),
    ...(outFen === 0n ? [] : [{ reason, side: 'OUT' as const, amountFen: outFen }]),
  ])

export const monthName = ({ month }: Pick<BookMonth, 'month'>): string => month.slice(0, 7)

/** @throws DomainError BOOK_TOO_MANY_LINES */
export function requireFewLines(book: Book, format: BookFormat): void {
  const found = partsOf(book).reduce((sum, { entries }) => sum + entries, 0)
  const { from, until } = book
  const limit = mostBookLines[format]
  if (found > limit) fail('BOOK_TOO_MANY_LINES', { from, until, found, limit })
}
