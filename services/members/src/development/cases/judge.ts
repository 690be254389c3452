import { addMonths, type Matter, type Need, stepNumber, stepOf, type Wait } from '@linghang/rulebook'
import { toApiTemplate } from '../forms/api-names.ts'
import { paperTitleOf } from '../forms/templates/all-templates.ts'
import type { CaseState } from './case.ts'
import { met } from './judge-meeting.ts'
import { noticed } from './judge-notice.ts'
import { applied, complete, isNotYetDue, matterOf } from './judge-papers.ts'
import { reviewed } from './judge-review.ts'
import { training } from './judge-training.ts'
import { type Attempt, type Finding, finding, type Judged, type Surroundings } from './judgement.ts'
import { approvalNames } from './words.ts'

/** The day that a term is measured on: that of the meeting where one decides, else that of the step. */
const decidedOn = ({ step, attempt, at }: Judged): string =>
  step.needs.some(need => need.kind === 'MEETING') && at.meeting ? at.meeting.heldOn : attempt.on

function order(judged: Judged): Finding[] {
  const { state, attempt, at } = judged
  if (state.phase !== 'OPEN' || state.openStep === null)
    return [finding(judged, 'CASE_CLOSED', state.phase, { zh: '办理中的个案', en: 'a case that is open' })]
  if (state.openStep !== attempt.step) {
    const open = stepOf(at.rules, state.openStep)
    return [
      finding(judged, 'STEP_NOT_OPEN', attempt.step, {
        zh: `第 ${open.number} 步 ${open.title.zh}`,
        en: `step ${open.number}, ${open.key}`,
      }),
    ]
  }
  const [withdrawn] = state.withdrawn
  if (withdrawn) {
    const { number, title } = stepOf(at.rules, withdrawn)
    return [
      finding(judged, 'EVIDENCE_WITHDRAWN', withdrawn, {
        zh: `退回第 ${number} 步“${title.zh}”重新办理：其会议记录已更正`,
        en: `step ${number} reopened and done again: its meeting was corrected`,
      }),
    ]
  }
  if (attempt.on > at.today)
    return [
      finding(judged, 'DATE_IN_FUTURE', attempt.on, {
        zh: `不晚于今天 ${at.today}`,
        en: `today, ${at.today}, or before`,
      }),
    ]
  const earlier = state.notBefore
  if (attempt.on < earlier)
    return [
      finding(judged, 'DATES_OUT_OF_ORDER', attempt.on, {
        zh: `不早于上一步的日期 ${earlier}`,
        en: `not before the step before it, ${earlier}`,
      }),
    ]
  return []
}

function waited(judged: Judged, wait: Wait): Finding[] {
  const { state, attempt } = judged
  // Probation that was extended ends later than a year from the assembly.
  const extended = wait.from === 'ADMISSION_ASSEMBLY' && wait.nature === 'EARLIEST' ? state.probationExtendedTo : null
  const from = wait.from === 'ACTIVIST_DECISION' ? state.activistSince : state.done[wait.from]?.on
  if (!from || (wait.onlyFor && !wait.onlyFor.includes(matterOf(judged) ?? (wait.onlyFor[0] as Matter)))) return []
  const day = decidedOn(judged)
  const limit = extended ?? addMonths(from, wait.months)
  const how = { citation: wait.citation, level: wait.level }
  if (wait.nature === 'EARLIEST')
    return day < limit
      ? [finding(judged, 'TOO_EARLY', day, { zh: `不早于 ${limit}`, en: `not before ${limit}` }, how)]
      : []
  if (day <= limit) return []
  const last = wait.monthsWithReason === undefined ? null : addMonths(from, wait.monthsWithReason)
  if (last !== null && day <= last && attempt.evidence.lateReason) return []
  return [
    finding(
      judged,
      'TOO_LATE',
      day,
      last !== null && day <= last
        ? {
            zh: `不晚于 ${limit}；特殊情况说明原因的不晚于 ${last}`,
            en: `by ${limit}, or by ${last} with a special reason`,
          }
        : { zh: `不晚于 ${last ?? limit}`, en: `by ${last ?? limit}` },
      how,
    ),
  ]
}

