import { type Actor, once, shanghaiDay } from '@linghang/access'
import { develops, temporaryBranchCitation } from '@linghang/rulebook'
import type { Deps, Tx } from '../deps.ts'
import { fail } from '../errors.ts'
import { holdPerson, organisationKind } from '../people/known-people.ts'
import { caseStore } from './store.ts'
import { writeCase } from './write-case.ts'

/** Opens a case by an application: its first step is open and asks for the letter. @throws DomainError TEMPORARY_BRANCH_DEVELOPS_NOBODY */
export async function openCase(
  deps: Pick<Deps, 'now' | 'newId'>,
  tx: Tx,
  actor: Actor,
  applicant: { id: string; orgId: string; appliedOn: string },
): Promise<string> {
  const { article, source } = temporaryBranchCitation
  if (!develops((await organisationKind(tx, applicant.orgId)) ?? ''))
    fail('TEMPORARY_BRANCH_DEVELOPS_NOBODY', { article, source })
  const id = deps.newId()
  await writeCase(deps, tx, actor, { id, state: null }, 'case.opened', {
    type: 'OPENED',
    on: applicant.appliedOn,
    memberId: applicant.id,
    orgId: applicant.orgId,
    source: 'APPLICATION',
  })
  return id
}

/**
 * Opens a case for an applicant of the register who has none: somebody who withdrew, or was refused, and applies again.
 * @throws DomainError NOT_FOUND, NOT_AN_APPLICANT, CASE_OPEN_ALREADY, DATE_IN_FUTURE, TEMPORARY_BRANCH_DEVELOPS_NOBODY
 */
export function openDevelopmentCase(deps: Deps) {
  return (
    actor: Actor,
    input: { memberId: string; appliedOn: string },
    idempotencyKey: string | null,
  ): Promise<string> =>
    deps.transact(actor, tx =>
      once({ tx, actor }, { operation: 'openDevelopmentCase', key: idempotencyKey, input }, async () => {
        const member = await holdPerson(tx, actor.countyId, input.memberId)
        const kept = member ? await deps.supervision.kept(tx, actor, [member.orgId]) : new Set()
        if (!member || !kept.has(member.orgId)) return fail('NOT_FOUND', { what: `Member:${input.memberId}` })
        if (member.id === actor.memberId) fail('OWN_CASE')
        if (member.leftOn) fail('ALREADY_LEFT', { leftOn: member.leftOn })
        if (member.kind !== 'APPLICANT') fail('NOT_AN_APPLICANT', { kind: member.kind })
        const today = shanghaiDay(deps.now())
        if (input.appliedOn > today) fail('DATE_IN_FUTURE', { field: 'appliedOn', found: input.appliedOn, today })
        if ((await caseStore.lockOpenOf(tx, actor.countyId, [member.id])).length > 0) fail('CASE_OPEN_ALREADY')
        return openCase(deps, tx, actor, { ...member, appliedOn: input.appliedOn })
      }),
    )
}
