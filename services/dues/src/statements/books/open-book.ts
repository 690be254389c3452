import { renderDocx } from '@linghang/documents'
import { requireGoodLink } from '@linghang/papers/give-file'
import type { FileLink, Links } from '@linghang/papers/links'
import { duesAccountById, realAccountById } from '../../ledger/accounts/read-accounts.ts'
import { accountStore } from '../../ledger/accounts/store.ts'
import type { Context, Work } from '../../work.ts'
import { type Book, type BookFormat, type BookPeriod, mostBookLines } from './book.ts'
import { bookDocument } from './book-document.ts'
import { bookWorkbook } from './book-sheets.ts'
import { type BoundBook, partsOf, requireFewLines } from './bound-book.ts'
import { fail } from './errors.ts'
import { bookOf, isClosed, linesOfPart, requireBookPeriod } from './read-books.ts'

const endings = { XLSX: 'xlsx', DOCX: 'docx' } as const

type WantedBook = BookPeriod & { id: string; format: BookFormat }

const bookPath = ({ id, from, until, format }: WantedBook): string =>
  `/files/dues-books/${id}.${endings[format]}?from=${from}&until=${until}`

/** @throws DomainError NOT_FOUND for whoever does not see it, BAD_INPUT, BOOK_PERIOD_TOO_LONG, BOOK_TOO_MANY_LINES */
async function requireBook(context: Context, { id, format, ...period }: WantedBook): Promise<Book> {
  const account = await context.load(duesAccountById, id)
  const book = account && (await context.load(bookOf, id, requireBookPeriod(period)))
  if (!book) return fail('NOT_FOUND', { what: `DuesAccount:${id}` })
  requireFewLines(book, format)
  return book
}

/** A link to a book as a document, for whoever sees the account. @throws DomainError as requireBook */
export async function linkBook(context: Context, links: Links, wanted: WantedBook): Promise<FileLink> {
  await requireBook(context, wanted)
  return context.perform(async ({ actor, now }: Work) => links.sign(bookPath(wanted), actor, now))
}

async function bind(context: Context, book: Book): Promise<BoundBook> {
  const period = { from: book.from, until: book.until }
  const stretch = { size: mostBookLines.XLSX, from: null, backwards: false }
  const lines = await Promise.all(
    partsOf(book).map(
      async ({ accountId }) => [accountId, await context.load(linesOfPart, accountId, period, stretch)] as const,
    ),
  )
  const account = await context.load(duesAccountById, book.accountId)
  const organisation = await context.perform(({ tx, actor }: Work) =>
    accountStore.organisation(tx, actor.countyId, book.orgId),
  )
  return {
    ...{ book, lines: new Map(lines), madeOn: context.today, orgName: organisation?.name ?? '' },
    bank: account && (await context.load(realAccountById, account.keeperId)),
    closed: (await context.load(isClosed, book.accountId, book.until)) ?? false,
  }
}

const isDay = (said: unknown): said is string => typeof said === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(said)

/** A book as a file. @throws DomainError LINK_EXPIRED, LINK_REFUSED, and what requireBook refuses */
export async function openBook(
  context: Context,
  links: Links,
  { id, format }: { id: string; format: BookFormat },
  query: Record<string, unknown>,
): Promise<{ name: string; content: Uint8Array }> {
  const { from, until } = query
  if (!isDay(from) || !isDay(until)) return fail('LINK_REFUSED')
  const wanted = { id, format, from, until }
  await context.perform(async ({ actor, now }: Work) => requireGoodLink({ links, actor, now }, bookPath(wanted), query))
  const bound = await bind(context, await requireBook(context, wanted))
  return {
    name: `党费账簿${from}至${until}.${endings[format]}`,
    content: await (format === 'XLSX' ? bookWorkbook(bound) : renderDocx(bookDocument(bound))),
  }
}
