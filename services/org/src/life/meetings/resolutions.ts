import {
  type Ballots,
  ballotFaults,
  countVote,
  isSecretAt,
  isTemporaryBranch,
  matterRules,
  meetingKindRules,
  quorumOf,
  takesOpinions,
  temporaryBranchCitation,
} from '@linghang/rulebook'
import { toId } from '@linghang/subgraph/ids'
import { idOf } from './attendance.ts'
import { fail } from './errors.ts'
import {
  isDue,
  isMatterOfPerson,
  type MeetingKind,
  type Person,
  type Registered,
  type Resolution,
  type ResolutionInput,
  voteCitation,
} from './meeting.ts'

type Setting = {
  organisationKind: string
  kind: MeetingKind
  heldOn: string
  people: readonly Person[]
  register: ReadonlyMap<string, Registered>
}

/** @throws DomainError TEMPORARY_BRANCH_DECIDES_NOT, MATTER_NOT_FOR_MEETING, SPENDING_NOT_FOR_GROUP */
function requirePower({ organisationKind, kind }: Setting, { matter }: ResolutionInput, n: number): void {
  const { decidedBy, inTemporaryBranch } = matterRules[matter]
  const cited = voteCitation(matter, kind)
  const { article, source } = cited
  if (matter === 'SPENDING' && kind === 'GROUP_MEETING') fail('SPENDING_NOT_FOR_GROUP', { n, article, source })
  if (!decidedBy.has(kind)) {
    const wanted = [...decidedBy]
    const wantedZh = wanted.map(one => meetingKindRules[one].name.zh).join('、')
    fail('MATTER_NOT_FOR_MEETING', { n, matter, kind, wanted: wanted.join(', '), wantedZh, article, source })
  }
  if (!inTemporaryBranch && isTemporaryBranch(organisationKind))
    fail('TEMPORARY_BRANCH_DECIDES_NOT', {
      ...{ n, matter, article: temporaryBranchCitation.article, source: temporaryBranchCitation.source },
    })
}

/** A vote on spending is one on this request and this sum: what was agreed to in general says nothing of either. */
function requireSpending({ kind }: Setting, { matter, spending, decision }: ResolutionInput, n: number): void {
  const { article, source } = voteCitation('SPENDING', kind)
  if ((matter === 'SPENDING') !== Boolean(spending)) fail('SPENDING_NOT_NAMED', { n, matter, article, source })
  if (spending && spending.amountFen < 1n)
    fail('BAD_INPUT', {
      ...{ field: 'resolutions.amountFen', found: `${spending.amountFen}` },
      ...{ wanted: '1 fen or more', wantedZh: '1 分以上' },
    })
  if (matter === 'SPENDING' && decision === null)
    fail('VOTE_MISSING', {
      ...{ n, matter, article, source, decisions: 'SECRET_BALLOT, COLLECTIVE_AGREEMENT' },
      ...{ ...missingOfVote(true, true), ballots: 'due, present, inFavour, against, abstained' },
    })
}

/** One resolution a person: several candidates are discussed and voted on one by one. */
function requireSubject(setting: Setting, { matter, memberId }: ResolutionInput, n: number): void {
  const { article, source } = voteCitation(matter, setting.kind)
  if (isMatterOfPerson(matter) && memberId === null) fail('SUBJECT_MISSING', { n, matter, article, source })
  if (memberId !== null && !setting.register.has(memberId))
    fail('NOT_ON_REGISTER', {
      memberId: idOf(memberId),
      heldOn: setting.heldOn,
      wanted: 'any standing',
      article,
      source,
    })
}

/** Which fields of the input a vote lacks, for apps and for people. */
const missingOfVote = (decision: boolean, ballots: boolean) => ({
  missing: [...(decision ? ['decision'] : []), ...(ballots ? ['ballots'] : [])].join(', '),
  missingZh: [...(decision ? ['表决方式'] : []), ...(ballots ? ['票数'] : [])].join('和'),
})

function requireVote({ kind }: Setting, { matter, decision, ballots }: ResolutionInput, n: number): void {
  const { article, source } = voteCitation(matter, kind)
  if ((decision === null) !== (ballots === null) || (isMatterOfPerson(matter) && decision === null))
    fail('VOTE_MISSING', {
      ...{ n, matter, article, source },
      ...missingOfVote(decision === null, ballots === null),
      decisions: isSecretAt(matter, kind) ? 'SECRET_BALLOT' : 'SECRET_BALLOT, COLLECTIVE_AGREEMENT',
      ballots: 'due, present, inFavour, against, abstained',
    })
  if (isSecretAt(matter, kind) && decision === 'COLLECTIVE_AGREEMENT')
    fail('SECRET_BALLOT_WANTED', { n, found: decision, wanted: 'SECRET_BALLOT', article, source })
}

