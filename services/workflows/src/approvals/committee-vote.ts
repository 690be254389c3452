import { approvalRules, type Ballots, countVote, type Matter } from '@linghang/rulebook'
import type { Approval, Asked } from './approval.ts'

/** A closed meeting of a committee, as far as it voted on people. */
export type CommitteeMeeting = {
  orgId: string
  heldOn: string
  resolutions: { matter: string; memberId: string | null; ballots: Ballots | null; carried: boolean }[]
}

export type CommitteeFault =
  | { code: 'COMMITTEE_MEETING_WANTED' }
  | { code: 'COMMITTEE_MEETING_NOT_FOR_KIND' }
  | { code: 'COMMITTEE_MEETING_UNKNOWN' }
  | { code: 'COMMITTEE_MEETING_DATE_REFUSED'; found: string; from: string; until: string }
  | { code: 'COMMITTEE_RESOLUTION_MISSING'; found: string; wanted: string }
  | { code: 'COMMITTEE_VOTE_DIFFERS'; due: number; present: number; inFavour: number; outcome: string }

/** Whether a decision rests on a vote of the committee: its kind asks for that, or the county does (预审). Pure. */
export const wantsMeeting = ({ kind, inMeeting }: Pick<Approval, 'kind' | 'inMeeting'>): boolean =>
  inMeeting || approvalRules[kind].meeting?.wanted === true

/**
 * Whether a decision is the committee's: discussed and voted on in its meeting, for this person by themselves, with the
 * outcome that the vote had. Sent back to be corrected is nothing decided. Pure.
 * @param meeting null where none was named, undefined where the one that was named is not known
 */
export function committeeFaultOf(
  approval: Approval,
  { outcome, decidedOn }: Asked,
  meeting: CommitteeMeeting | null | undefined,
): CommitteeFault | null {
  const { kind, deciderOrgId, memberId, requestedOn } = approval
  const rule = approvalRules[kind].meeting
  if (meeting === null)
    return wantsMeeting(approval) && outcome !== 'RETURNED' ? { code: 'COMMITTEE_MEETING_WANTED' } : null
  if (!rule || outcome === 'RETURNED') return { code: 'COMMITTEE_MEETING_NOT_FOR_KIND' }
  if (meeting === undefined || meeting.orgId !== deciderOrgId) return { code: 'COMMITTEE_MEETING_UNKNOWN' }
  const { heldOn } = meeting
  if (heldOn < requestedOn || heldOn > decidedOn)
    return { code: 'COMMITTEE_MEETING_DATE_REFUSED', found: heldOn, from: requestedOn, until: decidedOn }
  const about = meeting.resolutions.filter(
    resolution => resolution.memberId === memberId && rule.matters.includes(resolution.matter as Matter),
  )
  const resolution = about.find(({ carried }) => carried) ?? about[0]
  if (!resolution?.ballots)
    return { code: 'COMMITTEE_RESOLUTION_MISSING', found: heldOn, wanted: rule.matters.join(' / ') }
  const { due, present } = resolution.ballots
  const { quorate, inFavour } = countVote(resolution.ballots)
  if (quorate && resolution.carried === (outcome === 'APPROVED')) return null
  return { code: 'COMMITTEE_VOTE_DIFFERS', due, present, inFavour, outcome }
}
