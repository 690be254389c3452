import {
  addDays,
  addMonths,
  type Matter,
  type Need,
  needOf,
  noticeEnds,
  probationEnd,
  stepNumber,
  stepOf,
  type Wait,
} from '@linghang/rulebook'
import { toApiTemplate } from '../forms/api-names.ts'
import { paperTitleOf } from '../forms/templates/all-templates.ts'
import { type CaseState, marksUntil, progressOf } from './case-state.ts'
import { met, resolutionFor } from './judge-meeting.ts'
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

/** What the meeting that is given decides about the person; null where no meeting is given yet. */
function matterOf({ state, attempt, at, step }: Judged): Matter | null {
  const need = needOf(step, 'MEETING')
  if (!need || !at.meeting) return null
  const resolution = resolutionFor(at.meeting, state.memberId, need.matters, attempt.evidence.resolutionId)
  return (resolution?.matter as Matter | undefined) ?? null
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

function noticed(judged: Judged, need: Need & { kind: 'NOTICE' }): Finding[] {
  const { notice } = judged.state
  const { citation, workingDays } = need
  const wanted = {
    zh: `公示不少于 ${workingDays} 个工作日`,
    en: `public notice for ${workingDays} working days at least`,
  }
  if (notice?.step !== judged.step.key)
    return [finding(judged, 'NOTICE_MISSING', { zh: '没有公示', en: 'no notice' }, wanted, { citation })]
  const upheld = Object.values(notice.objections).some(({ decided }) => decided?.upheld)
  if (upheld)
    return [
      finding(
        judged,
        'OBJECTION_UPHELD',
        { zh: '异议成立', en: 'an objection was upheld' },
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
  const { on: until } = noticeEnds(notice.from, { ...need, workingDays: Math.max(workingDays, notice.workingDays) })
  if (notice.closedOn === null)
    return [
      finding(
        judged,
        'NOTICE_CUT_SHORT',
        { zh: '公示尚未结束', en: 'the notice is still open' },
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
  if (notice.closedOn <= until || notice.closedOn > judged.attempt.on)
    return [
      finding(
        judged,
        'NOTICE_CUT_SHORT',
        notice.closedOn,
        { zh: `公示至 ${until}`, en: `hung until ${until}` },
        { citation },
      ),
    ]
  const { recordedOn = notice.from } = notice
  // Nobody can have read it here: it hung on paper, which the branch has to be able to show.
  return recordedOn > until
    ? [
        finding(
          judged,
          'NOTICE_AFTERWARDS',
          { zh: `${recordedOn} 补录`, en: `written down on ${recordedOn}` },
          {
            zh: `公示期内（${until} 前）在系统登记，或留存张贴的证明`,
            en: `while it hung, until ${until}, or proof on paper`,
          },
          { citation, level: 'WARN' },
        ),
      ]
    : []
}

/** From when, until when and by which days on record reviews are looked for; null where nobody is reviewed yet. */
function reviewSpan({ state, attempt, at }: Judged, need: Need & { kind: 'REVIEWS' }) {
  if (need.during !== 'PROBATION')
    return state.activistSince === null
      ? null
      : { since: state.activistSince, until: attempt.on, held: state.halfYearlyReviews }
  const endsOn = probationEnd(progressOf(state), at.rules)
  if (state.admittedOn === null || endsOn === null) return null
  // The last quarter ends with probation itself, and the assembly that decides is its review.
  const until = attempt.on < endsOn ? attempt.on : addDays(endsOn, -1)
  return { since: state.admittedOn, until, held: state.probationReviews }
}

/** A review in each period since then, on whatever day of it; a month early counts for the next. */
function reviewed(judged: Judged, need: Need & { kind: 'REVIEWS' }): Finding[] {
  const span = reviewSpan(judged, need)
  if (!span) return []
  const { since, until } = span
  const held = span.held.filter(day => day > since)
  const marks = marksUntil(since, need.months, until, judged.state.knownOn)
  // The period before a mark is reckoned from where it began, as the mark itself was: months differ in length.
  const all = marksUntil(since, need.months, until, since)
  const beginOf = (mark: string) => all[all.indexOf(mark) - 1] ?? since
  const missing = marks.filter(mark => !held.some(day => day > beginOf(mark) && day <= mark))
  if (missing.length === 0) return []
  const names = missing.map(mark => `${beginOf(mark)} — ${mark}`)
  const what =
    need.during === 'PROBATION'
      ? { zh: '预备期季度考察', en: 'quarterly review in probation' }
      : { zh: '半年考察', en: 'half-yearly review' }
  return [
    finding(
      judged,
      'REVIEW_MISSING',
      `${marks.length - missing.length}/${marks.length}`,
      { zh: `${names.join('、')} 的${what.zh}`, en: `the ${what.en} of ${names.join(', ')}` },
      { citation: need.citation, level: need.level },
    ),
  ]
}

/** Three days or 24 class hours, but for special cases; under the rules of 2026 it has to be passed as well. */
function training(judged: Judged, need: Need & { kind: 'TRAINING' }): Finding[] {
  const { training: held, trainingPassed, trainingException } = judged.attempt.evidence
  const { days = 0, hours = 0 } = held ?? {}
  const trained = { zh: `${days} 天、${hours} 学时`, en: `${days} days, ${hours} class hours` }
  const how = { citation: need.citation, level: need.level }
  const wanted = {
    zh: `${need.days} 天或 ${need.hours} 学时以上`,
    en: `${need.days} days or ${need.hours} class hours`,
  }
  const short = days < need.days && hours < need.hours
  const level = trainingException ? 'WARN' : need.level
  const passed = { zh: '培训合格', en: 'that it was passed' }
  const found = {
    zh: trainingPassed === false ? '不合格' : '是否合格未填',
    en: trainingPassed === false ? 'failed' : 'not said',
  }
  return [
    ...(short ? [finding(judged, 'TRAINING_TOO_SHORT', trained, wanted, { ...how, level })] : []),
    // The text of 2026 is known at second hand: what was not said is let pass, what was failed is not.
    ...(trainingPassed === false || (need.pass && trainingPassed === undefined && !trainingException)
      ? [
          finding(judged, 'TRAINING_NOT_PASSED', found, passed, {
            ...how,
            level: trainingPassed === false ? need.level : 'WARN',
          }),
        ]
      : []),
  ]
}

/**
 * Nobody applies to become a full member while the assembly is to cancel or extend before the end of probation; without
 * the application nobody becomes one.
 */
function applied(judged: Judged): Finding[] {
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
const isNotYetDue = ({ state, attempt, at, step }: Judged): boolean => {
  const endsOn = step.key === 'CONVERSION_APPLICATION' ? probationEnd(progressOf(state), at.rules) : null
  return endsOn !== null && attempt.on < endsOn
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
  const names = missing
    .flatMap(need => (need.kind === 'MATERIAL' ? need.anyOf.map(paperTitleOf).join('/') : []))
    .join(', ')
  const templates = missing.flatMap(need => (need.kind === 'MATERIAL' ? need.anyOf : []))
  const wanted = { zh: '各步骤材料齐全', en: 'the papers of every step' }
  return [finding(judged, 'MATERIALS_INCOMPLETE', names, wanted, { templates })]
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
