import type { Resolvers } from '../../generated/schema-types.ts'
import { yearOf } from '../settings/year.ts'
import { inWords } from './ledger.ts'
import { ledgersOf } from './read-ledgers.ts'

export const ledgerResolvers: Resolvers = {
  Organisation: {
    lifeLedger: ({ id }, { year }, context) => context.load(ledgersOf, id, yearOf(year, context.today)),
  },
  LifeLedger: {
    complete: ({ knownSince, lines }) =>
      knownSince === null ? null : lines.every(({ missing }) => missing.length === 0),
    words: inWords,
  },
  LifeLedgerLine: {
    article: ({ citation }) => citation.article,
    source: ({ citation }) => citation.source,
    certainty: ({ citation }) => citation.certainty,
  },
}
