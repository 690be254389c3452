import { type Matter, needOf, probationEnd, stepOf } from '@linghang/rulebook'
import { toApiTemplate } from '../forms/api-names.ts'
import { paperTitleOf } from '../forms/templates/all-templates.ts'
import { progressOf } from './case-progress.ts'
import { resolutionFor } from './judge-meeting.ts'
import { type Finding, finding, type Judged } from './judgement.ts'

/** What the meeting that is given decides about the person; null where no meeting is given yet. */
export function matterOf({ state, attempt, at, step }: Judged): Matter | null {
  const need = needOf(step, 'MEETING')
  if (!need || !at.meeting) return null
  const resolution = resolutionFor(at.meeting, state.memberId, need.matters, attempt.evidence.resolutionId)
  return (resolution?.matter as Matter | undefined) ?? null
}

/**
 * Nobody applies to become a full member while the assembly is to cancel or extend before the end of probation; without
 * the application nobody becomes one.
 */
export function applied(judged: Judged): Finding[] {
  const { state, at, step } = judged
  if (step.key !== 'CONVERSION_ASSEMBLY' || matterOf(judged) !== 'CONVERSION') return []
  const application = stepOf(at.rules, 'CONVERSION_APPLICATION')
  if (!state.done.CONVERSION_APPLICATION?.warnings.includes('MATERIAL_MISSING')) return []
  return application.needs.flatMap(need => {
    if (need.kind !== 'MATERIAL' || need.level !== 'BLOCK') return []
    const filed = state.materials.some(one => one.step === application.key && need.anyOf.includes(one.template))
    const wanted = { zh: need.anyOf.map(paperTitleOf).join(' 或 '), en: need.anyOf.map(toApiTemplate).join(' or ') }
    return filed
      ? []
      : [
          finding(judged, 'MATERIAL_MISSING', { zh: '没有', en: 'none' }, wanted, {
            citation: need.citation,
            templates: need.anyOf,
          }),
        ]
  })
}

/** Whether a paper may be missing for now: the application to become a full member, before probation ends. */
export const isNotYetDue = ({ state, attempt, at, step }: Judged): boolean => {
  const endsOn = step.key === 'CONVERSION_APPLICATION' ? probationEnd(progressOf(state), at.rules) : null
  return endsOn !== null && attempt.on < endsOn
}

/** The dossier is closed when nothing that a step asked for is missing in it. */
export function complete(judged: Judged): Finding[] {
  const { state, at, step } = judged
  const missing = at.rules.steps.flatMap(earlier => {
    const done = state.done[earlier.key]
    if (earlier.number >= step.number || !done || done.version === null) return []
    return earlier.needs.filter(
      need =>
        need.kind === 'MATERIAL' &&
        need.level === 'BLOCK' &&
        !state.materials.some(one => one.step === earlier.key && need.anyOf.includes(one.template)),
    )
  })
  if (missing.length === 0) return []
  const names = missing
    .flatMap(need => (need.kind === 'MATERIAL' ? need.anyOf.map(paperTitleOf).join('/') : []))
    .join(', ')
  const templates = missing.flatMap(need => (need.kind === 'MATERIAL' ? need.anyOf : []))
  const wanted = { zh: '各步骤材料齐全', en: 'the papers of every step' }
  return [finding(judged, 'MATERIALS_INCOMPLETE', names, wanted, { templates })]
}
