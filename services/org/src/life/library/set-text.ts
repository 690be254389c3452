import { recordAudit } from '@linghang/access'
import { requireBeginning, requireCountyAdmin, requireReason } from '@linghang/subgraph'
import { useCase } from '../../work.ts'
import { fail } from './errors.ts'
import type { LibraryName, Section } from './library-text.ts'
import { libraryStore } from './store.ts'
import { libraryLimits } from './version.ts'

export type SetText = {
  name: LibraryName
  effectiveFrom: string
  title: string
  sections: readonly Section[]
  basis: string
}

const atMost = (what: string, found: number, wanted: number): void => {
  if (found > wanted) fail('LIBRARY_TOO_LONG', { what, found, wanted })
}

/** @throws DomainError BAD_INPUT, LIBRARY_TOO_LONG */
function checked({ heading, paragraphs }: Section): Section {
  atMost('paragraphs', paragraphs.length, libraryLimits.paragraphs)
  return {
    heading: requireReason(heading, 'sections.heading', libraryLimits.headingCharacters),
    paragraphs: paragraphs.map(said => requireReason(said, 'sections.paragraphs', libraryLimits.paragraphCharacters)),
  }
}

/**
 * Puts a system or a flow in the county's own words, from a day on.
 * @returns its name
 * @throws DomainError FORBIDDEN, BAD_INPUT, LIBRARY_TOO_LONG, LIBRARY_DATE_TAKEN
 */
export const setLibraryText = useCase('setLibraryText', async (work, input: SetText): Promise<LibraryName> => {
  const { tx, actor, now } = work
  requireCountyAdmin(work)
  const { name, effectiveFrom } = input
  requireBeginning(work, effectiveFrom)
  atMost('sections', input.sections.length, libraryLimits.sections)
  const title = requireReason(input.title, 'title', libraryLimits.titleCharacters)
  const text = { name, effectiveFrom, title, basis: requireReason(input.basis, 'basis') }
  const version = (await libraryStore.own(tx, actor.countyId, name)).length + 1
  atMost('versions', version, libraryLimits.versions)
  const written = await libraryStore.insert(tx, {
    ...{ ...text, version, sections: input.sections.map(checked) },
    ...{ countyId: actor.countyId, setBy: actor.accountId, setAt: now },
  })
  if (!written) fail('LIBRARY_DATE_TAKEN', { title, found: effectiveFrom })
  await recordAudit(work, [
    { orgId: null, action: 'library-text.set', subjectType: 'County', subjectId: actor.countyId },
  ])
  return name
})
