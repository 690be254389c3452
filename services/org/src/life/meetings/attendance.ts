import { addMonths, meetingKindRules } from '@linghang/rulebook'
import { toId } from '@linghang/subgraph/ids'
import { fail } from './errors.ts'
import {
  type Attendance,
  awayMonths,
  type DueException,
  exceptionCitation,
  isAssembly,
  isCommittee,
  isDue,
  isOfEverybody,
  type MeetingInput,
  type MeetingKind,
  needsConsent,
  needsSince,
  type Person,
  type Registered,
  votersCitation,
} from './meeting.ts'

/** Committees and congresses are of full members; in groups and the rest of organisational life probationary ones take part. */
const isOfVoters = (kind: MeetingKind): boolean => isCommittee(kind) || kind === 'CONGRESS'

/** Whose meeting it is: the whole branch, or those whom the meeting names. */
function whoBelongs(kind: MeetingKind, input: MeetingInput, register: ReadonlyMap<string, Registered>): Registered[] {
  if (isAssembly(kind)) {
    if (input.participantIds.length > 0)
      fail('BAD_INPUT', {
        field: 'participantIds',
        found: input.participantIds.length,
        wanted: 'nobody: an assembly is everybody on the register of that day',
        wantedZh: '留空：党员大会的应到人员由系统按当日花名册确定',
      })
  }
  if (isOfEverybody(kind, input.participantIds))
    return [...register.values()].filter(({ standing }) => standing !== 'NONE')
  once(input.participantIds, 'participantIds')
  return input.participantIds.map(memberId => {
    const registered = register.get(memberId)
    const fits = isOfVoters(kind) ? registered?.standing === 'FULL' : registered?.standing !== 'NONE'
    if (!registered || !fits)
      return fail('NOT_ON_REGISTER', {
        memberId: idOf(memberId),
        heldOn: input.heldOn,
        wanted: 'FULL',
        ...cited(votersCitation),
      })
    return registered
  })
}

const cited = ({ article, source }: { article: string; source: string }) => ({ article, source })

function once(ids: readonly string[], where: string): void {
  const seen = new Set<string>()
  for (const memberId of ids) {
    if (seen.has(memberId)) fail('PERSON_NAMED_TWICE', { memberId: idOf(memberId), where })
    seen.add(memberId)
  }
}

/** Lawful only with what the rule asks for: consent from above and the assembly's vote, half a year away, or a register that begins later than the meeting. */
function requireLawful(
  kind: MeetingKind,
  exception: DueException & { memberId: string },
  registered: Registered,
  heldOn: string,
): void {
  const { memberId, reason, since, consent } = exception
  if (needsConsent(kind, reason) && (!consent || consent.on > heldOn))
    fail('EXCEPTION_WITHOUT_CONSENT', {
      ...{ memberId: idOf(memberId), reason, found: consent?.on ?? null, wanted: heldOn },
      ...cited(exceptionCitation),
    })
  if (needsSince.has(reason)) {
    const wanted = since === null ? null : addMonths(since, awayMonths)
    if (wanted === null || wanted > heldOn)
      fail('EXCEPTION_TOO_SHORT', {
        memberId: idOf(memberId),
        reason,
        found: since,
        wanted: addMonths(heldOn, -awayMonths),
        ...cited(exceptionCitation),
      })
  }
  if (reason === 'NOT_YET_HERE' && registered.knownOn <= heldOn)
    fail('ON_REGISTER_THAT_DAY', { memberId: idOf(memberId), found: registered.knownOn, wanted: heldOn })
}

/**
 * Everybody who belongs to the meeting, with the exception or the attendance that was written down for them.
 * @param register who was on the organisation's register on the day of the meeting
 * @throws DomainError NOT_ON_REGISTER, PERSON_NAMED_TWICE, EXCEPTION_WITHOUT_CONSENT, EXCEPTION_TOO_SHORT, ON_REGISTER_THAT_DAY,
 *   EXCEPTED_IN_ATTENDANCE, MARKED_WITHOUT_COMING, BAD_INPUT
 */
