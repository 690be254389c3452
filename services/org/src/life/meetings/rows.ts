import type { Selectable } from 'kysely'
import type { MeetingPerson, MeetingResolution } from '../../../prisma/client/tables.ts'
import type { CountedBallots, Person, Resolution } from './meeting.ts'

export const meetingColumns = [
  ...(['id', 'orgId', 'kind', 'state', 'heldOn', 'version', 'revision', 'recordedAt', 'recordedBy'] as const),
  ...(['startsAt', 'cancelReason'] as const),
]

export const versionColumns = [
  ...([
    'meetingId',
    'orgId',
    'version',
    'heldOn',
    'place',
    'agenda',
    'minutes',
    'everybody',
    'due',
    'present',
  ] as const),
  ...(['reason', 'closedAt'] as const),
]

export const personColumns = [
  ...(['memberId', 'standing', 'exception', 'exceptionSince', 'exceptionNote', 'consentBy', 'consentOn'] as const),
  ...(['attendance', 'leaveReason', 'late', 'leftEarly'] as const),
]
type PersonRow = Pick<Selectable<MeetingPerson>, (typeof personColumns)[number]>

export const toPerson = (row: PersonRow): Person => ({
  memberId: row.memberId,
  standing: row.standing,
  exception: row.exception
    ? {
        reason: row.exception,
        since: row.exceptionSince,
        note: row.exceptionNote,
        ...(row.consentBy && row.consentOn ? { consent: { by: row.consentBy, on: row.consentOn } } : {}),
      }
    : null,
  attendance: row.attendance,
  leaveReason: row.leaveReason,
  ...(row.late ? { late: true } : {}),
  ...(row.leftEarly ? { leftEarly: true } : {}),
})

export const fromPerson = ({ memberId, standing, exception, attendance, leaveReason, late, leftEarly }: Person) => ({
  memberId,
  standing,
  due: standing === 'FULL' && exception === null,
  exception: exception?.reason ?? null,
  exceptionSince: exception?.since ?? null,
  exceptionNote: exception?.note ?? null,
  consentBy: exception?.consent?.by ?? null,
  consentOn: exception?.consent?.on ?? null,
  attendance,
  leaveReason,
  late: late ?? false,
  leftEarly: leftEarly ?? false,
})

const countedColumns = ['decision', 'due', 'present', 'inFavour', 'against', 'abstained'] as const
const toldColumns = [
  ...([
    'id',
    'matter',
    'memberId',
    'text',
    'spendingId',
    'spendingFen',
    'writtenInFavour',
    'writtenAgainst',
    'quorate',
    'carried',
  ] as const),
]
export const resolutionColumns = [...toldColumns, ...countedColumns]
type ResolutionRow = Pick<Selectable<MeetingResolution>, (typeof resolutionColumns)[number]>

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
  matter: row.matter,
  memberId: row.memberId,
  spending: row.spendingId === null ? null : { id: row.spendingId, amountFen: row.spendingFen ?? 0n },
  text: row.text,
  decision: row.decision,
  ballots: toBallots(row),
  writtenInFavour: row.writtenInFavour,
  writtenAgainst: row.writtenAgainst,
  quorate: row.quorate,
  carried: row.carried,
})

export const fromResolution = ({ opinions, ballots, spending, ...resolution }: Resolution) => ({
  ...resolution,
  spendingId: spending?.id ?? null,
  spendingFen: spending?.amountFen ?? null,
  due: ballots?.due ?? null,
  present: ballots?.present ?? null,
  inFavour: ballots?.inFavour ?? null,
  against: ballots?.against ?? null,
  abstained: ballots?.abstained ?? null,
})

export const opinionColumns = ['memberId', 'inFavour', 'receivedOn', 'beforeOpening'] as const

export const itemColumns = ['title', 'discussion', 'outcome'] as const
