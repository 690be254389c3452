import {
  bodiesFor,
  type Citation,
  committeeFrom,
  congressFrom,
  delegateFault,
  delegateNumbers,
  type ElectionRules,
  electionCitations,
  electionWindow,
  electsWithoutCommittee,
  isBranch,
  isSinglePost,
  isWhole,
  kindOnDay,
  movedByAtMost,
  postsWithoutCommittee,
  seatFault,
  seatRuleOf,
} from '@linghang/rulebook'
import { fail } from './errors.ts'
import type { Fact, Plan } from './facts.ts'

export const cited = ({ article, source, certainty }: Citation) => ({ article, source, certainty })

/** What is known of an organisation that elects. */
export type Electing = {
  orgId: string
  organisationKind: string
  termEnd: string | null
  /** Full members on the day; probationary members too are members where a congress is asked for. */
  fullMembers: number
  members: number
}

/** @throws DomainError BODY_NOT_ALLOWED */
function requireBody(
  { organisationKind, members }: Electing,
  { body, scattered }: Pick<Plan, 'body'> & { scattered: boolean },
) {
  const allowed = bodiesFor({ organisationKind, members, scattered })
  if (!allowed.includes(body))
    fail('BODY_NOT_ALLOWED', { found: body, members, wanted: allowed.join(', '), ...cited(congressFrom.citation) })
}

/** A congress says how many delegates it has, and an assembly has none. @throws DomainError DELEGATES_NOT_LAWFUL */
function requireDelegates({ members }: Electing, { body, delegates }: Plan) {
  const { from, atMost, citation } = delegateNumbers
  const scattered = members < congressFrom.members
  const lawful = body === 'CONGRESS' ? delegates !== null && delegateFault(delegates, scattered) === null : !delegates
  if (!lawful)
    fail('DELEGATES_NOT_LAWFUL', {
      ...{ body, found: delegates ?? 0, wanted: body === 'CONGRESS' ? `${scattered ? 1 : from}-${atMost}` : '0' },
      ...cited(citation),
    })
}

/** @throws DomainError SEATS_NOT_LAWFUL, COMMITTEE_NOT_SET_UP, COMMITTEE_WANTED, POSTS_NOT_LAWFUL */
function requireSeatsAndPosts({ organisationKind, fullMembers }: Electing, { kind, seats, posts }: Plan) {
  const count = (post: string) => posts.filter(one => one === post).length
  const [secretaries, deputies] = [count('SECRETARY'), count('DEPUTY_SECRETARY')]
  const small = electsWithoutCommittee(organisationKind, fullMembers)
  const at = { found: small && seats === 0 ? 0 : fullMembers, wanted: committeeFrom.fullMembers }
  if (small && seats > 0) fail('COMMITTEE_NOT_SET_UP', { ...at, ...cited(committeeFrom.citation) })
  const rule = seatRuleOf(organisationKind)
  if (isWhole(kind)) {
    if (!small && seats === 0) fail('COMMITTEE_WANTED', { ...at, ...cited(committeeFrom.citation) })
    const fault = small ? null : seatFault(organisationKind, seats)
    if (rule && (fault === 'TOO_FEW' || fault === 'TOO_MANY'))
      fail('SEATS_NOT_LAWFUL', { found: seats, from: rule.from, most: rule.atMost, ...cited(rule.citation) })
    const most = isBranch(organisationKind) ? postsWithoutCommittee.DEPUTY_SECRETARY.atMost : seats - 1
    if (secretaries !== 1 || deputies > most)
      fail('POSTS_NOT_LAWFUL', {
        ...{ secretaries, deputies, wanted: `1 SECRETARY, 0-${most} DEPUTY_SECRETARY` },
        ...cited(postsWithoutCommittee.citation),
      })
    return
  }
  if (rule && (seats < 0 || seats > rule.atMost || (seats === 0 && posts.length === 0)))
    fail('SEATS_NOT_LAWFUL', { found: seats, from: 1, most: rule.atMost, ...cited(rule.citation) })
  if (secretaries > 1 || deputies > Math.max(1, rule ? rule.atMost - 1 : 1))
    fail('POSTS_NOT_LAWFUL', {
      ...{ secretaries, deputies, wanted: '0-1 SECRETARY' },
      ...cited(postsWithoutCommittee.citation),
    })
}

