import { type Actor, once } from '@linghang/access'
import { stepOf } from '@linghang/rulebook'
import { shanghaiDay } from '@linghang/subgraph'
import type { Deps } from '../deps.ts'
import { fail } from '../errors.ts'
import { knownPeople } from '../people/known-people.ts'
import { keepCase } from './case-access.ts'
import { writeCase } from './write-case.ts'

const mostRelatives = 20

/**
 * Names the contacts (培养联系人) or introducers (入党介绍人) of a case: full members of the register, never the person
 * themselves. Naming others replaces those before; the facts keep both.
 * @throws DomainError NOT_FOUND, OWN_CASE, NOT_THE_OFFICE, CASE_CLOSED, PEOPLE_OUT_OF_RANGE, NOT_FULL_MEMBERS, DATE_IN_FUTURE
 */
export function assignPeople(deps: Deps) {
  return (
    actor: Actor,
    input: { caseId: string; as: 'CONTACT' | 'INTRODUCER'; memberIds: string[]; on: string },
    idempotencyKey: string | null,
  ): Promise<string> =>
    deps.transact(actor, tx =>
      once(tx, actor, { operation: 'assignPeople', key: idempotencyKey, input }, async () => {
        const held = await keepCase(deps, tx, actor, input.caseId)
        if (held.state.phase !== 'OPEN') fail('CASE_CLOSED', { found: held.state.phase })
        const today = shanghaiDay(deps.now())
        if (input.on > today) fail('DATE_IN_FUTURE', { field: 'on', found: input.on, today })
        const step = stepOf(held.rules, input.as === 'CONTACT' ? 'CONTACTS' : 'INTRODUCERS')
        const need = step.needs.find(({ kind }) => kind === 'PEOPLE')
        const memberIds = [...new Set(input.memberIds)]
        if (need?.kind === 'PEOPLE' && (memberIds.length < need.atLeast || memberIds.length > need.atMost))
          fail('PEOPLE_OUT_OF_RANGE', { found: memberIds.length, wanted: `${need.atLeast}–${need.atMost}` })
        const found = new Map((await knownPeople(tx, actor.countyId, memberIds)).map(one => [one.id, one]))
        const unfit = memberIds.find(id => {
          const member = found.get(id)
          return member?.kind !== 'FULL' || member.leftOn !== null || id === held.state.memberId
        })
        if (unfit) fail('NOT_FULL_MEMBERS', { found: `Member ${unfit}` })
        await writeCase(deps, tx, actor, held, 'case.people-assigned', {
          type: 'PEOPLE_ASSIGNED',
          on: input.on,
          as: input.as,
          memberIds,
        })
        return held.id
      }),
    )
}

/**
 * Declares relatives of the person who may hold an office above: they take no part in deciding (four eyes).
 * @throws DomainError NOT_FOUND, OWN_CASE, NOT_THE_OFFICE, CASE_CLOSED, PEOPLE_OUT_OF_RANGE
 */
export function declareRelatives(deps: Deps) {
  return (
    actor: Actor,
    input: { caseId: string; memberIds: string[] },
    idempotencyKey: string | null,
  ): Promise<string> =>
    deps.transact(actor, tx =>
      once(tx, actor, { operation: 'declareRelatives', key: idempotencyKey, input }, async () => {
        const held = await keepCase(deps, tx, actor, input.caseId)
        if (held.state.phase !== 'OPEN') fail('CASE_CLOSED', { found: held.state.phase })
        if (input.memberIds.length > mostRelatives)
          fail('PEOPLE_OUT_OF_RANGE', { found: input.memberIds.length, wanted: `0–${mostRelatives}` })
        await writeCase(deps, tx, actor, held, 'case.relatives-declared', {
          type: 'RELATIVES_DECLARED',
          on: shanghaiDay(deps.now()),
          memberIds: [...new Set(input.memberIds)],
        })
        return held.id
      }),
    )
}
