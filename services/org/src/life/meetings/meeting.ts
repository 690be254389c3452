import {
  approvalRules,
  type Ballots,
  type Citation,
  citationOf,
  isByBallot,
  type MeetingKind,
  type MeetingMatter,
  matterRules,
  meetingKindRules,
} from '@linghang/rulebook'

export type { MeetingKind, MeetingMatter } from '@linghang/rulebook'

/** Whether it is the meeting of everybody on the register: who belongs to it is then not for anybody to name. */
export const isAssembly = (kind: MeetingKind): boolean => meetingKindRules[kind].people === 'EVERYBODY'

/** Whether everybody on the register of that day belongs to it, since nobody is named or may be. */
export const isOfEverybody = (kind: MeetingKind, participantIds: readonly string[]): boolean =>
  isAssembly(kind) || (meetingKindRules[kind].people === 'EITHER' && participantIds.length === 0)

/** Where officers sit who were sent from above, or belong to the committee while their membership stands elsewhere. */
export const isCommittee = (kind: MeetingKind): boolean => meetingKindRules[kind].body === 'COMMITTEE'
/** The committee whose members the seats name; that for discipline has none of its own there. */
export const sitsInSeats = (kind: MeetingKind): boolean => kind === 'BRANCH_COMMITTEE' || kind === 'COMMITTEE'
/** PLANNED and ANNOUNCED before it is held, CANCELLED instead; a DRAFT has been held and is written down, CLOSED is evidence. */
export type MeetingState = 'PLANNED' | 'ANNOUNCED' | 'CANCELLED' | 'DRAFT' | 'CLOSED'
const ahead: ReadonlySet<MeetingState> = new Set(['PLANNED', 'ANNOUNCED'])
/** Whether it is still to be held. */
export const isAhead = (state: MeetingState): boolean => ahead.has(state)
export type Decision = 'SECRET_BALLOT' | 'COLLECTIVE_AGREEMENT'
export type Attendance = 'PRESENT' | 'LEAVE' | 'ABSENT'
/** What somebody was on the day of the meeting. */
export type MeetingStanding = 'FULL' | 'PROBATIONARY'

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
  | 'FLOATING'
  | 'MEMBERSHIP_SUSPENDED'
  | 'DETAINED'
  | 'CANNOT_RETURN'
  | 'SECONDED'

/** So many months away, at least, before somebody is left out of those due. */
export const awayMonths = 6
export const needsSince: ReadonlySet<ExceptionReason> = new Set(['ABROAD', 'MOVED_AWAY', 'SECONDED'])

/** What the register itself says needs nobody's consent: the rest holds with that of the organisation above and the assembly's vote. */
const needsNoConsent: ReadonlySet<ExceptionReason> = new Set(['RIGHTS_SUSPENDED', 'NOT_YET_HERE'])
export const needsConsent = (kind: MeetingKind, reason: ExceptionReason): boolean =>
  ['ASSEMBLY', 'CONGRESS'].includes(meetingKindRules[kind].body) && !needsNoConsent.has(reason)

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
const committeeVote = (matter: MeetingMatter): Citation | undefined =>
  approvalRules[matter === 'ADMISSION' ? 'ADMISSION' : 'CONVERSION'].meeting?.citation

/** Where it stands how a matter is decided; what a committee above approves, in the rules of development. */
export const voteCitation = (matter: MeetingMatter, kind: MeetingKind): Citation =>
  (kind === 'COMMITTEE' && isByBallot(matter) && committeeVote(matter)) || citationOf(matter, kind)

export const limits = {
  people: 2_000,
  resolutions: 200,
  opinions: 5_000,
  versions: 50,
  place: 200,
  agenda: 10_000,
  minutes: 50_000,
  items: 50,
  title: 200,
  text: 5_000,
  reason: 500,
} as const

export const isMatterOfPerson = (matter: MeetingMatter): boolean => matterRules[matter].aboutPerson

/** Somebody on the register of the organisation on the day of the meeting; ids only. */
export type Registered = {
  memberId: string
  /** NONE for whoever had not joined yet. */
  standing: MeetingStanding | 'NONE'
  knownOn: string
  /** Since when a penalty takes the person's rights on that day (留党察看); null where none does. */
  suspendedSince: string | null
}

/** The organisation above that agreed, and when; the assembly has voted for it too. */
export type Consent = { by: string; on: string }
export type DueException = {
  reason: ExceptionReason
  since: string | null
  note: string | null
  consent?: Consent
}
export type Person = {
  memberId: string
  standing: MeetingStanding
  exception: DueException | null
  attendance: Attendance | null
  leaveReason: string | null
  /** Of who came: after it had begun, or not to its end. */
  late?: true
  leftEarly?: true
}
/** Full members vote, unless a lawful exception takes them out; nobody else is due. */
export const isDue = (person: Pick<Person, 'standing' | 'exception'>): boolean =>
  person.standing === 'FULL' && person.exception === null

export type Opinion = { memberId: string; inFavour: boolean; receivedOn: string; beforeOpening: boolean }
export type CountedBallots = Pick<Ballots, 'due' | 'present' | 'inFavour' | 'against' | 'abstained'>
export type ResolutionInput = {
  matter: MeetingMatter
  memberId: string | null
  /** Which request to spend dues, and how much; of SPENDING alone. */
  spending?: { id: string; amountFen: bigint } | null
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

/** One thing on the agenda (议题): what was said of it and what came of it, once that is written down. */
export type AgendaItem = { title: string; discussion: string | null; outcome: string | null }

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
  /** Of who came: after it had begun, or not to its end. */
  lateIds: string[]
  leftEarlyIds: string[]
  /** What is on the agenda, in its order. */
  items: AgendaItem[]
  resolutions: ResolutionInput[]
}

/** A version of a meeting as it is kept. */
export type MeetingContent = Pick<MeetingInput, 'heldOn' | 'place' | 'agenda' | 'minutes' | 'items'> & {
  /** Whether everybody on the register belongs to it: nobody was named. */
  everybody: boolean
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
  /** The account that began it. */
  recordedBy: string | null
  /** When it is to begin, or was; null where it was never planned. */
  startsAt: Date | null
  /** Why it was cancelled; null where it was not. */
  cancelReason: string | null
}
/** A version without the lists in it. */
export type MeetingVersion = Pick<
  MeetingContent,
  'heldOn' | 'place' | 'agenda' | 'minutes' | 'everybody' | 'due' | 'present'
> & {
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

/** What was written down, read back from what is kept: closing judges it again, with the register as it is then. */
export const inputOf = (kind: MeetingKind, content: MeetingContent): MeetingInput => {
  const at = (attendance: Attendance) => content.people.filter(person => person.attendance === attendance)
  return {
    heldOn: content.heldOn,
    place: content.place,
    agenda: content.agenda,
    minutes: content.minutes,
    participantIds: isAssembly(kind) || content.everybody ? [] : content.people.map(person => person.memberId),
    exceptions: content.people.flatMap(({ memberId, exception }) => (exception ? [{ memberId, ...exception }] : [])),
    presentIds: at('PRESENT').map(person => person.memberId),
    leaves: at('LEAVE').map(person => ({ memberId: person.memberId, reason: person.leaveReason ?? '' })),
    absentIds: at('ABSENT').map(person => person.memberId),
    lateIds: content.people.flatMap(({ memberId, late }) => (late ? [memberId] : [])),
    leftEarlyIds: content.people.flatMap(({ memberId, leftEarly }) => (leftEarly ? [memberId] : [])),
    items: content.items,
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
