import { delegateNumbers, type ElectionRules, electionCitations, seatRuleOf } from '@linghang/rulebook'
import { toId } from '@linghang/subgraph/ids'
import type { ElectionState } from './election.ts'
import { fail } from './errors.ts'
import type { Congress, DelegateUnit, Fact } from './facts.ts'
import { cited, type Electing } from './opening.ts'
import { type ElectionToday, requireApproved, requireDay, requireOpen } from './preparing.ts'

/** What is known of an organisation that is called to elect delegates. */
export type Unit = DelegateUnit & {
  /** All that it is below. */
  superiorIds: readonly string[]
}
/** How the elections stand that were called before. */
export type Called = ReadonlyMap<string, Pick<ElectionState, 'phase' | 'elected'>>

/**
 * Shares delegates out to organisations below, in as many calls as it takes; whoever's election was called off may be called anew.
 * @throws DomainError ELECTION_CLOSED, NOT_A_CONGRESS, NOT_APPROVED_YET, UNIT_NOT_BELOW, UNIT_CALLED_ALREADY, TOO_MANY_DELEGATES
 */
export function calling(
  { state, today }: ElectionToday,
  units: readonly Unit[],
  called: Called,
): Fact & { type: 'DELEGATES_CALLED' } {
  requireOpen(state)
  const law = cited(electionCitations.DELEGATES)
  const { delegates } = state
  if (delegates === null) return fail('NOT_A_CONGRESS', { found: state.body, ...law })
  requireApproved(state, 'REQUEST')
  const standing = state.units.filter(({ electionId }) => called.get(electionId)?.phase !== 'CANCELLED')
  const all = new Set([...standing, ...units].map(({ orgId }) => orgId))
  for (const [i, { orgId, superiorIds }] of units.entries()) {
    const unit = toId('Organisation', orgId)
    const before = standing.find(one => one.orgId === orgId)
    if (before) fail('UNIT_CALLED_ALREADY', { unit, found: called.get(before.electionId)?.phase ?? 'OPEN' })
    const twice = units.findIndex(one => one.orgId === orgId) < i
    if (twice || !superiorIds.includes(state.orgId) || superiorIds.some(id => all.has(id)))
      fail('UNIT_NOT_BELOW', { unit, ...law })
  }
  const found = [...standing, ...units].reduce((sum, { seats }) => sum + seats, 0)
  if (found > delegates) fail('TOO_MANY_DELEGATES', { found, wanted: delegates, ...cited(delegateNumbers.citation) })
  return { type: 'DELEGATES_CALLED', on: today, units: units.map(({ superiorIds: _, ...unit }) => unit) }
}

/**
 * The opening of the election of delegates at one of these: ordered from above, it asks for no consent of its own.
 * @throws DomainError OFFICERS_ARE_APPOINTED, ELECTION_OPEN_ALREADY, SEATS_NOT_LAWFUL, ELECTION_DAYS_OUT_OF_ORDER
 */
export function openingOfDelegates(
  { orgId, organisationKind, fullMembers }: Electing,
  {
    congress,
    seats,
    plannedOn,
    congressOn,
  }: { congress: Congress; seats: number; plannedOn: string; congressOn: string },
  { today, open, rules }: { today: string; open: boolean; rules: ElectionRules },
): Fact & { type: 'OPENED' } {
  if (!seatRuleOf(organisationKind))
    fail('OFFICERS_ARE_APPOINTED', { found: organisationKind, ...cited(electionCitations.APPOINTED) })
  if (open) fail('ELECTION_OPEN_ALREADY')
  if (seats < 1 || seats > fullMembers)
    fail('SEATS_NOT_LAWFUL', { found: seats, from: 1, most: fullMembers, ...cited(delegateNumbers.citation) })
  requireDay('plannedOn', plannedOn, today, congressOn)
  return {
    ...{ type: 'OPENED', on: today, orgId, organisationKind, fullMembers, rules, congress },
    ...{ kind: 'DELEGATES', body: 'ASSEMBLY', seats, posts: [], plannedOn, termEnd: null, reason: null },
    ...{ consentToEqual: false, delegates: null },
  }
}

/** Before a congress is summoned its delegates are elected, and examined. @throws DomainError DELEGATES_NOT_ELECTED */
export function requireDelegatesElected({ delegates, units }: ElectionState, called: Called): void {
  if (delegates === null) return
  const phaseOf = ({ electionId }: DelegateUnit) => called.get(electionId)?.phase
  const standing = units.filter(unit => phaseOf(unit) !== 'CANCELLED')
  const open = standing.filter(unit => phaseOf(unit) !== 'DONE').length
  const found = standing.reduce((sum, { seats }) => sum + seats, 0)
  if (open > 0 || found < delegates)
    fail('DELEGATES_NOT_ELECTED', { wanted: delegates, found, open, ...cited(electionCitations.DELEGATES) })
}

/** Who was elected a delegate. */
const delegatesOf = ({ units }: ElectionState, called: Called): string[] =>
  units.flatMap(({ electionId }) => {
    const election = called.get(electionId)
    return election?.phase === 'DONE' ? election.elected : []
  })

/** A congress is of its delegates and of nobody else. @throws DomainError DELEGATES_DIFFER */
export function requireOfDelegates(
  state: ElectionState,
  called: Called,
  meeting: { id: string; people: ReadonlySet<string> },
): void {
  if (state.delegates === null) return
  const delegates = new Set(delegatesOf(state, called))
  const missing = [...delegates].filter(id => !meeting.people.has(id)).length
  const strangers = [...meeting.people].filter(id => !delegates.has(id)).length
  if (missing + strangers > 0)
    fail('DELEGATES_DIFFER', {
      ...{ meetingId: toId('Meeting', meeting.id), missing, strangers },
      ...cited(electionCitations.DELEGATES),
    })
}
