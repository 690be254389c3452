import type { Actor } from '@linghang/access'
import { confidentialTemplates, type DevelopmentTemplate, developmentTemplates, type StepKey } from '@linghang/rulebook'
import type { Deps } from '../deps.ts'
import { type Standpoint, seesConfidential, viewCase } from '../development/case-access.ts'
import { readCaseFile } from '../development/case-file.ts'
import { readCases } from '../development/read-cases.ts'
import { fail } from '../errors.ts'
import type { FileLink } from '../materials/links.ts'
import { requireGoodLink } from '../materials/read-materials.ts'
import { asOf, type CaseFile } from './case-file.ts'
import { fieldsOf, fillTemplate } from './fill-template.ts'
import { renderDocx } from './render-docx.ts'
import type { Template } from './template.ts'
import { allTemplates, templateOf } from './templates/all-templates.ts'

export const documentPath = (caseId: string, template: DevelopmentTemplate, step: StepKey): string =>
  `/files/documents/${caseId}/${template}.docx?step=${step}`

/** The step for which somebody wants a document now: the one that is open, else the last of its steps that is done. */
export const stepNow = (template: Template, { steps, openStep }: CaseFile): StepKey =>
  template.steps.find(step => step === openStep) ??
  template.steps.findLast(step => steps[step] !== undefined) ??
  template.steps[0]

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

function requireTemplate(name: string, step: string): { template: Template; step: StepKey } {
  const found = developmentTemplates.find(template => template === name)
  const template = found && templateOf(found)
  const ofStep = template?.steps.find(one => one === step)
  return template && ofStep
    ? { template, step: ofStep }
    : fail('NOT_FOUND', { what: `Document ${name.slice(0, 60)} ${step.slice(0, 40)}` })
}

/**
 * @param step for which of its steps; null: for the one that is open, else the last that is done
 * @throws DomainError NOT_FOUND, BAD_INPUT for a step to which the document does not belong
 */
export function linkDocument(deps: Deps) {
  return async (actor: Actor, caseId: string, name: DevelopmentTemplate, step: StepKey | null): Promise<FileLink> => {
    const template = templateOf(name)
    if (step !== null && !template.steps.includes(step))
      fail('BAD_INPUT', {
        field: 'step',
        found: step,
        wanted: template.steps.join(', '),
        wantedZh: template.steps.join('、'),
      })
    const view = await deps.transact(actor, tx => viewCase(deps, tx, actor, caseId))
    if (!mayMake(template, view.as)) fail('NOT_FOUND', { what: `Document ${name}` })
    const of = step ?? stepNow(template, await readCaseFile(deps, view))
    return deps.links.sign(documentPath(caseId, name, of), actor, deps.now())
  }
}

/**
 * A document filled from the case as of its step: what was known then, and the meeting once it is closed.
 * @throws DomainError LINK_EXPIRED, LINK_REFUSED, NOT_FOUND
 */
export function openDocument(deps: Deps) {
  return async (
    actor: Actor,
    caseId: string,
    name: string,
    query: Record<string, unknown>,
  ): Promise<{ name: string; content: Uint8Array }> => {
    const { template, step } = requireTemplate(name, String(query.step ?? ''))
    requireGoodLink(deps, actor, documentPath(caseId, template.name, step), query)
    const view = await deps.transact(actor, tx => viewCase(deps, tx, actor, caseId))
    if (!mayMake(template, view.as)) fail('NOT_FOUND', { what: `Document ${name}` })
    const model = fillTemplate(template.name, asOf(await readCaseFile(deps, view), step))
    return { name: `${model.title}.docx`, content: await renderDocx(model) }
  }
}
