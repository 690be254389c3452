import { type Ballots, ballotFaults, countVote } from '@linghang/rulebook'
import { fail } from '../errors.ts'
import {
  isDue,
  isMatterOfPerson,
  type MeetingKind,
  type Opinion,
  type Person,
  type Registered,
  type Resolution,
  type ResolutionInput,
  voteCitation,
} from './meeting.ts'

const { article, source } = voteCitation

type Setting = {
  kind: MeetingKind
  heldOn: string
  people: readonly Person[]
  register: ReadonlyMap<string, Registered>
}

/** One resolution a person: several candidates are discussed and voted on one by one. */
function requireSubject(setting: Setting, { matter, memberId }: ResolutionInput, n: number): void {
  if (isMatterOfPerson(matter) && memberId === null) fail('SUBJECT_MISSING', { n, matter, article, source })
  if (memberId !== null && !setting.register.has(memberId))
    fail('NOT_ON_REGISTER', { memberId, heldOn: setting.heldOn, wanted: 'any standing', article, source })
}

function requireVote({ kind }: Setting, { matter, decision, ballots }: ResolutionInput, n: number): void {
  if ((decision === null) !== (ballots === null) || (isMatterOfPerson(matter) && decision === null))
    fail('VOTE_MISSING', { n, matter, article, source })
  if (kind === 'BRANCH_ASSEMBLY' && decision === 'COLLECTIVE_AGREEMENT')
    fail('SECRET_BALLOT_WANTED', { n, found: decision, wanted: 'SECRET_BALLOT', article, source })
}

/** An opinion counts when it was there before the meeting began, from somebody with a vote who did not come. */
function requireOpinions({ heldOn, people }: Setting, opinions: readonly Opinion[], n: number): void {
  const absentVoters = new Set(
    people.filter(person => isDue(person) && person.attendance !== 'PRESENT').map(person => person.memberId),
  )
  const seen = new Set<string>()
  for (const { memberId, receivedOn, beforeOpening } of opinions) {
    if (!absentVoters.has(memberId)) fail('OPINION_NOT_OF_ABSENT_VOTER', { n, memberId, article, source })
    if (seen.has(memberId)) fail('PERSON_NAMED_TWICE', { memberId, where: `resolutions[${n - 1}].opinions` })
    seen.add(memberId)
    if (receivedOn > heldOn || (receivedOn === heldOn && !beforeOpening))
      fail('OPINION_TOO_LATE', { n, memberId, found: receivedOn, wanted: heldOn, article, source })
  }
}

const ballotsOf = (input: ResolutionInput): Ballots | null =>
  input.ballots && {
    ...input.ballots,
    writtenInFavour: input.opinions.filter(opinion => opinion.inFavour).length,
    writtenAgainst: input.opinions.filter(opinion => !opinion.inFavour).length,
  }

function requireOnce(resolutions: readonly ResolutionInput[]): void {
  const seen = new Set<string>()
  for (const { matter, memberId } of resolutions) {
    if (!isMatterOfPerson(matter)) continue
    const key = `${matter}/${memberId}`
    if (seen.has(key)) fail('RESOLUTION_TWICE', { matter, memberId, article, source })
    seen.add(key)
  }
}

/** Which resolution of the version before it is: what is decided about a person stays the same one when corrected. */
function createIdentity(before: readonly Resolution[], newId: () => string) {
  const keyOf = ({ matter, memberId }: ResolutionInput) => `${matter}/${memberId}`
  const known = Map.groupBy(before, keyOf)
  return (resolution: ResolutionInput): string => known.get(keyOf(resolution))?.shift()?.id ?? newId()
}

/**
 * The resolutions with their outcome, as the regulation counts: ballots that do not add up are no vote at all.
 * @param before the resolutions of the version that this one follows
 * @throws DomainError SUBJECT_MISSING, NOT_ON_REGISTER, VOTE_MISSING, SECRET_BALLOT_WANTED, RESOLUTION_TWICE,
 *   OPINION_NOT_OF_ABSENT_VOTER, OPINION_TOO_LATE, PERSON_NAMED_TWICE and the codes of `ballotFaults`
 */
export function composeResolutions(
  setting: Setting,
  inputs: readonly ResolutionInput[],
  before: readonly Resolution[],
  newId: () => string,
): Resolution[] {
  requireOnce(inputs)
  const identify = createIdentity(before, newId)
  return inputs.map((input, i) => {
    const n = i + 1
    requireSubject(setting, input, n)
    requireVote(setting, input, n)
    requireOpinions(setting, input.opinions, n)
    const ballots = ballotsOf(input)
    const [fault] = ballots ? ballotFaults(ballots) : []
    if (fault) fail(fault.code, { n, found: fault.found, wanted: fault.wanted, article, source })
    const { quorate, carried } = ballots ? countVote(ballots) : { quorate: false, carried: false }
    return {
      ...input,
      id: identify(input),
      writtenInFavour: ballots?.writtenInFavour ?? 0,
      writtenAgainst: ballots?.writtenAgainst ?? 0,
      quorate,
      carried,
    }
  })
}

/** What was counted at the vote must be what the attendance says. @throws DomainError VOTERS_DIFFER */
export function requireSameVoters(resolutions: readonly Resolution[], due: number, present: number): void {
  for (const [i, { ballots }] of resolutions.entries()) {
    if (!ballots) continue
    const n = i + 1
    if (ballots.due !== due) fail('VOTERS_DIFFER', { n, what: 'due', found: ballots.due, wanted: due, article, source })
    if (ballots.present !== present)
      fail('VOTERS_DIFFER', { n, what: 'present', found: ballots.present, wanted: present, article, source })
  }
}
