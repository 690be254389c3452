import type { Links } from '@linghang/papers/links'
import { fromId, ref, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import type { Context } from '../../work.ts'
import { readFrozen } from '../books/year-statement.ts'
import { fail } from './errors.ts'
import { linkReport } from './open-report.ts'
import { reportById, reportOf, reportsBelow } from './read-reports.ts'
import { type ReportContent, reportState } from './report.ts'
import { returnReport } from './return-report.ts'
import { submitReport } from './submit-report.ts'

/** @throws DomainError BAD_INPUT */
function requireYear(year: number): number {
  if (year >= 2008 && year <= 2100) return year
  return fail('BAD_INPUT', { field: 'year', found: year, wanted: '2008 to 2100', wantedZh: '2008 至 2100' })
}
const payload = async (context: Context, id: string) => ({ report: await context.load(reportById, id) })

export const reportResolvers = (links: Links): Resolvers => ({
  DuesReport: {
    id: ({ id }) => toId('DuesReport', id),
    ref: ({ id }) => toId('DuesReport', id),
    organisation: ({ orgId }) => ref('Organisation', orgId),
    organisationName: ({ orgName }) => orgName,
    state: reportState,
    contentHash: ({ contentHash }) => Buffer.from(contentHash).toString('hex'),
    statement: ({ content }) => readFrozen<ReportContent>(content),
    experience: ({ content }) => readFrozen<ReportContent>(content).experience,
    proposals: ({ content }) => readFrozen<ReportContent>(content).proposals,
  },
  DuesReportLine: { organisation: ({ orgId }) => ref('Organisation', orgId) },
  Organisation: {
    duesReport: ({ uuid }, { year }, context) => context.load(reportOf, uuid, requireYear(year)),
    duesReportsBelow: ({ uuid }, { year }, context) => context.load(reportsBelow, uuid, requireYear(year)),
  },
  Query: {
    duesReportLink: (_, { reportId }, context) =>
      linkReport(context, links, fromId('DuesReport', reportId, 'reportId')),
  },
  Mutation: {
    submitDuesReport: async (_, { input }, context) => {
      const { organisationId, idempotencyKey, ...rest } = input
      const wanted = { ...rest, orgId: fromId('Organisation', organisationId, 'organisationId') }
      return payload(context, await context.run(submitReport, wanted, idempotencyKey))
    },
    returnDuesReport: async (_, { input: { reportId, reason, idempotencyKey } }, context) => {
      const wanted = { id: fromId('DuesReport', reportId, 'reportId'), reason }
      return payload(context, await context.run(returnReport, wanted, idempotencyKey))
    },
  },
})