export function composePeople(
  kind: MeetingKind,
  input: MeetingInput,
  register: ReadonlyMap<string, Registered>,
): Person[] {
  const { heldOn } = input
  const belonging = new Map(whoBelongs(kind, input, register).map(person => [person.memberId, person]))
  const requireBelonging = (memberId: string): Registered =>
    belonging.get(memberId) ??
    fail('NOT_ON_REGISTER', {
      memberId: idOf(memberId),
      heldOn,
      wanted: 'FULL, PROBATIONARY',
      ...cited(votersCitation),
    })

  const exceptions = new Map<string, DueException>(
    input.exceptions.map(({ memberId, ...exception }) => [memberId, exception]),
  )
  // Under a penalty that takes the rights nobody has a vote, whether or not somebody thought of naming them.
  for (const { memberId, standing, suspendedSince } of belonging.values())
    if (standing === 'FULL' && suspendedSince !== null)
      exceptions.set(memberId, { reason: 'RIGHTS_SUSPENDED', since: suspendedSince, note: null })
  once([...input.exceptions.map(({ memberId }) => memberId)], 'exceptions')
  for (const exception of input.exceptions) requireLawful(kind, exception, requireBelonging(exception.memberId), heldOn)

  const attendances = new Map<string, { attendance: Attendance; leaveReason: string | null }>()
  once([...input.presentIds, ...input.leaves.map(({ memberId }) => memberId), ...input.absentIds], 'attendance')
  for (const memberId of input.presentIds) attendances.set(memberId, { attendance: 'PRESENT', leaveReason: null })
  for (const { memberId, reason } of input.leaves)
    attendances.set(memberId, { attendance: 'LEAVE', leaveReason: reason })
  for (const memberId of input.absentIds) attendances.set(memberId, { attendance: 'ABSENT', leaveReason: null })
  for (const memberId of attendances.keys()) {
    requireBelonging(memberId)
    const reason = exceptions.get(memberId)?.reason
    if (reason && reason !== 'RIGHTS_SUSPENDED')
      fail('EXCEPTED_IN_ATTENDANCE', { memberId: idOf(memberId), ...cited(exceptionCitation) })
  }
  const marked = (ids: readonly string[], where: string): ReadonlySet<string> => {
    once(ids, where)
    for (const memberId of ids)
      if (attendances.get(memberId)?.attendance !== 'PRESENT')
        fail('MARKED_WITHOUT_COMING', { memberId: idOf(memberId), where })
    return new Set(ids)
  }
  const [late, leftEarly] = [marked(input.lateIds, 'lateIds'), marked(input.leftEarlyIds, 'leftEarlyIds')]
  return [...belonging.values()].map(({ memberId, standing }) => ({
    memberId,
    standing: standing as Person['standing'],
    exception: exceptions.get(memberId) ?? null,
    ...(attendances.get(memberId) ?? { attendance: null, leaveReason: null }),
    ...(late.has(memberId) ? { late: true } : {}),
    ...(leftEarly.has(memberId) ? { leftEarly: true } : {}),
  }))
}

/** As the API knows somebody. */
export const idOf = (memberId: string | null): string | null => memberId && toId('Member', memberId)

const namedAtMost = 10

/** @throws DomainError PARTICIPANTS_MISSING, NOBODY_DUE, ATTENDANCE_INCOMPLETE */
export function requireComplete(kind: MeetingKind, people: readonly Person[]): void {
  if (people.length === 0 && meetingKindRules[kind].people === 'NAMED') fail('PARTICIPANTS_MISSING', { kind })
  const due = people.filter(isDue)
  if (due.length === 0) fail('NOBODY_DUE', { people: people.length, ...cited(votersCitation) })
  const untold = due.filter(person => person.attendance === null)
  if (untold.length > 0)
    fail('ATTENDANCE_INCOMPLETE', {
      found: due.length - untold.length,
      wanted: due.length,
      // Ids, since names are the register's: whoever shows the refusal asks it for them.
      missing: untold
        .slice(0, namedAtMost)
        .map(({ memberId }) => idOf(memberId))
        .join(', '),
    })
}
