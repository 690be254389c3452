import { recordAudit } from '@linghang/access'
import { acceptedNames, acceptedTypes, endingOf, safeFileName } from '@linghang/papers'
import { confidentialTemplates, type DevelopmentTemplate, type StepKey } from '@linghang/rulebook'
import { charactersIn } from '@linghang/subgraph'
import { fail as refusePerson } from '../../register/people/errors.ts'
import { type Tx, useCase, type Work } from '../../work.ts'
import { viewKept } from '../cases/case-access.ts'
import { fail as refuseCase } from '../cases/errors.ts'
import { templateOf } from '../forms/templates/all-templates.ts'
import { fail } from './errors.ts'
import { type Material, materialLimits } from './material.ts'
import { materialStore } from './store.ts'

export type CreateMaterial = {
  caseId: string
  step: StepKey
  template: DevelopmentTemplate
  fileName: string
  /** The day on the paper; today where none is given. */
  filedOn: string | null
  /** The filed paper whose place it takes. */
  replaces: string | null
}

/** The name under which the paper is kept. @throws DomainError MATERIAL_NAME, MATERIAL_TYPE */
function requireName(fileName: string): string {
  const safe = safeFileName(fileName)
  if (safe === null || charactersIn(safe) > materialLimits.fileNameCharacters)
    return fail('MATERIAL_NAME', { limit: materialLimits.fileNameCharacters, found: charactersIn(fileName) })
  const ending = endingOf(safe)
  if (!acceptedTypes[ending]) fail('MATERIAL_TYPE', { found: `.${ending}`, wanted: acceptedNames })
  return safe
}

async function requireRoom(tx: Tx, caseId: string, step: StepKey): Promise<void> {
  await materialStore.holdList(tx, caseId)
  const { ofCase, ofStep } = await materialStore.count(tx, caseId, step)
  const { filesOfCase, filesOfStep } = materialLimits
  if (ofStep >= filesOfStep) fail('TOO_MANY_MATERIALS', { found: ofStep, limit: filesOfStep, what: step })
  if (ofCase >= filesOfCase) fail('TOO_MANY_MATERIALS', { found: ofCase, limit: filesOfCase, what: 'DevelopmentCase' })
}

async function requireReplaceable({ tx, actor }: Work, input: CreateMaterial): Promise<void> {
  if (input.replaces === null) return
  const [old] = await materialStore.byIds(tx, actor.countyId, [input.replaces])
  if (!old || old.caseId !== input.caseId) return fail('NOT_FOUND', { what: `Material:${input.replaces}` })
  if (old.state !== 'FILED' || old.template !== input.template)
    fail('MATERIAL_NOT_REPLACEABLE', { found: `${old.state}, ${old.template}`, wanted: `FILED, ${input.template}` })
}

/**
 * Makes room for a paper of a case; its file is put afterwards.
 * @returns the material's id
 * @throws DomainError NOT_FOUND, OWN_CASE, NOT_THE_OFFICE, MATERIAL_NAME, MATERIAL_TYPE, MATERIAL_NOT_FOR_STEP,
 *   MATERIAL_NOT_REPLACEABLE, TOO_MANY_MATERIALS, DATE_IN_FUTURE, CASE_CLOSED
 */
export const createMaterial = useCase('createMaterial', async (work, input: CreateMaterial): Promise<string> => {
  const { tx, actor, today } = work
  const view = await viewKept(work, input.caseId)
  // Said here, before a whole file has been sent for nothing.
  if (view.phase !== 'OPEN') refuseCase('CASE_CLOSED', { found: view.phase })
  const fileName = requireName(input.fileName)
  const { steps } = templateOf(input.template)
  if (!steps.includes(input.step))
    fail('MATERIAL_NOT_FOR_STEP', { template: input.template, found: input.step, wanted: steps.join(', ') })
  const filedOn = input.filedOn ?? today
  if (filedOn > today) refusePerson('DATE_IN_FUTURE', { field: 'filedOn', found: filedOn, today })
  await requireReplaceable(work, input)
  await requireRoom(tx, input.caseId, input.step)
  const material: Material = {
    id: work.newId(),
    countyId: view.countyId,
    orgId: view.orgId,
    caseId: view.caseId,
    step: input.step,
    template: input.template,
    confidential: confidentialTemplates.has(input.template),
    fileName,
    state: 'UPLOADING',
    replaces: input.replaces,
    filedOn,
    createdAt: work.now,
    uploadedBy: actor.accountId,
    mediaType: null,
    bytes: null,
    sha256: null,
    objectKey: null,
    filedAt: null,
  }
  await materialStore.create(tx, material)
  await recordAudit(work, [
    { orgId: view.orgId, action: 'material.begun', subjectType: 'Material', subjectId: material.id },
  ])
  return material.id
})
