import { type MemberState, newestOf, publish, reaction } from '@linghang/events'
import type { StepKey } from '@linghang/rulebook'
import { versionsOf } from '../../register/people/known-people.ts'
import type { Tx, Work } from '../../work.ts'
import { type Policies, readPolicies } from '../policies/read-policies.ts'
import { withdrawal } from './ask-approval.ts'
import type { CaseState } from './case.ts'
import { fold } from './case-state.ts'
import type { Fact, StageReached } from './facts.ts'
import { caseLocks } from './lock-store.ts'
import { caseStore } from './store.ts'
import { type Change, ownFacts, rulesOf, writeCases } from './write-case.ts'

const kinds = ['APPLICANT', 'ACTIVIST', 'CANDIDATE', 'PROBATIONARY', 'FULL'] as const
type Kind = (typeof kinds)[number]
const rank = (kind: Kind): number => kinds.indexOf(kind)

/**
 * The last step that is taken to be done on paper, by where a roster says that the person stands. A probationary member
 * has been approved and placed; whether the oath was taken is on paper too.
 */
const doneThrough: Record<Exclude<Kind, 'FULL'>, StepKey> = {
  APPLICANT: 'APPLICATION',
  ACTIVIST: 'CONTACTS',
  CANDIDATE: 'CANDIDATE_FILING',
  PROBATIONARY: 'OATH',
}

/** Where somebody in mid-course stands, from what the register says. */
function stageReachedBy(member: MemberState & { kind: Exclude<Kind, 'FULL'> }): StageReached {
  const talked = member.kind === 'APPLICANT' && member.talkHeldOn !== null
  return {
    doneThrough: talked ? 'APPLICANT_TALK' : doneThrough[member.kind],
    appliedOn: member.appliedOn,
    activistSince: member.activistSince,
    candidateSince: member.candidateSince,
    admittedOn: member.kind === 'PROBATIONARY' ? member.joinedOn : null,
    talkHeldOn: member.talkHeldOn,
    lastReviewOn: member.lastReviewOn,
  }
}

const kindOf = (state: CaseState): Kind =>
  state.done.CONVERSION_APPROVAL
    ? 'FULL'
    : state.done.ADMISSION_APPROVAL
      ? 'PROBATIONARY'
      : state.candidateSince
        ? 'CANDIDATE'
        : state.activistSince
          ? 'ACTIVIST'
          : 'APPLICANT'

const isInDevelopment = (member: MemberState): member is MemberState & { kind: Exclude<Kind, 'FULL'> } =>
  member.kind !== 'FULL' && member.leftOn === null

/** The dates by which a case on paper stands. */
const datesOf = ({
  doneThrough: through,
  appliedOn,
  activistSince,
  candidateSince,
  admittedOn,
}: StageReached): string => JSON.stringify([through, appliedOn, activistSince, candidateSince, admittedOn])

/** Of a case that is on paper alone, no step of it done here yet: whether the register has other dates, or another kind, by now. */
function saysOtherwise(facts: readonly Fact[], member: MemberState): boolean {
  if (!isInDevelopment(member) || facts.some(({ type }) => ownFacts.has(type))) return false
  const adopted = facts.findLast(fact => fact.type === 'ADOPTED')
  return adopted?.type === 'ADOPTED' && datesOf(adopted.standing) !== datesOf(stageReachedBy(member))
}

/**
 * What the register's news means for the open case of a person: it may have left, moved, or be further than the case
 * knows, since a newer roster says so. What the case itself has written into the register comes back here and says
 * nothing new.
 */
function newsFor(state: CaseState, facts: readonly Fact[], member: MemberState, today: string): Fact[] {
  if (member.leftOn !== null) return [{ type: 'ENDED', on: member.leftOn, reason: 'LEFT' }]
  const moved: Fact[] = member.orgId === state.orgId ? [] : [{ type: 'MOVED', on: today, orgId: member.orgId }]
  const further = rank(member.kind) - rank(kindOf(state))
  if (further <= 0 && !saysOtherwise(facts, member)) return moved
  if (member.kind === 'FULL') return [...moved, { type: 'ENDED', on: today, reason: 'COMPLETED_ELSEWHERE' }]
  const { id: memberId, orgId } = member
  const reached = stageReachedBy({ ...member, kind: member.kind })
  return [...moved, { type: 'ADOPTED', on: today, memberId, orgId, source: 'ROSTER', standing: reached }]
}

/**
 * What hangs or waits at a branch comes back when the person moves away from it, leaves, or is further than was known:
 * whoever keeps the case from then on, and the superior there, ask for themselves.
 */
function takeBack(work: Work, id: string, state: CaseState, policies: Policies): Back {
  const notice: Fact[] =
    state.notice?.closedOn === null
      ? [{ type: 'NOTICE_CANCELLED', on: work.today, reason: '组织关系或人员类别变动' }]
      : []
  const held = { id, state, rules: rulesOf(state, policies), policy: policies(state.stepOpenedOn) }
  const withdrawn = withdrawal(work, held)
  return withdrawn ? { facts: [...notice, withdrawn.fact], events: [withdrawn.event] } : { facts: notice, events: [] }
}
type Back = { facts: Fact[]; events: NonNullable<ReturnType<typeof withdrawal>>['event'][] }

/** Of the register's news those that still hold: what has been overtaken in the register is followed by newer news. */
async function present(tx: Tx, countyId: string, members: readonly MemberState[]): Promise<MemberState[]> {
  const ids = members.map(({ id }) => id)
  const versions = await versionsOf(tx, countyId, ids)
  return members.filter(({ id, version }) => version === versions.get(id))
}

/**
 * Everybody who is on the way into the party has a case: people of rosters are adopted where they stand. One batch of
 * the register's events in a few statements.
 */
export const adoptCases = reaction(
  [
    'members.member.registered.v1',
    'members.member.changed.v1',
    'members.member.transferred.v1',
    'members.member.left.v1',
  ],
  async (work: Work, events) => {
    const told = newestOf(events, member => member.id)
    const { tx, today } = work
    const { countyId } = work.actor
    const ids = told.map(({ id }) => id)
    const open = await caseLocks.lockOpenOf(tx, countyId, ids)
    // A case that is held does not change the register any more while it is looked at.
    const members = await present(tx, countyId, told)
    const openIds = open.map(({ id }) => id)
    const facts = await caseStore.factsOf(tx, countyId, openIds)
    const caseOf = new Map(open.map(kase => [kase.memberId, kase]))
    const policies = await readPolicies(tx, countyId)
    const changes: Change[] = []
    const withdrawn: Back['events'] = []
    for (const member of members) {
      const kase = caseOf.get(member.id)
      if (kase) {
        const past = (facts.get(kase.id) ?? []).map(({ fact }) => fact)
        const before = fold(past)
        const news = newsFor(before, past, member, today)
        if (news.length === 0) continue
        const back = takeBack(work, kase.id, before, policies)
        withdrawn.push(...back.events)
        changes.push({ id: kase.id, before, facts: [...back.facts, ...news], action: 'case.register-changed' })
      } else if (isInDevelopment(member)) {
        const { id: memberId, orgId } = member
        const reached = stageReachedBy(member)
        const fact: Fact = { type: 'ADOPTED', on: today, memberId, orgId, source: 'ROSTER', standing: reached }
        changes.push({ id: work.newId(), before: null, facts: [fact], action: 'case.adopted' })
      }
    }
    await publish(work, withdrawn)
    await writeCases(work, changes)
  },
)