function needed(judged: Judged, need: Need): Finding[] {
  const { state, attempt, step } = judged
  const how = { citation: need.citation, level: need.level }
  switch (need.kind) {
    case 'MATERIAL': {
      const filed = state.materials.some(
        material => material.step === step.key && need.anyOf.includes(material.template),
      )
      const wanted = { zh: need.anyOf.map(paperTitleOf).join(' 或 '), en: need.anyOf.map(toApiTemplate).join(' or ') }
      const level = isNotYetDue(judged) ? 'WARN' : need.level
      const none = { zh: '没有', en: 'none' }
      return filed ? [] : [finding(judged, 'MATERIAL_MISSING', none, wanted, { ...how, level, templates: need.anyOf })]
    }
    case 'MEETING':
      return met(judged, need)
    case 'NOTICE':
      return noticed(judged, need)
    case 'PEOPLE': {
      const people = need.as === 'CONTACT' ? state.contacts : state.introducers
      if (people.length >= need.atLeast && people.length <= need.atMost) return []
      const number = need.atLeast === need.atMost ? `${need.atLeast}` : `${need.atLeast}–${need.atMost}`
      const who = need.as === 'CONTACT' ? { zh: '培养联系人', en: 'contacts' } : { zh: '入党介绍人', en: 'introducers' }
      return [
        finding(
          judged,
          'PEOPLE_MISSING',
          `${people.length}`,
          { zh: `${number} 名正式党员作${who.zh}`, en: `${number} full members as ${who.en}` },
          how,
        ),
      ]
    }
    case 'APPROVAL': {
      if (judged.at.byDecision) return []
      const refused = state.approval?.step === step.key && state.approval.state === 'REFUSED'
      return [
        finding(
          judged,
          refused ? 'APPROVAL_REFUSED' : 'APPROVAL_MISSING',
          state.approval?.step === step.key
            ? approvalNames[state.approval.state]
            : { zh: '未上报', en: 'not requested' },
          { zh: '上级党组织批准', en: 'the approval of the organisation above' },
          how,
        ),
      ]
    }
    case 'TRAINING': {
      return training(judged, need)
    }
    case 'CONCLUSION':
      return attempt.evidence.conclusion === 'PASSED'
        ? []
        : [
            finding(
              judged,
              'CONCLUSION_MISSING',
              { zh: '没有合格结论', en: 'not concluded as passed' },
              { zh: '党组织作出的政治审查合格结论', en: 'the organisation’s conclusion that the review is passed' },
              how,
            ),
          ]
    case 'REVIEWS':
      return reviewed(judged, need)
  }
}

/**
 * Whether a step may be done on a day with this evidence: everything that is in the way, and everything that is to be
 * said. Empty: it may. Pure; the rules are those of the step's own version with what the county adds.
 */
export function judgeStep(state: CaseState, attempt: Attempt, at: Surroundings): Finding[] {
  const step = stepOf(at.rules, attempt.step)
  const judged: Judged = { state, attempt, at, step }
  const outOfOrder = order(judged)
  if (outOfOrder.length > 0) return outOfOrder
  const young: Finding[] =
    step.key === 'APPLICATION' && attempt.on < at.birthday18
      ? [
          finding(judged, 'TOO_YOUNG', attempt.on, {
            zh: `年满十八岁（${at.birthday18}）`,
            en: `18 years old (${at.birthday18})`,
          }),
        ]
      : []
  return [
    ...young,
    ...step.waits.flatMap(wait => waited(judged, wait)),
    ...step.needs.flatMap(need => needed(judged, need)),
    ...applied(judged),
    ...(step.key === 'ARCHIVING' ? complete(judged) : []),
  ]
}

/** The first step that may be gone back to: nobody who is a member becomes an applicant again. */
export const earliestReopening = (state: CaseState): number =>
  state.done.CONVERSION_APPROVAL
    ? stepNumber('ARCHIVING')
    : state.done.ADMISSION_APPROVAL
      ? stepNumber('ADMISSION_FILING')
      : 2
