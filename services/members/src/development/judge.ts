import {
  addMonths,
  type DevelopmentTemplate,
  lastWorkingDay,
  type Need,
  stepNumber,
  stepOf,
  type Wait,
} from '@linghang/rulebook'
import { templateOf } from '../documents/templates/all-templates.ts'
import { type CaseState, marksUntil } from './case-state.ts'
import { met } from './judge-meeting.ts'
import { type Attempt, type Finding, finding, type Judged, type Surroundings } from './judgement.ts'

/** A paper by the name that an office knows it by. */
const titleOf = (name: DevelopmentTemplate): string => templateOf(name).title

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
  if (!from) return []
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

function noticed(judged: Judged, need: Need & { kind: 'NOTICE' }): Finding[] {
  const { notice } = judged.state
  const { citation, workingDays } = need
  const wanted = {
    zh: `公示不少于 ${workingDays} 个工作日`,
    en: `public notice for ${workingDays} working days at least`,
  }
  if (notice?.step !== judged.step.key)
    return [finding(judged, 'NOTICE_MISSING', '没有公示 no notice', wanted, { citation })]
  const upheld = Object.values(notice.objections).some(({ decided }) => decided?.upheld)
  if (upheld)
    return [
      finding(
        judged,
        'OBJECTION_UPHELD',
        '异议成立 an objection was upheld',
        { zh: '没有成立的异议', en: 'no objection upheld' },
        { citation },
      ),
    ]
  const open = Object.values(notice.objections).filter(({ decided }) => decided === null).length
  if (open > 0)
    return [
      finding(
        judged,
        'OBJECTION_OPEN',
        `${open}`,
        { zh: '异议全部核实并作出结论', en: 'every objection looked into and decided' },
        { citation },
      ),
    ]
  const { on: until } = lastWorkingDay(notice.from, Math.max(workingDays, notice.workingDays))
  if (notice.closedOn === null)
    return [
      finding(
        judged,
        'NOTICE_CUT_SHORT',
        '公示尚未结束 the notice is still open',
        { zh: `公示至 ${until} 并办结`, en: `hung until ${until} and closed after it` },
        { citation },
      ),
    ]
  const { meeting } = judged.at
  if (meeting && notice.from < meeting.heldOn)
    return [
      finding(
        judged,
        'DATES_OUT_OF_ORDER',
        notice.from,
        { zh: `公示始于会议 ${meeting.heldOn} 之后`, en: `a notice that began after the meeting of ${meeting.heldOn}` },
        { citation },
      ),
    ]
  return notice.closedOn > until && notice.closedOn <= judged.attempt.on
    ? []
    : [
        finding(
          judged,
          'NOTICE_CUT_SHORT',
          notice.closedOn,
          { zh: `公示至 ${until}`, en: `hung until ${until}` },
          { citation },
        ),
      ]
}

function reviewed(judged: Judged, need: Need & { kind: 'REVIEWS' }): Finding[] {
  const { state, attempt } = judged
  if (!state.activistSince) return []
  const held = state.halfYearlyReviews.filter(day => day > (state.activistSince as string)).toSorted()
  const marks = marksUntil(state.activistSince, need.months, attempt.on, state.knownOn)
  // A review may be a month early for its mark; the reviews of an adopted case's past are on paper.
  const missing = marks.find((mark, index) => {
    const review = held.at(index - marks.length)
    return review === undefined || review < addMonths(mark, -1)
  })
  if (missing === undefined) return []
  return [
    finding(
      judged,
      'REVIEW_MISSING',
      `${held.length}/${marks.length}`,
      { zh: `${missing} 的半年考察`, en: `the half-yearly review of ${missing}` },
      { citation: need.citation, level: need.level },
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
      const wanted = { zh: need.anyOf.map(titleOf).join(' 或 '), en: need.anyOf.join(' or ') }
      return filed ? [] : [finding(judged, 'MATERIAL_MISSING', '没有 none', wanted, how)]
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
          state.approval?.step === step.key ? state.approval.state : '未上报 not requested',
          { zh: '上级党组织批准', en: 'the approval of the organisation above' },
          how,
        ),
      ]
    }
    case 'TRAINING': {
      const { days = 0, hours = 0 } = attempt.evidence.training ?? {}
      if (days >= need.days || hours >= need.hours) return []
      const wanted = {
        zh: `${need.days} 天或 ${need.hours} 学时以上`,
        en: `${need.days} days or ${need.hours} class hours`,
      }
      return [finding(judged, 'TRAINING_TOO_SHORT', `${days} 天 days, ${hours} 学时 hours`, wanted, how)]
    }
    case 'CONCLUSION':
      return attempt.evidence.conclusion === 'PASSED'
        ? []
        : [
            finding(
              judged,
              'CONCLUSION_MISSING',
              '没有合格结论 not concluded as passed',
              { zh: '党组织作出的政治审查合格结论', en: 'the organisation’s conclusion that the review is passed' },
              how,
            ),
          ]
    case 'REVIEWS':
      return reviewed(judged, need)
  }
}

/** The dossier is closed when nothing that a step asked for is missing in it. */
function complete(judged: Judged): Finding[] {
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
  const names = missing.flatMap(need => (need.kind === 'MATERIAL' ? need.anyOf.map(titleOf).join('/') : [])).join(', ')
  return [finding(judged, 'MATERIALS_INCOMPLETE', names, { zh: '各步骤材料齐全', en: 'the papers of every step' })]
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
