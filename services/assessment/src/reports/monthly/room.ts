import { fileRoute } from '@linghang/papers/file-route'
import type { Links } from '@linghang/papers/links'
import { room } from '../../work.ts'
import { openReport } from './open-report.ts'
import { reportById } from './read-reports.ts'
import { reportResolvers } from './resolvers.ts'

/** What a member or a branch is told of a month on the fifth of the next (S1-9). */
export const monthlyReports = (links: Links) =>
  room({
    nodes: { MonthlyReport: reportById },
    resolvers: reportResolvers(links),
    routes: fileRoute('/files/monthly-reports/:id.docx', (context, { id, query }) =>
      openReport(context, links, id, query),
    ),
  })
