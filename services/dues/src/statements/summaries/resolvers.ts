import { ref } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { fail } from './errors.ts'
import { summaryOf } from './read-summaries.ts'
import type { Quarter } from './summary.ts'

/** @throws DomainError BAD_INPUT */
function requireQuarter({ year, quarter }: Quarter): Quarter {
  if (year < 2008 || year > 2100)
    fail('BAD_INPUT', { field: 'year', found: year, wanted: '2008 to 2100', wantedZh: '2008 至 2100' })
  if (quarter < 1 || quarter > 4)
    fail('BAD_INPUT', { field: 'quarter', found: quarter, wanted: '1 to 4', wantedZh: '1 至 4' })
  return { year, quarter }
}

export const summaryResolvers: Resolvers = {
  DuesSummaryLine: { organisation: ({ orgId }) => ref('Organisation', orgId) },
  Organisation: {
    duesSummary: ({ uuid }, args, context) => context.load(summaryOf, uuid, requireQuarter(args)),
  },
}
