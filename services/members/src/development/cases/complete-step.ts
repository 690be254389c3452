import { birthdayAt, developmentRulesOn, needOf, probationEnd, type StepKey, stepOf } from '@linghang/rulebook'
import { knownPeople } from '../../register/people/known-people.ts'
import { type Advance, advanceMember } from '../../register/people/write-member.ts'
import { useCase, type Work } from '../../work.ts'
import type { MeetingRecord } from '../known-meetings/meeting-record.ts'
import { meetingRecords } from '../known-meetings/read-meetings.ts'
import type { CaseState } from './case.ts'
import { keepCase, requireDeciderOffice } from './case-access.ts'
import { completion } from './case-commands.ts'
import { progressOf } from './case-progress.ts'
import type { Evidence, Fact } from './facts.ts'
import { resolutionFor } from './judge-meeting.ts'
import type { Finding } from './judgement.ts'
import { caseToday, type HeldCase, writeCase } from './write-case.ts'

export type CompleteStep = {
  caseId: string
  step: StepKey
  on: string
  meetingId: string | null
  resolutionId: string | null
  training: { days: number; hours: number } | null
  trainingPassed: boolean | null
  trainingException: string | null
  conclusion: 'PASSED' | null
  lateReason: string | null
  extendedTo: string | null
}

/** What a step that is done makes of the person in the register; null where it changes nothing there. */
function advanceBy(before: CaseState, after: CaseState, step: StepKey, on: string): Advance | null {
  switch (step) {
    case 'APPLICANT_TALK':
      return { talkHeldOn: on }
    case 'ACTIVIST_DECISION':
      return { kind: 'ACTIVIST', activistSince: on }
    case 'CANDIDATE_FILING':
      return { kind: 'CANDIDATE', candidateSince: on }
    // Membership counts from the assembly, once the committee has approved (党员教育管理工作条例, art. 24).
    case 'ADMISSION_APPROVAL':
      return { kind: 'PROBATIONARY', joinedOn: after.admittedOn }
    case 'CONVERSION_APPROVAL': {
      if (after.phase === 'ENDED') return { leftOn: on }
      const convertedOn = before.done.CONVERSION_ASSEMBLY?.on ?? on
      const endsOn = probationEnd(progressOf(before), developmentRulesOn(before.stepOpenedOn))
      // Standing counts from the end of probation; a late assembly does not take it away.
      return before.conversionOutcome === 'CONVERSION' ? { kind: 'FULL', fullMemberSince: endsOn ?? convertedOn } : null
    }
    default:
      return null
  }
}

export async function birthday18Of(work: Work, memberId: string): Promise<string> {
  const [member] = await knownPeople(work.tx, work.actor.countyId, [memberId])
  return member ? birthdayAt(member.birthDate, 18) : '9999-12-31'
}

function evidenceOf(
  input: Omit<CompleteStep, 'caseId' | 'step' | 'on'>,
  meeting: MeetingRecord | null,
  { state, rules }: HeldCase,
): Evidence {
  const need = state.openStep && needOf(stepOf(rules, state.openStep), 'MEETING')
  const resolution =
    meeting && need ? resolutionFor(meeting, state.memberId, need.matters, input.resolutionId ?? undefined) : null
  return {
    ...(meeting ? { meetingId: meeting.id, heldOn: meeting.heldOn } : {}),
    ...(resolution
      ? { resolutionId: resolution.id, matter: resolution.matter as NonNullable<Evidence['matter']> }
      : {}),
    ...(input.training ? { training: input.training } : {}),
    ...(input.trainingPassed === null ? {} : { trainingPassed: input.trainingPassed }),
    ...(input.trainingException ? { trainingException: input.trainingException } : {}),
    ...(input.conclusion ? { conclusion: input.conclusion } : {}),
    ...(input.lateReason ? { lateReason: input.lateReason } : {}),
    ...(input.extendedTo ? { extendedTo: input.extendedTo } : {}),
  }
}

/** Writes the facts that end in a step done, with what follows from it for the register. */
export async function writeStep(work: Work, held: HeldCase, facts: readonly Fact[]): Promise<CaseState> {
  const state = await writeCase(work, held, 'case.step-done', ...facts)
  const done = facts.at(-1)
  const advance = done?.type === 'STEP_DONE' ? advanceBy(held.state, state, done.step, done.on) : null
  if (advance) await advanceMember(work, state.memberId, advance, advance.leftOn ? '取消预备党员资格' : undefined)
  return state
}

/**
 * Records that the open step was done, if nothing is in the way.
 * @returns the case's id and what was let pass with a warning
 * @throws DomainError NOT_FOUND, OWN_CASE, NOT_THE_OFFICE, or the first finding that blocks, with its article
 */
export const completeStep = useCase(
  'completeStep',
  async (work, input: CompleteStep): Promise<{ id: string; warnings: Finding[] }> => {
    const held = await keepCase(work, input.caseId)
    const { state, rules } = held
    if (stepOf(rules, input.step).office === 'DECIDER') await requireDeciderOffice(work, state.orgId)
    const meeting = input.meetingId
      ? ((await meetingRecords(work.tx, work.actor.countyId, [input.meetingId])).get(input.meetingId) ?? null)
      : null
    const evidence = evidenceOf(input, meeting, held)
    const { facts, warnings } = completion(
      caseToday(work, held, await birthday18Of(work, state.memberId)),
      { step: input.step, on: input.on, evidence },
      meeting,
    )
    await writeStep(work, held, facts)
    return { id: held.id, warnings }
  },
)
