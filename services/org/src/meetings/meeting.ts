import { type Ballots, type Citation, type Matter, matters } from '@linghang/rulebook'

export const meetingKinds = ['BRANCH_COMMITTEE', 'BRANCH_ASSEMBLY', 'GROUP_MEETING', 'COMMITTEE'] as const
export type MeetingKind = (typeof meetingKinds)[number]
export type MeetingState = 'DRAFT' | 'CLOSED'
export type MeetingMatter = Matter | 'OTHER'
export type Decision = 'SECRET_BALLOT' | 'COLLECTIVE_AGREEMENT'
export type Attendance = 'PRESENT' | 'LEAVE' | 'ABSENT'
/** What somebody was on the day of the meeting: NONE for whoever had not joined yet. */
export type Standing = 'FULL' | 'PROBATIONARY' | 'NONE'

/** Why somebody with a vote is not counted among those due. */
export type ExceptionReason =
  | 'CANNOT_EXPRESS_WILL'
  | 'ABROAD'
  | 'SERVING_SENTENCE'
  | 'LONG_ILL'
  | 'MOVED_AWAY'
  | 'SETTLED_AWAY'
  | 'RIGHTS_SUSPENDED'
  | 'NOT_YET_HERE'

/** So many months away, at least, before somebody is left out of those due. */
export const awayMonths = 6
export const needsSince: ReadonlySet<ExceptionReason> = new Set(['ABROAD', 'MOVED_AWAY'])

export const exceptionCitation: Citation = {
  article: '不计入应到会人数的情形',
  source: '《中国共产党基层组织选举工作条例》及组织部门答复',
  certainty: 'SECONDARY',
}
export const votersCitation: Citation = {
  article: '第五条',
  source: '《中国共产党基层组织选举工作条例》（2020 年）',
  certainty: 'VERIFIED',
}
export const voteCitation: Citation = {
  article: '第十九条',
  source: '《中国共产党发展党员工作细则》',
  certainty: 'SECONDARY',
}

export const limits = {
  people: 2_000,
  resolutions: 200,
  opinions: 5_000,
  versions: 50,
  place: 200,
  agenda: 10_000,
  minutes: 50_000,
  text: 5_000,
  reason: 500,
} as const

export const isMatterOfPerson = (matter: MeetingMatter): boolean => (matters as readonly string[]).includes(matter)

/** Somebody on the register of the organisation on the day of the meeting; ids only. */
export type Registered = { memberId: string; standing: Standing; knownOn: string }

export type DueException = { reason: ExceptionReason; since: string | null; note: string | null }
export type Person = {
  memberId: string
  standing: 'FULL' | 'PROBATIONARY'
  exception: DueException | null
  attendance: Attendance | null
  leaveReason: string | null
}
/** Full members vote, unless a lawful exception takes them out; nobody else is due. */
export const isDue = (person: Pick<Person, 'standing' | 'exception'>): boolean =>
  person.standing === 'FULL' && person.exception === null

export type Opinion = { memberId: string; inFavour: boolean; receivedOn: string; beforeOpening: boolean }
export type CountedBallots = Pick<Ballots, 'due' | 'present' | 'inFavour' | 'against' | 'abstained'>
export type ResolutionInput = {
  matter: MeetingMatter
  memberId: string | null
  text: string
  decision: Decision | null
  ballots: CountedBallots | null
  opinions: Opinion[]
}
export type Resolution = ResolutionInput & {
  id: string
  writtenInFavour: number
  writtenAgainst: number
  quorate: boolean
  carried: boolean
}

/** What an officer writes down; who was due follows from the register. */
export type MeetingInput = {
  heldOn: string
  place: string | null
  agenda: string | null
  minutes: string | null
  /** Whose meeting it is, where that is not everybody: the committee's members, the group's. */
  participantIds: string[]
  exceptions: (DueException & { memberId: string })[]
  presentIds: string[]
  leaves: { memberId: string; reason: string }[]
  absentIds: string[]
  resolutions: ResolutionInput[]
}

/** A version of a meeting as it is kept. */
export type MeetingContent = Pick<MeetingInput, 'heldOn' | 'place' | 'agenda' | 'minutes'> & {
  people: Person[]
  resolutions: Resolution[]
  /** Voters due, and those of them who came. */
  due: number
  present: number
}

export type Meeting = {
  id: string
  orgId: string
  kind: MeetingKind
  state: MeetingState
  heldOn: string
  version: number
  revision: number
  recordedAt: Date
}
/** A version without the lists in it. */
export type MeetingVersion = Pick<MeetingContent, 'heldOn' | 'place' | 'agenda' | 'minutes' | 'due' | 'present'> & {
  meetingId: string
  orgId: string
  version: number
  reason: string | null
  closedAt: Date | null
}

/** Which version of which meeting; also how loaders name it. */
export type VersionKey = { meetingId: string; version: number }
export const keyOf = ({ meetingId, version }: VersionKey): string => `${meetingId}/${version}`

export type MeetingFilter = { kind: MeetingKind | null; from: string | null; to: string | null }

const branchKinds: ReadonlySet<string> = new Set(['BRANCH', 'JOINT_BRANCH', 'TEMPORARY_BRANCH'])

/** A branch holds its assembly, its committee and its groups; whatever is above a branch meets as a committee. */
export const holds = (organisationKind: string, kind: MeetingKind): boolean =>
  branchKinds.has(organisationKind) === (kind !== 'COMMITTEE')

/** What was written down, read back from what is kept: closing judges it again, with the register as it is then. */
export const inputOf = (kind: MeetingKind, content: MeetingContent): MeetingInput => {
  const at = (attendance: Attendance) => content.people.filter(person => person.attendance === attendance)
  return {
    heldOn: content.heldOn,
    place: content.place,
    agenda: content.agenda,
    minutes: content.minutes,
    participantIds: kind === 'BRANCH_ASSEMBLY' ? [] : content.people.map(person => person.memberId),
    exceptions: content.people.flatMap(({ memberId, exception }) => (exception ? [{ memberId, ...exception }] : [])),
    presentIds: at('PRESENT').map(person => person.memberId),
    leaves: at('LEAVE').map(person => ({ memberId: person.memberId, reason: person.leaveReason ?? '' })),
    absentIds: at('ABSENT').map(person => person.memberId),
    resolutions: content.resolutions,
  }
}

/** Everybody whom the input names, once. */
export const peopleIn = (input: MeetingInput): string[] => [
  ...new Set([
    ...input.participantIds,
    ...input.exceptions.map(({ memberId }) => memberId),
    ...input.presentIds,
    ...input.leaves.map(({ memberId }) => memberId),
    ...input.absentIds,
    ...input.resolutions.flatMap(({ memberId, opinions }) => [
      ...(memberId ? [memberId] : []),
      ...opinions.map(opinion => opinion.memberId),
    ]),
  ]),
]
