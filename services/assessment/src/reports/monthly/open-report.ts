import { renderDocx } from '@linghang/documents'
import { requireGoodLink } from '@linghang/papers/give-file'
import type { FileLink, Links } from '@linghang/papers/links'
import { defineErrors } from '@linghang/subgraph/errors'
import { nameOf } from '../../sheets/reading/read-sheets.ts'
import type { Context, Work } from '../../work.ts'
import { readOf, reportById } from './read-reports.ts'
import type { Report } from './report.ts'
import { reportDocument } from './report-document.ts'

const { fail } = defineErrors({})
const reportPath = (id: string): string => `/files/monthly-reports/${id}.docx`

/** @throws DomainError NOT_FOUND where it is not the actor's to read */
const requireSeen = async (context: Context, id: string): Promise<Report> =>
  (await context.load(reportById, id)) ?? fail('NOT_FOUND', { what: `MonthlyReport:${id}` })

/** A link to a monthly report for whoever reads it. @throws DomainError NOT_FOUND */
export async function linkReport(context: Context, links: Links, id: string): Promise<FileLink> {
  await requireSeen(context, id)
  return context.perform(async ({ actor, now }: Work) => links.sign(reportPath(id), actor, now))
}

/** A monthly report as a document, the same each time. @throws DomainError LINK_EXPIRED, LINK_REFUSED, NOT_FOUND */
export async function openReport(
  context: Context,
  links: Links,
  id: string,
  query: Record<string, unknown>,
): Promise<{ name: string; content: Uint8Array }> {
  await context.perform(async ({ actor, now }: Work) => requireGoodLink({ links, actor, now }, reportPath(id), query))
  const { orgId, month } = await requireSeen(context, id)
  const read = (await context.load(readOf, id)) ?? fail('NOT_FOUND', { what: `MonthlyReport:${id}` })
  const model = reportDocument(read, (await context.load(nameOf, orgId)) ?? '')
  return { name: `${month.slice(0, 7)}${model.title}.docx`, content: await renderDocx(model) }
}