/** An opinion counts when it was there before the meeting began, from somebody with a vote who did not come. */
function requireOpinions({ kind, heldOn, people }: Setting, { matter, opinions }: ResolutionInput, n: number): void {
  const { article, source } = voteCitation(matter, kind)
  if (opinions.length > 0 && !takesOpinions(matter, kind))
    fail('OPINION_NOT_FOR_MATTER', { n, matter, article, source })
  const absentVoters = new Set(
    people.filter(person => isDue(person) && person.attendance !== 'PRESENT').map(person => person.memberId),
  )
  const seen = new Set<string>()
  for (const { memberId, receivedOn, beforeOpening } of opinions) {
    if (!absentVoters.has(memberId))
      fail('OPINION_NOT_OF_ABSENT_VOTER', { n, memberId: idOf(memberId), article, source })
    if (seen.has(memberId))
      fail('PERSON_NAMED_TWICE', { memberId: idOf(memberId), where: `resolutions[${n - 1}].opinions` })
    seen.add(memberId)
    if (receivedOn > heldOn || (receivedOn === heldOn && !beforeOpening))
      fail('OPINION_TOO_LATE', { n, memberId: idOf(memberId), found: receivedOn, wanted: heldOn, article, source })
  }
}

const ballotsOf = (input: ResolutionInput): Ballots | null =>
  input.ballots && {
    ...input.ballots,
    writtenInFavour: input.opinions.filter(opinion => opinion.inFavour).length,
    writtenAgainst: input.opinions.filter(opinion => !opinion.inFavour).length,
  }

function requireOnce({ kind }: Setting, resolutions: readonly ResolutionInput[]): void {
  const seen = new Set<string>()
  for (const { matter, memberId, spending } of resolutions) {
    if (!matterRules[matter].once || (!isMatterOfPerson(matter) && matter !== 'SPENDING')) continue
    const key = `${matter}/${memberId}/${spending?.id}`
    const { article, source } = voteCitation(matter, kind)
    const found = spending ? toId('DuesSpending', spending.id) : idOf(memberId)
    if (seen.has(key)) fail('RESOLUTION_TWICE', { matter, memberId: found, article, source })
    seen.add(key)
  }
}

/** Which resolution of the version before it is: what is decided about a person stays the same one when corrected. */
function createIdentity(before: readonly Resolution[], newId: () => string) {
  const keyOf = ({ matter, memberId, spending }: ResolutionInput) => `${matter}/${memberId}/${spending?.id}`
  const known = Map.groupBy(before, keyOf)
  return (resolution: ResolutionInput): string => known.get(keyOf(resolution))?.shift()?.id ?? newId()
}

/**
 * The resolutions with their outcome, as the regulation counts: ballots that do not add up are no vote at all.
 * @param before the resolutions of the version that this one follows
 * @throws DomainError TEMPORARY_BRANCH_DECIDES_NOT, MATTER_NOT_FOR_MEETING, SUBJECT_MISSING, NOT_ON_REGISTER, VOTE_MISSING, SECRET_BALLOT_WANTED, RESOLUTION_TWICE,
 *   OPINION_NOT_OF_ABSENT_VOTER, OPINION_TOO_LATE, PERSON_NAMED_TWICE and the codes of `ballotFaults`
 */
export function composeResolutions(
  setting: Setting,
  inputs: readonly ResolutionInput[],
  before: readonly Resolution[],
  newId: () => string,
): Resolution[] {
  requireOnce(setting, inputs)
  const identify = createIdentity(before, newId)
  return inputs.map((input, i) => {
    const n = i + 1
    requirePower(setting, input, n)
    requireSubject(setting, input, n)
    requireSpending(setting, input, n)
    requireVote(setting, input, n)
    requireOpinions(setting, input, n)
    const ballots = ballotsOf(input)
    const [fault] = ballots ? ballotFaults(ballots) : []
    const { article, source } = voteCitation(input.matter, setting.kind)
    if (fault) fail(fault.code, { n, found: fault.found, wanted: fault.wanted, article, source })
    const { quorate, carried } = ballots
      ? countVote(ballots, quorumOf(input.matter, setting.kind).quorum, matterRules[input.matter].base)
      : { quorate: false, carried: false }
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
export function requireSameVoters(
  kind: MeetingKind,
  resolutions: readonly Resolution[],
  due: number,
  present: number,
): void {
  for (const [i, { ballots, matter }] of resolutions.entries()) {
    if (!ballots) continue
    const { article, source } = voteCitation(matter, kind)
    const n = i + 1
    if (ballots.due !== due) fail('VOTERS_DIFFER', { n, what: 'due', found: ballots.due, wanted: due, article, source })
    if (ballots.present !== present)
      fail('VOTERS_DIFFER', { n, what: 'present', found: ballots.present, wanted: present, article, source })
  }
}
