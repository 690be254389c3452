import { type DevelopmentRules, type Matter, type StepKey, stepOf } from '@linghang/rulebook'
import type { Tx } from '../../work.ts'
import type { CaseState } from '../cases/case.ts'
import type { CaseMeeting } from '../forms/case-file.ts'
import type { MeetingRecord } from '../known-meetings/meeting-record.ts'
import { meetingRecords, meetingsAbout } from '../known-meetings/read-meetings.ts'

const meetingSteps: readonly StepKey[] = [
  'ACTIVIST_DECISION',
  'CANDIDATE_DECISION',
  'COMMITTEE_EXAMINATION',
  'ADMISSION_ASSEMBLY',
  'CONVERSION_ASSEMBLY',
]

const told = (
  meeting: MeetingRecord,
  resolution: MeetingRecord['resolutions'][number],
  matter: Matter,
): CaseMeeting => ({
  matter,
  of: meeting.kind === 'BRANCH_ASSEMBLY' ? 'BRANCH_ASSEMBLY' : 'BRANCH_COMMITTEE',
  heldOn: meeting.heldOn,
  place: null,
  chair: null,
  recorder: null,
  due: resolution.ballots?.due ?? meeting.due,
  present: resolution.ballots?.present ?? meeting.present,
  ballots: resolution.ballots,
  carried: resolution.carried,
})

/** What the open step's meeting has decided, once it is closed: the tally and the resolution are signed before the step is done. */
async function meetingAtHand(
  tx: Tx,
  countyId: string,
  state: CaseState,
  rules: DevelopmentRules,
): Promise<CaseMeeting[]> {
  const need =
    state.openStep === null ? undefined : stepOf(rules, state.openStep).needs.find(one => one.kind === 'MEETING')
  if (need?.kind !== 'MEETING') return []
  const since = state.stepOpenedOn ?? ''
  for (const meeting of await meetingsAbout(tx, countyId, { orgId: state.orgId, memberId: state.memberId, since }))
    for (const resolution of meeting.resolutions) {
      const matter = need.matters.find(one => one === resolution.matter)
      if (resolution.memberId === state.memberId && matter) return [told(meeting, resolution, matter)]
    }
  return []
}

/** The meetings by which steps of the case were decided, and what is at hand for the open one. */
export async function meetingsOf(
  tx: Tx,
  countyId: string,
  state: CaseState,
  rules: DevelopmentRules,
): Promise<CaseMeeting[]> {
  const ids = meetingSteps.flatMap(step => state.done[step]?.evidence.meetingId ?? [])
  const meetings = await meetingRecords(tx, countyId, ids)
  const found: CaseMeeting[] = []
  for (const step of meetingSteps) {
    const evidence = state.done[step]?.evidence
    const meeting = meetings.get(evidence?.meetingId ?? '')
    const resolution = meeting?.resolutions.find(({ id }) => id === evidence?.resolutionId)
    if (!meeting || !resolution || !evidence?.matter) continue
    found.push(told(meeting, resolution, evidence.matter))
  }
  return [...found, ...(await meetingAtHand(tx, countyId, state, rules))]
}
