import type { Links } from '@linghang/papers/links'
import { connection, fromId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { fundById } from '../../ledger/funds/read-funds.ts'
import { holdById } from '../../ledger/holds/read-holds.ts'
import { journalById } from '../../ledger/journals/read-journals.ts'
import { linkBook } from './open-book.ts'
import { bookOf, isClosed, linesOfPart, requireBookPeriod } from './read-books.ts'
import { wordsOf } from './words.ts'

export const bookResolvers = (links: Links): Resolvers => ({
  DuesAccount: { book: ({ id }, period, context) => context.load(bookOf, id, requireBookPeriod(period)) },
  DuesBook: {
    closed: async ({ accountId, until }, _, context) => (await context.load(isClosed, accountId, until)) ?? false,
  },
  DuesBookPart: {
    fund: ({ fund }, _, context) => (fund === null ? null : context.load(fundById, fund.id)),
    lines: ({ accountId, from, until, entries }, args, context) =>
      connection(context, args, {
        of: ['DuesBookPart.lines', accountId, from, until],
        read: stretch => context.load(linesOfPart, accountId, { from, until }, stretch),
        count: async () => entries,
        place: ({ countsOn, n }) => [countsOn, `${n}`],
      }),
  },
  DuesBookHold: { hold: ({ id }, _, context) => context.load(holdById, id) },
  DuesBookLine: {
    text: wordsOf,
    journal: ({ journalId }, _, context) => context.load(journalById, journalId),
  },
  Query: {
    duesBookLink: (_, { accountId, ...wanted }, context) =>
      linkBook(context, links, { ...wanted, id: fromId('DuesAccount', accountId, 'accountId') }),
  },
})
