import { renderDocx } from '@linghang/documents'
import { requireGoodLink } from '@linghang/papers/give-file'
import type { FileLink, Links } from '@linghang/papers/links'
import type { Context, Work } from '../../work.ts'
import { fail } from './errors.ts'
import { reportById } from './read-reports.ts'
import type { Report } from './report.ts'
import { reportDocument } from './report-document.ts'
import { superiorStore } from './superior-store.ts'

const reportPath = (id: string): string => `/files/dues-reports/${id}.docx`

/** @throws DomainError NOT_FOUND for whoever does not see it */
async function requireSeen(context: Context, id: string): Promise<Report> {
  return (await context.load(reportById, id)) ?? fail('NOT_FOUND', { what: `DuesReport:${id}` })
}

/** A link to a report for whoever sees it. @throws DomainError NOT_FOUND */
export async function linkReport(context: Context, links: Links, id: string): Promise<FileLink> {
  await requireSeen(context, id)
  return context.perform(async ({ actor, now }: Work) => links.sign(reportPath(id), actor, now))
}

/** A report as a document. @throws DomainError LINK_EXPIRED, LINK_REFUSED, NOT_FOUND */
export async function openReport(
  context: Context,
  links: Links,
  id: string,
  query: Record<string, unknown>,
): Promise<{ name: string; content: Uint8Array }> {
  await context.perform(async ({ actor, now }: Work) => requireGoodLink({ links, actor, now }, reportPath(id), query))
  const report = await requireSeen(context, id)
  const superior = await context.perform(({ tx }: Work) => superiorStore.nameOf(tx, report.orgId, report.superiorId))
  return {
    name: `${report.year}年度党费报告.docx`,
    content: await renderDocx(reportDocument(report, superior)),
  }
}
