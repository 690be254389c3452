import { renderDocx } from '@linghang/documents'
import { requireGoodLink } from '@linghang/papers/give-file'
import type { FileLink, Links } from '@linghang/papers/links'
import { defineErrors } from '@linghang/subgraph/errors'
import type { Context, Work } from '../../work.ts'
import { derivedOf, nameOf, sheetById } from '../reading/read-sheets.ts'
import type { SheetRow } from '../reading/sheet-row.ts'
import { sheetDocument } from './sheet-document.ts'

const { fail } = defineErrors({})
const sheetPath = (id: string): string => `/files/score-sheets/${id}.docx`

/** @throws DomainError NOT_FOUND where it is not the actor's to see */
const requireSheet = async (context: Context, id: string): Promise<SheetRow> =>
  (await context.load(sheetById, id)) ?? fail('NOT_FOUND', { what: `ScoreSheet:${id}` })

/** A link to a sheet for whoever sees it. @throws DomainError NOT_FOUND */
export async function linkSheet(context: Context, links: Links, id: string): Promise<FileLink> {
  await requireSheet(context, id)
  return context.perform(async ({ actor, now }: Work) => links.sign(sheetPath(id), actor, now))
}

/** A sheet as it is now. @throws DomainError LINK_EXPIRED, LINK_REFUSED, NOT_FOUND */
export async function openSheet(
  context: Context,
  links: Links,
  id: string,
  query: Record<string, unknown>,
): Promise<{ name: string; content: Uint8Array }> {
  await context.perform(async ({ actor, now }: Work) => requireGoodLink({ links, actor, now }, sheetPath(id), query))
  const row = await requireSheet(context, id)
  const derived = (await context.load(derivedOf, id)) ?? fail('NOT_FOUND', { what: `ScoreSheet:${id}` })
  const organisation = (await context.load(nameOf, row.orgId)) ?? ''
  const { version, publishedOn, subjectType } = row
  const model = sheetDocument({
    ...{ derived, organisation, version, publishedOn, printedOn: context.today },
    isOfMember: subjectType === 'MEMBER',
  })
  return { name: `${row.periodFrom}${model.title}.docx`, content: await renderDocx(model) }
}
