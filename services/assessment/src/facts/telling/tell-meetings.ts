import type { EventData } from '@linghang/events'
import { once, type Telling } from './telling.ts'

/** A closed meeting, as its last correction has it. */
function heldMeeting(meeting: EventData<'org.meeting.closed.v1'>): Telling {
  const { id, orgId, kind, heldOn, due, present, resolutions, version } = meeting
  return {
    toldAs: 'org.meeting.closed',
    source: { type: 'Meeting', id, version },
    orgId,
    facts: [
      {
        ...{ subjectType: 'ORGANISATION', subjectId: orgId, orgId, kind: 'MEETING_HELD', day: heldOn, quantity: once },
        attributes: { meetingKind: kind, due, present, resolutions: resolutions.length },
      },
    ],
  }
}

export const meetingTellers = { 'org.meeting.closed.v1': heldMeeting }
