import { type StepKey, stepNumber } from '@linghang/rulebook'
import { advanceMember } from '../../register/people/write-member.ts'
import { useCase, type Work } from '../../work.ts'
import { writeWithdrawing } from './ask-approval.ts'
import type { CaseState } from './case.ts'
import { keepCase } from './case-access.ts'
import { type Ending, ending, reopening } from './case-commands.ts'
import { fold } from './case-state.ts'
import { fail } from './errors.ts'
import type { Fact } from './facts.ts'
import { caseLocks } from './lock-store.ts'
import { caseStore } from './store.ts'
import { caseToday, writeCase } from './write-case.ts'

/**
 * Ends a case: refused, withdrawn by the person, died, or moved to another county (where the receiving branch takes the
 * dates over, and observation counts on: `registerMember` there with them). Whoever is no member yet and whose case
 * ended stands as an applicant again, or leaves the register.
 * @throws DomainError NOT_FOUND, OWN_CASE, NOT_THE_OFFICE, CASE_CLOSED, END_REASON_NOT_FITTING, DATE_IN_FUTURE
 */
export const endCase = useCase(
  'endDevelopmentCase',
  async (work, input: { caseId: string; reason: Ending; on: string }): Promise<string> => {
    const held = await keepCase(work, input.caseId)
    const fact = ending(caseToday(work, held), input.reason, input.on)
    await writeWithdrawing(work, held, 'case.ended', fact)
    await advanceMember(work, held.state.memberId, { leftOn: input.on }, input.reason)
    return held.id
  },
)

/**
 * Lets the case that a leaving ended go on, when the leaving is undone.
 * @throws DomainError LEAVING_WAS_DECIDED where the assembly and the committee ended it, and not a record
 */
export async function resumeCase(
  work: Work,
  left: { memberId: string; leftOn: string; reason: string },
): Promise<void> {
  const last = await caseLocks.lockLastOf(work.tx, work.actor.countyId, left.memberId)
  if (last?.phase !== 'ENDED' || last.closedOn !== left.leftOn) return
  if (last.endReason === 'CANCELLED') fail('LEAVING_WAS_DECIDED', { leftOn: left.leftOn })
  const facts = (await caseStore.factsOf(work.tx, work.actor.countyId, [last.id])).get(last.id) ?? []
  const state = fold(facts.map(({ fact }) => fact))
  const fact: Fact = { type: 'RESUMED', on: work.today, reason: left.reason }
  await writeCase(work, { id: last.id, state }, 'case.resumed', fact)
}

/**
 * Goes back to an earlier step that has to be done anew: an assembly too long ago, an approval refused, evidence that
 * was wrong. What was done from there on is done again; nobody who is a member becomes an applicant again.
 * @throws DomainError NOT_FOUND, OWN_CASE, NOT_THE_OFFICE, CASE_CLOSED, STEP_CANNOT_BE_REOPENED
 */
export const reopenStep = useCase(
  'reopenStep',
  async (work, input: { caseId: string; step: StepKey; reason: string }): Promise<string> => {
    const held = await keepCase(work, input.caseId)
    const { state } = held
    const fact = reopening(caseToday(work, held), input.step, input.reason)
    await writeWithdrawing(work, held, 'case.step-reopened', fact)
    await stepBack(work, state, input.step)
    return held.id
  },
)

/** The register stands where the case stands. */
async function stepBack(
  work: Work,
  { memberId, activistSince, candidateSince }: CaseState,
  step: StepKey,
): Promise<void> {
  const number = stepNumber(step)
  if (activistSince !== null && number <= stepNumber('ACTIVIST_DECISION'))
    await advanceMember(work, memberId, { kind: 'APPLICANT', activistSince: null, candidateSince: null })
  else if (candidateSince !== null && number <= stepNumber('CANDIDATE_FILING'))
    await advanceMember(work, memberId, { kind: 'ACTIVIST', candidateSince: null })
}
