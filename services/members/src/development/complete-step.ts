import { type Actor, once } from '@linghang/access'
import { birthdayAt, developmentRulesOn, probationEnd, type StepKey, stepOf } from '@linghang/rulebook'
import type { Deps, Tx } from '../deps.ts'
import { type MeetingRecord, meetingRecords } from '../meetings/meeting-record.ts'
import { knownPeople } from '../people/known-people.ts'
import { type Advance, advanceMember } from '../people/write-member.ts'
import { keepCase, requireDeciderOffice } from './case-access.ts'
import { completion } from './case-commands.ts'
import { type CaseState, progressOf } from './case-state.ts'
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

export async function birthday18Of(tx: Tx, actor: Actor, memberId: string): Promise<string> {
  const [member] = await knownPeople(tx, actor.countyId, [memberId])
  return member ? birthdayAt(member.birthDate, 18) : '9999-12-31'
}

function evidenceOf(
  input: Omit<CompleteStep, 'caseId' | 'step' | 'on'>,
  state: CaseState,
  meeting: MeetingRecord | null,
  held: HeldCase,
): Evidence {
  const need = state.openStep && stepOf(held.rules, state.openStep).needs.find(({ kind }) => kind === 'MEETING')
  const resolution =
    meeting && need && need.kind === 'MEETING'
      ? resolutionFor(meeting, state.memberId, need.matters, input.resolutionId ?? undefined)
      : null
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
export async function writeStep(
  deps: Pick<Deps, 'now'>,
  tx: Tx,
  actor: Actor,
  held: HeldCase,
  facts: readonly Fact[],
): Promise<CaseState> {
  const state = await writeCase(deps, tx, actor, held, 'case.step-done', ...facts)
  const done = facts.at(-1)
  const advance = done?.type === 'STEP_DONE' ? advanceBy(held.state, state, done.step, done.on) : null
  if (advance) await advanceMember(tx, actor, state.memberId, advance, advance.leftOn ? '取消预备党员资格' : undefined)
  return state
}

/**
 * Records that the open step was done, if nothing is in the way.
 * @returns the case's id and what was let pass with a warning
 * @throws DomainError NOT_FOUND, OWN_CASE, NOT_THE_OFFICE, or the first finding that blocks, with its article
 */
export function completeStep(deps: Deps) {
  return (
    actor: Actor,
    input: CompleteStep,
    idempotencyKey: string | null,
  ): Promise<{ id: string; warnings: Finding[] }> =>
    deps.transact(actor, tx =>
      once({ tx, actor }, { operation: 'completeStep', key: idempotencyKey, input }, async () => {
        const held = await keepCase(deps, tx, actor, input.caseId)
        const { state, rules } = held
        if (stepOf(rules, input.step).office === 'DECIDER') await requireDeciderOffice(deps, tx, actor, state.orgId)
        const meeting = input.meetingId
          ? ((await meetingRecords(tx, actor.countyId, [input.meetingId])).get(input.meetingId) ?? null)
          : null
        const evidence = evidenceOf(input, state, meeting, held)
        const { facts, warnings } = completion(
          caseToday(deps, held, await birthday18Of(tx, actor, state.memberId)),
          { step: input.step, on: input.on, evidence },
          meeting,
        )
        await writeStep(deps, tx, actor, held, facts)
        return { id: held.id, warnings }
      }),
    )
}
