import type { DevelopmentTemplate, StepKey } from '@linghang/rulebook'
import type { Work } from '../../work.ts'
import { fail } from './errors.ts'
import { holdCase, writeCase } from './write-case.ts'

/**
 * Notes in the case that a paper of a step was filed. Who may file was asked when the upload began.
 * @throws DomainError NOT_FOUND, CASE_CLOSED
 */
export async function fileMaterial(
  work: Work,
  filed: {
    caseId: string
    materialId: string
    step: StepKey
    template: DevelopmentTemplate
    sha256: string
    filedOn: string
  },
): Promise<void> {
  const held = await holdCase(work, filed.caseId)
  if (!held) return fail('NOT_FOUND', { what: `DevelopmentCase:${filed.caseId}` })
  if (held.state.openStep === null) return fail('CASE_CLOSED', { found: held.state.phase })
  await writeCase(work, held, 'case.material-filed', {
    type: 'MATERIAL_FILED',
    on: filed.filedOn,
    step: filed.step,
    template: filed.template,
    materialId: filed.materialId,
    sha256: filed.sha256,
  })
}
