import {
  addMonths,
  type Ballots,
  ballotFaults,
  type Citation,
  countVote,
  type DevelopmentRules,
  lastWorkingDay,
  type Matter,
  type Need,
  type Step,
  type StepKey,
  stepNumber,
  stepOf,
  type Wait,
} from '@linghang/rulebook'
import { type CaseState, marksUntil } from './case-state.ts'
import type { Evidence } from './facts.ts'

/** A meeting as its org service told of it: counts and outcomes. */
export type MeetingRecord = {
  id: string
  orgId: string
  kind: string
  heldOn: string
  due: number
  present: number
  version: number
  resolutions: { id: string; matter: string; memberId: string | null; ballots: Ballots | null; carried: boolean }[]
}

export const refusalCodes = [
  'CASE_CLOSED',
  'STEP_NOT_OPEN',
  'EVIDENCE_WITHDRAWN',
  'DATE_IN_FUTURE',
  'DATES_OUT_OF_ORDER',
  'TOO_YOUNG',
  'TOO_EARLY',
  'TOO_LATE',
  'MATERIAL_MISSING',
  'MEETING_MISSING',
  'MEETING_OF_ANOTHER_BRANCH',
  'MEETING_DATE_DIFFERS',
  'QUORUM_NOT_REACHED',
  'VOTE_NOT_CARRIED',
  'VOTE_NOT_SECRET',
  'NOTICE_MISSING',
  'NOTICE_CUT_SHORT',
  'OBJECTION_OPEN',
  'OBJECTION_UPHELD',
  'PEOPLE_MISSING',
  'APPROVAL_MISSING',
  'APPROVAL_REFUSED',
  'TRAINING_TOO_SHORT',
  'CONCLUSION_MISSING',
  'REVIEW_MISSING',
  'EXTENSION_NOT_ALLOWED',
  'MATERIALS_INCOMPLETE',
] as const
export type RefusalCode = (typeof refusalCodes)[number]

/** Why a step cannot be done (BLOCK), or what is said while it is let pass (WARN). */
export type Finding = {
  code: RefusalCode
  level: 'BLOCK' | 'WARN'
  step: StepKey
  found: string
  wanted: { zh: string; en: string }
  citation: Citation
}

export type Attempt = { step: StepKey; on: string; evidence: Evidence }

/** What a judgement leans on beside the case itself. */
export type Surroundings = {
  /** Today in Asia/Shanghai. */
  today: string
  rules: DevelopmentRules
  birthday18: string
  meeting: MeetingRecord | null
  /** Whether the deciding organisation's approval is what completes the step now. */
  byDecision?: boolean
}

type Judged = { state: CaseState; attempt: Attempt; at: Surroundings; step: Step }

/** Steps whose day is the day of their meeting. */
const datedByMeeting: ReadonlySet<StepKey> = new Set([
  'ACTIVIST_DECISION',
  'COMMITTEE_EXAMINATION',
  'ADMISSION_ASSEMBLY',
  'CONVERSION_ASSEMBLY',
])

const finding = (
  { step }: Judged,
  code: RefusalCode,
  found: string,
  wanted: { zh: string; en: string },
  { citation = step.citation, level = 'BLOCK' }: { citation?: Citation; level?: Finding['level'] } = {},
): Finding => ({ code, level, step: step.key, found, wanted, citation })

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

/** Whether a meeting, as it stands now, still carries a step that was done with it. */
export function stillCarries(
  state: CaseState,
  step: StepKey,
  meeting: MeetingRecord,
  at: Omit<Surroundings, 'meeting'>,
): boolean {
  const done = state.done[step]
  const need = stepOf(at.rules, step).needs.find(({ kind }) => kind === 'MEETING')
  if (!done || need?.kind !== 'MEETING') return true
  const attempt = { step, on: done.on, evidence: done.evidence }
  const judged: Judged = { state, attempt, at: { ...at, meeting }, step: stepOf(at.rules, step) }
  return (
    meeting.heldOn === done.evidence.heldOn && meeting.orgId === state.orgId && vote(judged, need, meeting).length === 0
  )
}

/** The one resolution of a meeting that is about this person and this step. */
export const resolutionFor = (
  meeting: MeetingRecord,
  memberId: string,
  matters: readonly Matter[],
  chosen?: string,
): MeetingRecord['resolutions'][number] | null => {
  const about = meeting.resolutions.filter(
    ({ matter, memberId: subject }) => subject === memberId && matters.includes(matter as Matter),
  )
  return (chosen ? about.find(({ id }) => id === chosen) : (about.find(({ carried }) => carried) ?? about[0])) ?? null
}

