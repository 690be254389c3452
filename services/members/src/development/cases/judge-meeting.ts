import {
  addMonths,
  ballotFaults,
  countVote,
  isByBallot,
  type Matter,
  type Need,
  needOf,
  quorumFor,
  quorumOf,
  type StepKey,
  stepOf,
} from '@linghang/rulebook'
import type { MeetingRecord } from '../known-meetings/meeting-record.ts'
import type { CaseState } from './case.ts'
import { type Finding, finding, type Judged, type Surroundings } from './judgement.ts'
import { matterNames, meetingNames } from './words.ts'

/** Steps whose day is the day of their meeting. */
const datedByMeeting: ReadonlySet<StepKey> = new Set([
  'ACTIVIST_DECISION',
  'COMMITTEE_EXAMINATION',
  'ADMISSION_ASSEMBLY',
  'CONVERSION_ASSEMBLY',
])

/** Whether a meeting, as it stands now, still carries a step that was done with it. */
export function stillCarries(
  state: CaseState,
  step: StepKey,
  meeting: MeetingRecord,
  at: Omit<Surroundings, 'meeting'>,
): boolean {
  const done = state.done[step]
  const need = needOf(stepOf(at.rules, step), 'MEETING')
  if (!done || !need) return true
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
        { zh: '会议中没有关于此人此事的决议', en: 'no resolution about this person and matter in the meeting' },
        {
          zh: `含“${need.matters.map(matter => matterNames[matter].zh).join('／')}”决议的会议`,
          en: `a meeting with a resolution on ${need.matters.map(matter => matterNames[matter].en).join(' or ')}`,
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
        ballots === null ? { zh: '没有票数', en: 'no ballots' } : { zh: '票数不符', en: 'ballots that do not add up' },
        { zh: '无记名投票并如实记录票数', en: 'a secret ballot with its counts' },
        { citation },
      ),
    ]
  const { due, present } = ballots ?? meeting
  const { quorum, citation: whereQuorum } = quorumOf(resolution.matter, meeting.kind)
  const wanted = quorumFor(due, quorum)
  if (present < wanted)
    return [
      finding(
        judged,
        'QUORUM_NOT_REACHED',
        `${present}/${due}`,
        { zh: `到会 ${wanted} 人以上`, en: `${wanted} present` },
        { citation: isByBallot(resolution.matter) ? judged.step.citation : whereQuorum },
      ),
    ]
  const counted = ballots && countVote(ballots, quorum)
  if (counted ? !counted.carried : !resolution.carried)
    return [
      finding(
        judged,
        'VOTE_NOT_CARRIED',
        counted ? `${counted.inFavour}/${due}` : { zh: '未通过', en: 'not carried' },
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
      to ?? { zh: '未填', en: 'not given' },
      { zh: `延长至 ${earliest} 到 ${latest} 之间`, en: `extended to between ${earliest} and ${latest}` },
      { citation },
    ),
  ]
}

/** Whether the meeting that is given proves the step: of the right kind, branch and day, with a vote that carries. */
export function met(judged: Judged, need: Need & { kind: 'MEETING' }): Finding[] {
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
        meeting ? (meetingNames[meeting.kind] ?? meeting.kind) : { zh: '没有会议台账', en: 'no meeting record' },
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
