import { renderDocx } from '@linghang/documents'
import { type ArchiveEntry, archiveOf, nameInArchive } from '@linghang/papers/archive'
import { requireGoodLink } from '@linghang/papers/give-file'
import type { FileLink, Links } from '@linghang/papers/links'
import { type ElectionPaper, electionPapers, paperNumber } from '@linghang/rulebook'
import type { Context, Work } from '../../work.ts'
import { papersOf, titleOf } from './election-file.ts'
import { fail } from './errors.ts'
import { fillPaper } from './fill-paper.ts'
import { electionFiles, mayMake, type PapersSeen } from './read-papers.ts'

/** `WORK_PLAN` is `work-plan` in an address. */
const addressOf = (name: ElectionPaper): string => name.toLowerCase().replaceAll('_', '-')
const paperPath = (id: string, name: ElectionPaper): string => `/files/election-papers/${id}/${addressOf(name)}.docx`
const allPath = (id: string): string => `/files/election-papers/${id}.zip`
const numbered = (name: ElectionPaper): string => String(paperNumber(name)).padStart(2, '0')

/** @throws DomainError NOT_FOUND */
const requireFile = async (context: Context, id: string): Promise<PapersSeen> =>
  (await context.load(electionFiles, id)) ?? fail('NOT_FOUND', { what: `Election:${id}` })

/** @throws DomainError PAPER_NOT_NEEDED, PAPER_OF_THE_SUPERIOR */
function requireMakeable(file: PapersSeen, name: ElectionPaper): void {
  const at = { found: name, title: titleOf(file, name) }
  if (!papersOf(file).some(due => due.name === name)) fail('PAPER_NOT_NEEDED', at)
  if (!mayMake(name, file)) fail('PAPER_OF_THE_SUPERIOR', at)
}

const sign = (context: Context, links: Links, path: string): Promise<FileLink> =>
  context.perform(async ({ actor, now }: Work) => links.sign(path, actor, now))
const check = (context: Context, links: Links, path: string, query: Record<string, unknown>): Promise<void> =>
  context.perform(async ({ actor, now }: Work) => requireGoodLink({ links, actor, now }, path, query))

/** A link to one paper of an election. @throws DomainError NOT_FOUND and as `requireMakeable` */
export async function linkPaper(context: Context, links: Links, id: string, name: ElectionPaper): Promise<FileLink> {
  requireMakeable(await requireFile(context, id), name)
  return sign(context, links, paperPath(id, name))
}

/** A link to all of them as one archive. @throws DomainError NOT_FOUND */
export async function linkPapers(context: Context, links: Links, id: string): Promise<FileLink> {
  await requireFile(context, id)
  return sign(context, links, allPath(id))
}

/**
 * A paper as the election stands now.
 * @throws DomainError LINK_EXPIRED, LINK_REFUSED, NOT_FOUND and as `requireMakeable`
 */
export async function openPaper(
  context: Context,
  links: Links,
  { id, address }: { id: string; address: string },
  query: Record<string, unknown>,
): Promise<{ name: string; content: Uint8Array }> {
  const asked = electionPapers.find(one => addressOf(one) === address)
  const name = asked ?? fail('NOT_FOUND', { what: `ElectionPaper:${address.slice(0, 40)}` })
  await check(context, links, paperPath(id, name), query)
  const file = await requireFile(context, id)
  requireMakeable(file, name)
  const { model } = fillPaper(name, file)
  return { name: nameInArchive(`${numbered(name)}-${model.title}.docx`), content: await renderDocx(model) }
}

/** All papers of an election that are the reader's to make, in their order: 37 at most. */
export const paperEntries = (file: PapersSeen, mtime: Date): ArchiveEntry[] =>
  papersOf(file)
    .filter(({ name }) => mayMake(name, file))
    .map(({ name }) => ({
      path: nameInArchive(`${numbered(name)}-${titleOf(file, name)}.docx`),
      mtime,
      make: () => renderDocx(fillPaper(name, file).model),
    }))

/** The same as one archive. @throws DomainError LINK_EXPIRED, LINK_REFUSED, NOT_FOUND */
export async function openPapers(
  context: Context,
  links: Links,
  id: string,
  query: Record<string, unknown>,
): Promise<{ name: string; content: AsyncIterable<Uint8Array> }> {
  await check(context, links, allPath(id), query)
  const file = await requireFile(context, id)
  const name = nameInArchive(`${file.organisation.name}选举材料-${context.today}.zip`)
  return { name, content: archiveOf(paperEntries(file, context.now)) }
}