function vote(judged: Judged, need: Need & { kind: 'MEETING' }, meeting: MeetingRecord): Finding[] {
  const { citation } = need
  const resolution = resolutionFor(meeting, judged.state.memberId, need.matters, judged.attempt.evidence.resolutionId)
  if (!resolution)
    return [
      finding(
        judged,
        'MEETING_MISSING',
        '会议中没有关于此人此事的决议 no resolution about this person and matter in the meeting',
        {
          zh: `含“${need.matters.join('／')}”决议的会议`,
          en: `a meeting with a resolution on ${need.matters.join(' or ')}`,
        },
        { citation },
      ),
    ]
  const { ballots } = resolution
  if (need.secretBallot && (ballots === null || ballotFaults(ballots).length > 0))
    return [
      finding(
        judged,
        'VOTE_NOT_SECRET',
        ballots === null ? '没有票数 no ballots' : '票数不符 ballots that do not add up',
        { zh: '无记名投票并如实记录票数', en: 'a secret ballot with its counts' },
        { citation },
      ),
    ]
  const { due, present } = ballots ?? meeting
  if (present * 2 <= due)
    return [
      finding(
        judged,
        'QUORUM_NOT_REACHED',
        `${present}/${due}`,
        { zh: `到会 ${Math.floor(due / 2) + 1} 人以上`, en: `${Math.floor(due / 2) + 1} present` },
        { citation },
      ),
    ]
  const counted = ballots && countVote(ballots)
  if (counted ? !counted.carried : !resolution.carried)
    return [
      finding(
        judged,
        'VOTE_NOT_CARRIED',
        counted ? `${counted.inFavour}/${due}` : '未通过 not carried',
        {
          zh: counted ? `赞成 ${counted.needed} 票以上（应到会的半数以上）` : '通过的决议',
          en: counted ? `${counted.needed} in favour, over half of those due` : 'a resolution that was carried',
        },
        { citation },
      ),
    ]
  return resolution.matter === 'EXTENSION' ? extension(judged) : []
}

function extension(judged: Judged): Finding[] {
  const { state, attempt, at } = judged
  const { atLeastMonths, atMostMonths, times, citation } = at.rules.extension
  const from = state.probationExtendedTo ?? (state.admittedOn && addMonths(state.admittedOn, at.rules.probation.months))
  if (state.extensions >= times)
    return [
      finding(
        judged,
        'EXTENSION_NOT_ALLOWED',
        `${state.extensions}`,
        { zh: '只能延长一次', en: 'extended once' },
        { citation },
      ),
    ]
  const to = attempt.evidence.extendedTo
  const earliest = from && addMonths(from, atLeastMonths)
  const latest = from && addMonths(from, atMostMonths)
  if (to && earliest && latest && to >= earliest && to <= latest) return []
  return [
    finding(
      judged,
      'EXTENSION_NOT_ALLOWED',
      to ?? '未填 not given',
      { zh: `延长至 ${earliest} 到 ${latest} 之间`, en: `extended to between ${earliest} and ${latest}` },
      { citation },
    ),
  ]
}

function met(judged: Judged, need: Need & { kind: 'MEETING' }): Finding[] {
  const { state, attempt, at, step } = judged
  const { meeting } = at
  const { citation } = need
  const place =
    need.of === 'BRANCH_ASSEMBLY'
      ? { zh: '支部党员大会', en: 'branch assembly' }
      : { zh: '支委会', en: 'branch committee' }
  // Where there is no branch committee the assembly decides in its place.
  const fits = meeting && (meeting.kind === need.of || meeting.kind === 'BRANCH_ASSEMBLY')
  if (!meeting || !fits)
    return [
      finding(
        judged,
        'MEETING_MISSING',
        meeting ? meeting.kind : '没有会议台账 no meeting record',
        { zh: `已办结的${place.zh}台账`, en: `the closed record of a ${place.en}` },
        { citation },
      ),
    ]
  if (meeting.orgId !== state.orgId)
    return [
      finding(
        judged,
        'MEETING_OF_ANOTHER_BRANCH',
        meeting.id,
        { zh: '本支部的会议', en: 'a meeting of the person’s own branch' },
        { citation },
      ),
    ]
  const { heldOn } = meeting
  if (heldOn > attempt.on || (datedByMeeting.has(step.key) && heldOn !== attempt.on))
    return [
      finding(
        judged,
        'MEETING_DATE_DIFFERS',
        attempt.on,
        { zh: `与会议日期 ${heldOn} 一致`, en: `the day of the meeting, ${heldOn}` },
        { citation },
      ),
    ]
  const earlier = state.notBefore
  if (heldOn < earlier)
    return [
      finding(
        judged,
        'DATES_OUT_OF_ORDER',
        heldOn,
        { zh: `会议不早于上一步的日期 ${earlier}`, en: `a meeting not before the step before it, ${earlier}` },
        { citation },
      ),
    ]
  return vote(judged, need, meeting)
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
      const wanted = { zh: need.anyOf.join('／'), en: need.anyOf.join(' or ') }
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
  const names = missing.flatMap(need => (need.kind === 'MATERIAL' ? need.anyOf.join('/') : [])).join(', ')
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
