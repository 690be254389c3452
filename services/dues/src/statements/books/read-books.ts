import type { Stretch } from '@linghang/database'
import { monthOf } from '@linghang/rulebook'
import { many, one } from '@linghang/subgraph'
import type { Fund } from '../../ledger/accounts/fund.ts'
import { accountStore } from '../../ledger/accounts/store.ts'
import { fundStore } from '../../ledger/funds/store.ts'
import type { Work } from '../../work.ts'
import { type Book, type BookPeriod, bookPartOf, daysIn, mostBookDays } from './book.ts'
import { fail } from './errors.ts'
import { bookStore } from './store.ts'

const nothingHeld = { heldFen: 0n, holds: [] }

/** @throws DomainError BAD_INPUT where it ends before it begins, BOOK_PERIOD_TOO_LONG */
export function requireBookPeriod(period: BookPeriod): BookPeriod {
  const { from, until } = period
  const found = daysIn(period)
  if (found < 1)
    fail('BAD_INPUT', {
      ...{ field: 'until', found: until, wanted: `${from} or later`, wantedZh: `不早于 ${from}` },
    })
  if (found > mostBookDays) fail('BOOK_PERIOD_TOO_LONG', { from, until, found, limit: mostBookDays })
  return { from, until }
}

/**
 * Treasurers' books of organisations' accounts that the actor sees, with those of the funds beside them: what was there,
 * what moved by reason, use and month, what is left, what is held. Four statements, whatever their number.
 */
export const bookOf = one(async (work: Work, accountIds, period: BookPeriod) => {
  const { tx, actor, supervision, today } = work
  const accounts = await accountStore.virtualByIds(tx, actor.countyId, accountIds)
  const seen = await supervision.seen([...new Set(accounts.map(({ orgId }) => orgId))])
  const shown = accounts.filter(({ orgId }) => seen.has(orgId))
  const funds = await fundStore.beside(
    tx,
    shown.map(({ id }) => id),
  )
  const all = shown.flatMap(({ id }) => [id, ...(funds.get(id) ?? []).map(fund => fund.id)])
  const sums = await bookStore.sumsOf(tx, all, period)
  const held = await bookStore.holdsAt(tx, all, period.until < today ? period.until : today)
  const partOf = (accountId: string, fund: Fund | null) =>
    bookPartOf({ accountId, fund }, period, sums.get(accountId) ?? [], held.get(accountId) ?? nothingHeld)
  return new Map(
    shown.map(({ id, orgId }): [string, Book] => [
      id,
      {
        ...{ ...period, accountId: id, orgId, own: partOf(id, null) },
        funds: (funds.get(id) ?? []).map(fund => partOf(fund.id, fund)),
      },
    ]),
  )
})

/**
 * Whether nothing counts for the days of a book any more. The months of an account at the bank are closed by its committee,
 * whose closings a branch does not see: this says of books that the actor has whether they are final, and nothing else.
 */
export const isClosed = one(
  async ({ tx }: Work, accountIds, until: string) => {
    const closed = await bookStore.closedThrough(tx, accountIds)
    return new Map(accountIds.map(id => [id, (closed.get(id) ?? '') >= monthOf(until)]))
  },
  { rights: 'COUNTY' },
)

/** The entries of a part of a book that the actor has. */
export const linesOfPart = many(({ tx }: Work, accountIds, period: BookPeriod, stretch: Stretch) =>
  bookStore.linesIn(tx, accountIds, period, stretch),
)