/** @throws DomainError TERM_NOT_KNOWN, MOVED_TOO_FAR, KIND_DOES_NOT_FIT, ELECTION_REASON_MISSING */
export function requireDayOfKind(
  termEnd: string | null,
  { kind, plannedOn, reason }: Pick<Plan, 'kind' | 'plannedOn' | 'reason'>,
  { inTimeDays }: Pick<ElectionRules, 'inTimeDays'>,
): void {
  if (isWhole(kind)) {
    const end = termEnd ?? fail('TERM_NOT_KNOWN', cited(electionCitations.TERM))
    const { from, until } = electionWindow(end)
    if (plannedOn < from || plannedOn > until)
      fail('MOVED_TOO_FAR', { found: plannedOn, from, until, ...cited(movedByAtMost.citation) })
    const wanted = kindOnDay(end, plannedOn, inTimeDays)
    if (wanted !== kind)
      fail('KIND_DOES_NOT_FIT', { found: kind, on: plannedOn, wanted, termEnd: end, ...cited(electionCitations.TERM) })
  }
  if (kind !== 'TERM' && kind !== 'DELEGATES' && !reason?.trim())
    fail('ELECTION_REASON_MISSING', { found: kind, ...cited(electionCitations.TERM) })
}

/** Who sits in the committee on the day, and how many it was to have. */
export type Sitting = {
  members: number
  posts: readonly string[]
  /** Seats that the last whole election was for; null where none has been held here. */
  size: number | null
}

/**
 * A by-election fills what is empty, and a co-option adds to what sits; nobody is elected to a seat that somebody holds.
 * @throws DomainError SEATS_NOT_VACANT, POST_NOT_VACANT
 */
function requireVacant({ organisationKind }: Electing, { kind, seats, posts }: Plan, sitting: Sitting): void {
  if (isWhole(kind)) return
  const rule = seatRuleOf(organisationKind)
  const most = (kind === 'BY_ELECTION' ? sitting.size : null) ?? rule?.atMost ?? 0
  if (seats > 0 && sitting.members + seats > most)
    fail('SEATS_NOT_VACANT', {
      ...{ found: seats, sitting: sitting.members, wanted: Math.max(0, most - sitting.members) },
      ...cited(electionCitations.REQUEST),
    })
  const taken = posts.find(
    post => sitting.posts.includes(post) && (post === 'SECRETARY' || isSinglePost(organisationKind, post)),
  )
  if (taken) fail('POST_NOT_VACANT', { found: taken, ...cited(electionCitations.REQUEST) })
}

/**
 * The opening of an election as a fact.
 * @param open whether another one of the organisation is under way
 * @param rules by which it is held to its end
 * @throws DomainError OFFICERS_ARE_APPOINTED, ELECTION_OPEN_ALREADY, ELECTION_DAYS_OUT_OF_ORDER and what its parts refuse
 */
export function opening(
  at: Electing,
  plan: Plan & { scattered: boolean },
  { today, open, rules, sitting }: { today: string; open: boolean; rules: ElectionRules; sitting: Sitting },
): Fact & { type: 'OPENED' } {
  if (!seatRuleOf(at.organisationKind))
    fail('OFFICERS_ARE_APPOINTED', { found: at.organisationKind, ...cited(electionCitations.APPOINTED) })
  if (plan.kind === 'DELEGATES') fail('DELEGATES_ARE_CALLED', cited(electionCitations.DELEGATES))
  if (open) fail('ELECTION_OPEN_ALREADY')
  if (plan.plannedOn < today)
    fail('ELECTION_DAYS_OUT_OF_ORDER', { field: 'plannedOn', found: plan.plannedOn, from: today, until: '' })
  requireBody(at, plan)
  requireDelegates(at, plan)
  requireSeatsAndPosts(at, plan)
  requireVacant(at, plan, sitting)
  requireDayOfKind(at.termEnd, plan, rules)
  const { scattered: _, ...kept } = plan
  const { orgId, organisationKind, fullMembers, termEnd } = at
  return { type: 'OPENED', on: today, orgId, organisationKind, fullMembers, rules, ...kept, termEnd }
}
