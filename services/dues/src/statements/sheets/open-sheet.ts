import { renderDocx } from '@linghang/documents'
import { requireGoodLink } from '@linghang/papers/give-file'
import type { FileLink, Links } from '@linghang/papers/links'
import { tellDues } from '@linghang/rulebook'
import type { FixingLine } from '../../billing/fixings/fixing-line.ts'
import { fixingLineById } from '../../billing/fixings/read-fixings.ts'
import { payOfLine } from '../../billing/fixings/read-pay.ts'
import { accountStore } from '../../ledger/accounts/store.ts'
import type { Context, Work } from '../../work.ts'
import { fail } from './errors.ts'
import { sheetDocument } from './sheet-document.ts'

const sheetPath = (id: string): string => `/files/dues-fixing-sheets/${id}.docx`

/** @throws DomainError NOT_FOUND for whoever does not see the line, SHEET_NOT_COMPLETE */
async function requireWhole(context: Context, id: string): Promise<FixingLine & { dueFen: bigint }> {
  const line = (await context.load(fixingLineById, id)) ?? fail('NOT_FOUND', { what: `DuesFixingLine:${id}` })
  const { dueFen } = line
  return dueFen === null ? fail('SHEET_NOT_COMPLETE') : { ...line, dueFen }
}

/** A link to the sheet of a line for whoever sees it. @throws DomainError NOT_FOUND, SHEET_NOT_COMPLETE */
export async function linkSheet(context: Context, links: Links, id: string): Promise<FileLink> {
  await requireWhole(context, id)
  return context.perform(async ({ actor, now }: Work) => links.sign(sheetPath(id), actor, now))
}

/**
 * The sheet of a line as it stands now, to be signed.
 * @throws DomainError LINK_EXPIRED, LINK_REFUSED, NOT_FOUND, SHEET_NOT_COMPLETE
 */
export async function openSheet(
  context: Context,
  links: Links,
  id: string,
  query: Record<string, unknown>,
): Promise<{ name: string; content: Uint8Array }> {
  await context.perform(async ({ actor, now }: Work) => requireGoodLink({ links, actor, now }, sheetPath(id), query))
  const line = await requireWhole(context, id)
  const explain = (await context.load(payOfLine, id))?.explain ?? null
  const { orgId, year, fromMonth, baseFen, dueFen, version } = line
  // A member's own branch is not among what they see of the tree; how it is called is on their own line.
  const organisation = await context.perform(
    ({ tx, actor }: Work) => accountStore.organisation(tx, actor.countyId, orgId),
    { rights: 'COUNTY' },
  )
  const content = await renderDocx(
    sheetDocument({
      ...{ year, fromMonth, baseFen, dueFen, version, orgName: organisation?.name ?? '', printedOn: context.today },
      explained: explain === null ? null : tellDues(explain).zh,
    }),
  )
  return { name: `${year}年党费核定表.docx`, content }
}
