import type { Actor } from '@linghang/access'
import { confidentialTemplates, type DevelopmentTemplate, developmentTemplates } from '@linghang/rulebook'
import type { Deps } from '../deps.ts'
import { type Standpoint, seesConfidential, viewCase } from '../development/case-access.ts'
import { readCaseFile } from '../development/case-file.ts'
import { readCases } from '../development/read-cases.ts'
import { fail } from '../errors.ts'
import type { FileLink } from '../materials/links.ts'
import { requireGoodLink } from '../materials/read-materials.ts'
import { fieldsOf, fillTemplate } from './fill-template.ts'
import { renderDocx } from './render-docx.ts'
import type { Template } from './template.ts'
import { allTemplates, templateOf } from './templates/all-templates.ts'

export const documentPath = (caseId: string, template: DevelopmentTemplate): string =>
  `/files/documents/${caseId}/${template}.docx`

/**
 * Whether somebody who stands there may have this document made. Whoever keeps or oversees the case may have all;
 * the others what they fill in themselves, and the applicant's own papers.
 */
export function mayMake(template: Template, as: Standpoint): boolean {
  if (seesConfidential(as)) return true
  if (confidentialTemplates.has(template.name)) return false
  const own = as === 'APPLICANT' ? ['APPLICANT'] : ['APPLICANT', 'CONTACT', 'INTRODUCER']
  return template.filledBy.some(filler => own.includes(filler))
}

export type MakeableDocument = Pick<Template, 'name' | 'title' | 'steps' | 'filledBy' | 'layout'> & {
  caseId: string
  fields: string[]
}

const fieldsByTemplate = new Map(developmentTemplates.map(name => [name, fieldsOf(name)]))

/** What can be made for each case, in the order of the steps. */
export function documentsOfCases(deps: Deps) {
  return async (actor: Actor, caseIds: readonly string[]): Promise<Map<string, MakeableDocument[]>> => {
    const cases = await readCases(deps)(actor, caseIds)
    return new Map(
      [...cases].map(([caseId, { as }]) => [
        caseId,
        allTemplates
          .filter(template => mayMake(template, as))
          .map(({ name, title, steps, filledBy, layout }) => ({
            caseId,
            name,
            title,
            steps,
            filledBy,
            layout,
            fields: fieldsByTemplate.get(name) ?? [],
          })),
      ]),
    )
  }
}

function requireTemplate(name: string): DevelopmentTemplate {
  const found = developmentTemplates.find(template => template === name)
  return found ?? fail('NOT_FOUND', { what: `Document ${name.slice(0, 60)}` })
}

/** @throws DomainError NOT_FOUND */
export function linkDocument(deps: Deps) {
  return (actor: Actor, caseId: string, template: DevelopmentTemplate): Promise<FileLink> =>
    deps.transact(actor, async tx => {
      const { as } = await viewCase(deps, tx, actor, caseId)
      if (!mayMake(templateOf(template), as)) fail('NOT_FOUND', { what: `Document ${template}` })
      return deps.links.sign(documentPath(caseId, template), actor, deps.now())
    })
}

/**
 * A document filled from the case as it is now.
 * @throws DomainError LINK_EXPIRED, LINK_REFUSED, NOT_FOUND
 */
export function openDocument(deps: Deps) {
  return async (
    actor: Actor,
    caseId: string,
    name: string,
    query: Record<string, unknown>,
  ): Promise<{ name: string; content: Uint8Array }> => {
    const template = requireTemplate(name)
    requireGoodLink(deps, actor, documentPath(caseId, template), query)
    const view = await deps.transact(actor, tx => viewCase(deps, tx, actor, caseId))
    if (!mayMake(templateOf(template), view.as)) fail('NOT_FOUND', { what: `Document ${template}` })
    const model = fillTemplate(template, await readCaseFile(deps, view))
    return { name: `${model.title}.docx`, content: await renderDocx(model) }
  }
}
