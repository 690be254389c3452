import { type Need, needOf, stepOf } from '@linghang/rulebook'
import { toId } from '@linghang/subgraph'
import { holdPerson, knownPeople } from '../../register/people/known-people.ts'
import { suspendedOn } from '../../register/people/penalties.ts'
import type { Tx } from '../../work.ts'
import type { CaseState } from './case.ts'
import { fail } from './errors.ts'
import { onCase } from './on-case.ts'
import { caseStore } from './store.ts'
import type { HeldCase } from './write-case.ts'

const mostRelatives = 20

/** Nobody is named for a stage before the person has reached it. @throws DomainError DATES_OUT_OF_ORDER */
function requireAfterStage(
  { appliedOn, activistSince, candidateSince }: CaseState,
  { as, on }: { as: 'CONTACT' | 'INTRODUCER'; on: string },
): void {
  const reached = (as === 'CONTACT' ? activistSince : candidateSince) ?? appliedOn
  if (reached !== null && on < reached)
    fail('DATES_OUT_OF_ORDER', { found: on, wanted: `not before ${reached}`, wantedZh: `不早于 ${reached}` })
}

type People = Need & { kind: 'PEOPLE' }
/** What a refusal calls somebody: by name where the actor sees them anyway. */
type NameOf = (memberId: string) => string

/** Whom the county keeps out as a relative. @throws DomainError RELATIVE_KEPT_OUT */
function requireNoRelative(
  { limits }: People,
  memberIds: readonly string[],
  relatives: readonly string[],
  nameOf: NameOf,
): void {
  const relative = limits?.relatives === false ? memberIds.find(id => relatives.includes(id)) : undefined
  if (!limits || relative === undefined) return
  const { article, source } = limits.citation
  fail('RELATIVE_KEPT_OUT', { found: toId('Member', relative), name: nameOf(relative), article, source })
}

/** What the county asks of those who are named. @throws DomainError RELATIVE_KEPT_OUT, TOO_MANY_CASES_EACH */
async function requireWithinLimits(
  tx: Tx,
  countyId: string,
  { id, state }: HeldCase,
  need: People,
  memberIds: readonly string[],
  nameOf: NameOf,
): Promise<void> {
  requireNoRelative(need, memberIds, state.relatives, nameOf)
  const wanted = need.limits?.casesEach ?? null
  if (!need.limits || wanted === null) return
  // Two branches that name one person at the same moment are counted one after the other.
  for (const memberId of memberIds.toSorted()) {
    await holdPerson(tx, countyId, memberId)
    const found = 1 + (await caseStore.openCasesWith(tx, memberId, id))
    const { article, source } = need.limits.citation
    if (found > wanted)
      fail('TOO_MANY_CASES_EACH', {
        ...{ member: toId('Member', memberId), name: nameOf(memberId) },
        ...{ found, wanted, article, source },
      })
  }
}

/**
 * Names the contacts (培养联系人) or introducers (入党介绍人) of a case: full members of the register, never the person
 * themselves. Naming others replaces those before; the facts keep both.
 * @throws DomainError NOT_FOUND, OWN_CASE, NOT_THE_OFFICE, CASE_CLOSED, PEOPLE_OUT_OF_RANGE, NOT_FULL_MEMBERS, RIGHTS_SUSPENDED,
 *   DATE_IN_FUTURE, and what the county keeps out: RELATIVE_KEPT_OUT, TOO_MANY_CASES_EACH
 */
export const assignPeople = onCase(
  'assignPeople',
  'case.people-assigned',
  async (held, input: { caseId: string; as: 'CONTACT' | 'INTRODUCER'; memberIds: string[]; on: string }, work) => {
    const { today } = held
    if (held.state.phase !== 'OPEN') fail('CASE_CLOSED', { found: held.state.phase })
    if (input.on > today) fail('DATE_IN_FUTURE', { field: 'on', found: input.on, today })
    const step = stepOf(held.rules, input.as === 'CONTACT' ? 'CONTACTS' : 'INTRODUCERS')
    const need = needOf(step, 'PEOPLE')
    const memberIds = [...new Set(input.memberIds)]
    if (need && (memberIds.length < need.atLeast || memberIds.length > need.atMost))
      fail('PEOPLE_OUT_OF_RANGE', { found: memberIds.length, wanted: `${need.atLeast}–${need.atMost}` })
    const known = new Map((await knownPeople(work.tx, work.actor.countyId, memberIds)).map(one => [one.id, one]))
    requireAfterStage(held.state, input)
    const unfit = memberIds.find(id => {
      const member = known.get(id)
      if (member?.kind !== 'FULL' || member.leftOn !== null || id === held.state.memberId) return true
      // On that day they were full members, not only today: their names go on paper with it.
      return member.fullMemberSince !== null && member.fullMemberSince > input.on
    })
    const nameOf: NameOf = id => known.get(id)?.name ?? toId('Member', id)
    if (unfit) fail('NOT_FULL_MEMBERS', { found: toId('Member', unfit), name: nameOf(unfit), on: input.on })
    const [suspended] = await suspendedOn(work.tx, work.actor.countyId, memberIds, input.on)
    const { article, source } = step.citation
    if (suspended) {
      const who = { found: toId('Member', suspended), name: nameOf(suspended) }
      fail('RIGHTS_SUSPENDED', { ...who, on: input.on, article, source })
    }
    if (need) await requireWithinLimits(work.tx, work.actor.countyId, held, need, memberIds, nameOf)
    return { type: 'PEOPLE_ASSIGNED', on: input.on, as: input.as, memberIds }
  },
)

/**
 * Declares relatives of the person who may hold an office above: they take no part in deciding (four eyes).
 * @throws DomainError NOT_FOUND, OWN_CASE, NOT_THE_OFFICE, CASE_CLOSED, PEOPLE_OUT_OF_RANGE, and RELATIVE_KEPT_OUT for whom
 *   the case has as a contact or introducer where the county keeps relatives from that
 */
export const declareRelatives = onCase(
  'declareRelatives',
  'case.relatives-declared',
  async (held, input: { caseId: string; memberIds: string[] }, work) => {
    if (held.state.phase !== 'OPEN') fail('CASE_CLOSED', { found: held.state.phase })
    if (input.memberIds.length > mostRelatives)
      fail('PEOPLE_OUT_OF_RANGE', { found: input.memberIds.length, wanted: `0–${mostRelatives}` })
    const relatives = [...new Set(input.memberIds)]
    const known = new Map((await knownPeople(work.tx, work.actor.countyId, relatives)).map(one => [one.id, one]))
    for (const step of held.rules.steps)
      for (const need of step.needs)
        if (need.kind === 'PEOPLE')
          requireNoRelative(
            need,
            need.as === 'CONTACT' ? held.state.contacts : held.state.introducers,
            relatives,
            id => known.get(id)?.name ?? toId('Member', id),
          )
    return { type: 'RELATIVES_DECLARED', on: held.today, memberIds: relatives }
  },
)
