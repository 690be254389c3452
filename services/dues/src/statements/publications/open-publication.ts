import { renderDocx } from '@linghang/documents'
import { requireGoodLink } from '@linghang/papers/give-file'
import type { FileLink, Links } from '@linghang/papers/links'
import type { Context, Work } from '../../work.ts'
import { fail } from './errors.ts'
import type { Publication } from './publication.ts'
import { publicationDocument } from './publication-document.ts'
import { publicationById } from './read-publications.ts'

const publicationPath = (id: string): string => `/files/dues-publications/${id}.docx`

/** @throws DomainError NOT_FOUND for whoever it is not for */
async function requireSeen(context: Context, id: string): Promise<Publication> {
  return (await context.load(publicationById, id)) ?? fail('NOT_FOUND', { what: `DuesPublication:${id}` })
}

/** A link to a publication for whoever it is for. @throws DomainError NOT_FOUND */
export async function linkPublication(context: Context, links: Links, id: string): Promise<FileLink> {
  await requireSeen(context, id)
  return context.perform(async ({ actor, now }: Work) => links.sign(publicationPath(id), actor, now))
}

/** A publication as a document. @throws DomainError LINK_EXPIRED, LINK_REFUSED, NOT_FOUND */
export async function openPublication(
  context: Context,
  links: Links,
  id: string,
  query: Record<string, unknown>,
): Promise<{ name: string; content: Uint8Array }> {
  await context.perform(async ({ actor, now }: Work) =>
    requireGoodLink({ links, actor, now }, publicationPath(id), query),
  )
  const publication = await requireSeen(context, id)
  return { name: `${publication.year}年度党费公示.docx`, content: await renderDocx(publicationDocument(publication)) }
}
