import { fail } from './errors.ts'

export const jointKinds = ['THEME_DAY', 'CLASS', 'JOINT_ACTIVITY'] as const
export type JointKind = (typeof jointKinds)[number]
export type JointAnswer = 'INVITED' | 'ACCEPTED' | 'DECLINED'

/** An activity of several organisations as one, with one agenda: the host's (联合主题党日、共建). */
export type JointActivity = {
  id: string
  orgId: string
  hostName: string
  kind: JointKind
  title: string
  heldOn: string
  place: string | null
  items: string[]
  state: 'OPEN' | 'CLOSED'
  due: number | null
  present: number | null
  closedOn: string | null
}

/** Who takes part, the host among them: numbers, and which record of its own its people stand in. */
export type JointParty = {
  activityId: string
  participantId: string
  name: string
  answer: JointAnswer
  declineReason: string | null
  meetingId: string | null
  due: number | null
  present: number | null
}

export const jointLimits = { invited: 20, title: 200, place: 200, items: 50, item: 200, reason: 200 } as const

/** @throws DomainError JOINT_PARTIES_BOUNDED, JOINT_WITH_ITSELF */
export function requireParties(hostId: string, invited: readonly { id: string; code: string }[]): void {
  if (invited.length < 1 || invited.length > jointLimits.invited)
    fail('JOINT_PARTIES_BOUNDED', { found: invited.length, from: 1, until: jointLimits.invited })
  const seen = new Set([hostId])
  for (const { id, code } of invited) {
    if (seen.has(id)) fail('JOINT_WITH_ITSELF', { found: code })
    seen.add(id)
  }
}

/** @throws DomainError JOINT_ACTIVITY_CLOSED */
export function requireOpen({ state, closedOn }: Pick<JointActivity, 'state' | 'closedOn'>): void {
  if (state === 'CLOSED') fail('JOINT_ACTIVITY_CLOSED', { found: closedOn })
}

/** @throws DomainError JOINT_ANSWER_GIVEN */
export function requireUnanswered({ answer }: Pick<JointParty, 'answer'>): void {
  if (answer !== 'INVITED') fail('JOINT_ANSWER_GIVEN', { found: answer })
}

/** @throws DomainError JOINT_NOT_ACCEPTED, JOINT_LIST_GIVEN */
export function requireTakesPart({ answer, meetingId }: Pick<JointParty, 'answer' | 'meetingId'>): void {
  if (answer !== 'ACCEPTED') fail('JOINT_NOT_ACCEPTED', { found: answer })
  if (meetingId !== null) fail('JOINT_LIST_GIVEN')
}

type Counted = Pick<JointParty, 'answer' | 'meetingId' | 'due' | 'present'>

/**
 * What all together come to: closed when each that takes part has given its list, or the day has passed.
 * @throws DomainError JOINT_ACTIVITY_CLOSED, JOINT_LISTS_MISSING
 */
export function closing(
  activity: Pick<JointActivity, 'state' | 'closedOn' | 'heldOn'>,
  parties: readonly Counted[],
  today: string,
): { due: number; present: number } {
  requireOpen(activity)
  const missing = parties.filter(({ answer, meetingId }) => answer === 'ACCEPTED' && meetingId === null).length
  const { heldOn } = activity
  if (missing > 0 && heldOn >= today) fail('JOINT_LISTS_MISSING', { heldOn, found: missing })
  const sum = (of: 'due' | 'present') => parties.reduce((all, party) => all + (party[of] ?? 0), 0)
  return { due: sum('due'), present: sum('present') }
}
