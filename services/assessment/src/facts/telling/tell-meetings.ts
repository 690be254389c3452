import type { EventData } from '@linghang/events'
import { once, type Telling, type ToldFact } from './telling.ts'

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

/** Who came to it, and who was lawfully not due. */
function attendance(came: EventData<'org.attendance.told.v1'>): Telling {
  const { id, orgId, kind, heldOn, version } = came
  const [late, leftEarly, madeUp] = [new Set(came.late), new Set(came.leftEarly), new Set(came.madeUp)]
  const factOf =
    (attended: string) =>
    (memberId: string): ToldFact => ({
      ...{ subjectType: 'MEMBER', subjectId: memberId, orgId, kind: 'ATTENDANCE', day: heldOn, quantity: once },
      attributes: {
        ...{ meetingKind: kind, attendance: attended, late: late.has(memberId), leftEarly: leftEarly.has(memberId) },
        madeUp: madeUp.has(memberId),
      },
    })
  return {
    toldAs: 'org.attendance',
    source: { type: 'Meeting', id, version },
    orgId,
    facts: [
      ...came.present.map(factOf('PRESENT')),
      ...came.onLeave.map(factOf('LEAVE')),
      ...came.absent.map(factOf('ABSENT')),
      ...came.excepted.map(factOf('EXCEPTED')),
    ],
  }
}

const gradeNames = { EXCELLENT: 'EXCELLENT', COMPETENT: 'QUALIFIED', BASIC: 'BASIC', UNFIT: 'UNQUALIFIED' } as const

/** What the yearly appraisal found; whoever was lawfully left out has none. */
const appraisal = ({ id, orgId, heldOn, grades, version }: EventData<'org.appraisal.closed.v1'>): Telling => ({
  toldAs: 'org.appraisal',
  source: { type: 'Meeting', id, version },
  orgId,
  facts: grades.map(({ memberId, grade }) => ({
    ...{ subjectType: 'MEMBER', subjectId: memberId, orgId, kind: 'APPRAISAL', day: heldOn, quantity: once },
    attributes: { grade: grade === null ? 'NONE' : gradeNames[grade] },
  })),
})

export const meetingTellers = {
  'org.meeting.closed.v1': heldMeeting,
  'org.attendance.told.v1': attendance,
  'org.appraisal.closed.v1': appraisal,
}
