import { renderDocx } from '@linghang/documents'
import { requireGoodLink } from '@linghang/papers/give-file'
import type { FileLink, Links } from '@linghang/papers/links'
import type { Context, Work } from '../../work.ts'
import { fail } from './errors.ts'
import { linesOfReceipt, receiptById } from './read-receipts.ts'
import type { Receipt } from './receipt.ts'
import { writtenNumber } from './receipt.ts'
import { receiptDocument } from './receipt-document.ts'

const receiptPath = (id: string): string => `/files/dues-receipts/${id}.docx`

/** @throws DomainError NOT_FOUND for whoever does not see it */
async function requireSeen(context: Context, id: string): Promise<Receipt> {
  return (await context.load(receiptById, id)) ?? fail('NOT_FOUND', { what: `DuesReceipt:${id}` })
}

/** A link to a receipt for whoever sees it. @throws DomainError NOT_FOUND */
export async function linkReceipt(context: Context, links: Links, id: string): Promise<FileLink> {
  await requireSeen(context, id)
  return context.perform(async ({ actor, now }: Work) => links.sign(receiptPath(id), actor, now))
}

/** A receipt as a document, marked where it is void. @throws DomainError LINK_EXPIRED, LINK_REFUSED, NOT_FOUND */
export async function openReceipt(
  context: Context,
  links: Links,
  id: string,
  query: Record<string, unknown>,
): Promise<{ name: string; content: Uint8Array }> {
  await context.perform(async ({ actor, now }: Work) => requireGoodLink({ links, actor, now }, receiptPath(id), query))
  const receipt = await requireSeen(context, id)
  const lines = await context.load(linesOfReceipt, id)
  return {
    name: `${receipt.kind === 'LARGE' ? '大额党费代收凭证' : '党费收据'}${writtenNumber(receipt)}.docx`,
    content: await renderDocx(receiptDocument(receipt, lines)),
  }
}
