import { develops, temporaryBranchCitation } from '@linghang/rulebook'
import { holdPerson, organisationKind } from '../../register/people/known-people.ts'
import { useCase, type Work } from '../../work.ts'
import { fail } from './errors.ts'
import { caseLocks } from './lock-store.ts'
import { writeCase } from './write-case.ts'

/** Opens a case by an application: its first step is open and asks for the letter. @throws DomainError TEMPORARY_BRANCH_DEVELOPS_NOBODY */
export async function openCase(
  work: Work,
  applicant: { id: string; orgId: string; appliedOn: string },
): Promise<string> {
  const { article, source } = temporaryBranchCitation
  if (!develops((await organisationKind(work.tx, applicant.orgId)) ?? ''))
    fail('TEMPORARY_BRANCH_DEVELOPS_NOBODY', { article, source })
  const id = work.newId()
  await writeCase(work, { id, state: null }, 'case.opened', {
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
export const openDevelopmentCase = useCase(
  'openDevelopmentCase',
  async (work, input: { memberId: string; appliedOn: string }): Promise<string> => {
    const member = await holdPerson(work.tx, work.actor.countyId, input.memberId)
    const kept = member ? await work.supervision.kept([member.orgId]) : new Set()
    if (!member || !kept.has(member.orgId)) return fail('NOT_FOUND', { what: `Member:${input.memberId}` })
    if (member.id === work.actor.memberId) fail('OWN_CASE')
    if (member.leftOn) fail('ALREADY_LEFT', { leftOn: member.leftOn })
    if (member.kind !== 'APPLICANT') fail('NOT_AN_APPLICANT', { kind: member.kind })
    const today = work.today
    if (input.appliedOn > today) fail('DATE_IN_FUTURE', { field: 'appliedOn', found: input.appliedOn, today })
    if ((await caseLocks.lockOpenOf(work.tx, work.actor.countyId, [member.id])).length > 0) fail('CASE_OPEN_ALREADY')
    return openCase(work, { ...member, appliedOn: input.appliedOn })
  },
)
