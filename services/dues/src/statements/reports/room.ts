import { fileRoute } from '@linghang/papers/file-route'
import type { Links } from '@linghang/papers/links'
import { room } from '../../work.ts'
import { table } from './errors.ts'
import { openReport } from './open-report.ts'
import { reportById } from './read-reports.ts'
import { reportResolvers } from './resolvers.ts'

/** What is told to the level above of a year's dues. */
export const yearlyReports = (links: Links) =>
  room({
    errors: table,
    nodes: { DuesReport: reportById },
    resolvers: reportResolvers(links),
    routes: fileRoute('/files/dues-reports/:id.docx', (context, { id, query }) =>
      openReport(context, links, id, query),
    ),
  })
