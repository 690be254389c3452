import type { Links } from '@linghang/papers/links'
import { addMonths, monthOf } from '@linghang/rulebook'
import { connection, fromId, ref, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { inPoints } from '../../sheets/reading/sheet-row.ts'
import type { Context } from '../../work.ts'
import { linkReport } from './open-report.ts'
import {
  countMemberReportsAt,
  countOfMember,
  countOfOrganisation,
  memberReportsAt,
  readOf,
  reportsOfMember,
  reportsOfOrganisation,
} from './read-reports.ts'
import { averageFor, type Read, type Report, weakOf } from './report.ts'

const read = async (context: Context, { id }: Report): Promise<Read> => {
  const found = await context.load(readOf, id)
  if (!found) throw new Error('a report that was shown has no pack')
  return found
}
const from =
  <T>(say: (read: Read) => T) =>
  async (report: Report, _: unknown, context: Context): Promise<T> =>
    say(await read(context, report))
const points = (hundredths: number | null | undefined): number | null =>
  hundredths == null ? null : inPoints(hundredths)
const byMonth = ({ month, id }: Report): string[] => [month, id]

export const reportResolvers = (links: Links): Resolvers => ({
  Query: {
    monthlyReportLink: (_, { reportId }, context) =>
      linkReport(context, links, fromId('MonthlyReport', reportId, 'reportId')),
  },
  MonthlyReport: {
    id: ({ id }) => toId('MonthlyReport', id),
    member: ({ subjectType, subjectId }) => (subjectType === 'MEMBER' ? ref('Member', subjectId) : null),
    organisation: ({ orgId }) => ref('Organisation', orgId),
    from: ({ periodFrom }) => periodFrom,
    until: ({ periodUntil }) => periodUntil,
    score: ({ score }) => inPoints(score),
    scoreBefore: from(({ before }) => points(before?.score)),
    average: from(({ average }) => points(averageFor(average)?.score)),
    peers: from(({ average }) => average?.subjects ?? 0),
    groups: from(({ report, scale, before, average }) =>
      scale.groups.map(({ key, title }) => ({
        ...{ key, title, points: inPoints(report.groups.find(group => group.key === key)?.counted ?? 0) },
        before: points(before?.groups.find(group => group.key === key)?.counted),
        average: points(averageFor(average)?.groups[key]),
      })),
    ),
    weakest: from(weakOf),
    lights: from(({ report: { lights }, scale }) =>
      lights.map(light => ({ ...light, title: scale.lights.find(({ key }) => key === light.key)?.title ?? light.key })),
    ),
  },
  MonthlyReportWeakness: {
    indicator: ({ indicator }) => indicator.key,
    title: ({ indicator }) => indicator.title,
    points: weak => inPoints(weak.points),
    average: ({ average }) => points(average),
    remedy: ({ remedy }, _, { language }) => remedy && (language === 'en' ? remedy.en : remedy.zh),
  },
  Member: {
    monthlyReports: ({ uuid }, args, context) =>
      connection(context, args, {
        of: ['Member.monthlyReports', uuid],
        read: stretch => context.load(reportsOfMember, uuid, stretch),
        count: () => context.load(countOfMember, uuid),
        place: byMonth,
      }),
  },
  Organisation: {
    monthlyReports: ({ uuid }, args, context) =>
      connection(context, args, {
        of: ['Organisation.monthlyReports', uuid],
        read: stretch => context.load(reportsOfOrganisation, uuid, stretch),
        count: () => context.load(countOfOrganisation, uuid),
        place: byMonth,
      }),
    memberReports: ({ uuid }, { month, ...args }, context) => {
      const first = month ? monthOf(month) : addMonths(monthOf(context.today), -1)
      return connection(context, args, {
        of: ['Organisation.memberReports', uuid, first],
        read: stretch => context.load(memberReportsAt, uuid, first, stretch),
        count: () => context.load(countMemberReportsAt, uuid, first),
        place: ({ subjectId, id }) => [subjectId, id],
      })
    },
  },
})
