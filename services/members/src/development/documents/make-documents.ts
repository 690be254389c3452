import { renderDocx } from '@linghang/documents'
import type { FileLink } from '@linghang/papers'
import { requireGoodLink } from '@linghang/papers/give-file'
import { confidentialTemplates, type DevelopmentTemplate, developmentTemplates, type StepKey } from '@linghang/rulebook'
import { many } from '@linghang/subgraph'
import type { Context, Work } from '../../work.ts'
import { type CaseView, type Standpoint, seesConfidential, viewCase } from '../cases/case-access.ts'
import { casesSeen } from '../cases/read-cases.ts'
import { asOf, type CaseFile } from '../forms/case-file.ts'
import { fieldsOf, fillTemplate } from '../forms/fill-template.ts'
import type { Template } from '../forms/template.ts'
import { allTemplates, templateOf } from '../forms/templates/all-templates.ts'
import { fail } from './errors.ts'
import { readCaseFile } from './read-case-file.ts'

const documentPath = (caseId: string, template: DevelopmentTemplate, step: StepKey): string =>
  `/files/documents/${caseId}/${template}.docx?step=${step}`

/** The step for which somebody wants a document now: the one that is open, else the last of its steps that is done. */
const stepNow = (template: Template, { steps, openStep }: CaseFile): StepKey =>
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
export const documentsOfCase = many(
  async (work: Work, caseIds) =>
    new Map(
      (await casesSeen(work, caseIds)).map(({ id, as }): [string, MakeableDocument[]] => [id, makeableOf(id, as)]),
    ),
)

const makeableOf = (caseId: string, as: Standpoint): MakeableDocument[] =>
  allTemplates
    .filter(template => mayMake(template, as))
    .map(({ name, title, steps, filledBy, layout }) => ({
      ...{ caseId, name, title, steps, filledBy, layout },
      fields: fieldsByTemplate.get(name) ?? [],
    }))

function requireTemplate(name: string, step: string): { template: Template; step: StepKey } {
  const found = developmentTemplates.find(template => template === name)
  const template = found && templateOf(found)
  const ofStep = template?.steps.find(one => one === step)
  return template && ofStep
    ? { template, step: ofStep }
    : fail('NOT_FOUND', { what: `Document ${name.slice(0, 60)} ${step.slice(0, 40)}` })
}

/** A case for whoever may have this document of it made. @throws DomainError NOT_FOUND */
async function viewToMake(work: Work, caseId: string, template: Template): Promise<CaseView> {
  const view = await viewCase(work, caseId)
  if (!mayMake(template, view.as)) fail('NOT_FOUND', { what: `Document ${template.name}` })
  return view
}

/**
 * @param step for which of its steps; null: for the one that is open, else the last that is done
 * @throws DomainError NOT_FOUND, BAD_INPUT for a step to which the document does not belong
 */
export async function linkDocument(
  context: Pick<Context, 'perform'>,
  { caseId, template: name, step }: { caseId: string; template: DevelopmentTemplate; step: StepKey | null },
): Promise<FileLink> {
  const template = templateOf(name)
  if (step !== null && !template.steps.includes(step))
    fail('BAD_INPUT', {
      field: 'step',
      found: step,
      wanted: template.steps.join(', '),
      wantedZh: template.steps.join('、'),
    })
  const { view, sign } = await context.perform(async work => ({
    view: await viewToMake(work, caseId, template),
    sign: (path: string) => work.links.sign(path, work.actor, work.now),
  }))
  return sign(documentPath(caseId, name, step ?? stepNow(template, await readCaseFile(context, view))))
}

/**
 * A document filled from the case as of its step: what was known then, and the meeting once it is closed.
 * @throws DomainError LINK_EXPIRED, LINK_REFUSED, NOT_FOUND
 */
export async function openDocument(
  context: Pick<Context, 'perform'>,
  { caseId, template: name }: { caseId: string; template: string },
  query: Record<string, unknown>,
): Promise<{ name: string; content: Uint8Array }> {
  const { template, step } = requireTemplate(name, String(query.step ?? ''))
  const view = await context.perform(async work => {
    requireGoodLink(work, documentPath(caseId, template.name, step), query)
    return viewToMake(work, caseId, template)
  })
  const model = fillTemplate(template.name, asOf(await readCaseFile(context, view), step))
  return { name: `${model.title}.docx`, content: await renderDocx(model) }
}
