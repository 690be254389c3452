import type { Selectable } from 'kysely'
import type { MeetingPerson } from '../../prisma/client/tables.ts'
import type { Tx } from '../work.ts'
import type {
  CountedBallots,
  Decision,
  ExceptionReason,
  Meeting,
  MeetingKind,
  MeetingMatter,
  MeetingState,
  MeetingVersion,
  Person,
  Registered,
  Resolution,
} from './meeting.ts'

type MeetingRow = NonNullable<Awaited<ReturnType<Tx['meeting']['findFirst']>>>
type VersionRow = NonNullable<Awaited<ReturnType<Tx['meetingVersion']['findFirst']>>>
export type PersonRow = Selectable<MeetingPerson>
export type ResolutionRow = NonNullable<Awaited<ReturnType<Tx['meetingResolution']['findFirst']>>>

export const day = (date: Date): string => date.toISOString().slice(0, 10)
export const date = (text: string): Date => new Date(`${text}T00:00:00Z`)

export const toMeeting = (row: MeetingRow): Meeting => ({
  id: row.id,
  orgId: row.orgId,
  kind: row.kind as MeetingKind,
  state: row.state as MeetingState,
  heldOn: day(row.heldOn),
  version: row.version,
  revision: row.revision,
  recordedAt: row.recordedAt,
  recordedBy: row.recordedBy,
})
export const toVersion = (row: VersionRow): MeetingVersion => ({
  meetingId: row.meetingId,
  orgId: row.orgId,
  version: row.version,
  heldOn: day(row.heldOn),
  place: row.place,
  agenda: row.agenda,
  minutes: row.minutes,
  due: row.due,
  present: row.present,
  reason: row.reason,
  closedAt: row.closedAt,
})
/** @param row as raw SQL gives it, with days as text */
export const toPerson = (row: PersonRow): Person => ({
  memberId: row.memberId,
  standing: row.standing as Person['standing'],
  exception: row.exception
    ? {
        reason: row.exception as ExceptionReason,
        since: row.exceptionSince,
        note: row.exceptionNote,
        ...(row.consentBy && row.consentOn ? { consent: { by: row.consentBy, on: row.consentOn } } : {}),
      }
    : null,
  attendance: row.attendance as Person['attendance'],
  leaveReason: row.leaveReason,
})
const toBallots = (row: ResolutionRow): CountedBallots | null =>
  row.decision === null
    ? null
    : {
        due: row.due as number,
        present: row.present as number,
        inFavour: row.inFavour as number,
        against: row.against as number,
        abstained: row.abstained as number,
      }
export const toResolution = (row: ResolutionRow): Omit<Resolution, 'opinions'> => ({
  id: row.id,
  matter: row.matter as MeetingMatter,
  memberId: row.memberId,
  text: row.text,
  decision: row.decision as Decision | null,
  ballots: toBallots(row),
  writtenInFavour: row.writtenInFavour,
  writtenAgainst: row.writtenAgainst,
  quorate: row.quorate,
  carried: row.carried,
})

export type RegisteredRow = {
  member_id: string
  standing: Registered['standing'] | null
  known_on: string
  suspended_since: string | null
}
/** Nobody while their standing is not known here yet. */
export const toRegistered = ({ member_id, standing, known_on, suspended_since }: RegisteredRow): Registered[] =>
  standing === null
    ? []
    : [
        {
          memberId: member_id,
          standing,
          knownOn: known_on,
          suspendedSince: suspended_since,
        },
      ]

export const personColumns = ({ memberId, standing, exception, attendance, leaveReason }: Person) => ({
  memberId,
  standing,
  due: standing === 'FULL' && exception === null,
  exception: exception?.reason ?? null,
  exceptionSince: exception?.since ? date(exception.since) : null,
  exceptionNote: exception?.note ?? null,
  consentBy: exception?.consent?.by ?? null,
  consentOn: exception?.consent ? date(exception.consent.on) : null,
  attendance,
  leaveReason,
})

export const resolutionColumns = ({ opinions, ballots, ...resolution }: Resolution) => ({
  ...resolution,
  due: ballots?.due ?? null,
  present: ballots?.present ?? null,
  inFavour: ballots?.inFavour ?? null,
  against: ballots?.against ?? null,
  abstained: ballots?.abstained ?? null,
})
