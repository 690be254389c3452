import type { Resolvers } from '../../generated/schema-types.ts'
import { fail } from './errors.ts'
import { inWords } from './ledger.ts'
import { ledgersOf } from './read-ledgers.ts'

const [firstYear, lastYear] = [1921, 2199]

/** @throws DomainError BAD_INPUT */
function yearOf(year: number | null | undefined, today: string): number {
  const wanted = year ?? Number(today.slice(0, 4))
  if (wanted >= firstYear && wanted <= lastYear) return wanted
  return fail('BAD_INPUT', {
    ...{ field: 'year', found: wanted },
    ...{ wanted: `${firstYear} to ${lastYear}`, wantedZh: `${firstYear} 至 ${lastYear}` },
  })
}

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
