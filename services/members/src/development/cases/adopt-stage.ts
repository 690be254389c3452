import { type StepKey, stepKeys, stepNumber } from '@linghang/rulebook'
import type { CaseState } from './case.ts'
import type { Fact } from './facts.ts'

export const after = (step: StepKey): StepKey | null => stepKeys[stepNumber(step)] ?? null

/** The register's own date for a step, where it has one; else the nearest that it has before. */
const datesOf = ({ standing: reached }: Fact & { type: 'ADOPTED' }): Partial<Record<StepKey, string | null>> => ({
  APPLICATION: reached.appliedOn,
  APPLICANT_TALK: reached.talkHeldOn,
  ACTIVIST_DECISION: reached.activistSince,
  CANDIDATE_FILING: reached.candidateSince,
  ADMISSION_ASSEMBLY: reached.admittedOn,
})

/** Steps up to where the person stands are done, on paper: nothing is asked of them any more. */
export function adopt(state: CaseState, fact: Fact & { type: 'ADOPTED' }): CaseState {
  const { standing: reached } = fact
  const known = datesOf(fact)
  const done: CaseState['done'] = {}
  let latest = reached.appliedOn ?? fact.on
  for (const step of stepKeys.slice(0, stepNumber(reached.doneThrough))) {
    latest = known[step] ?? latest
    done[step] = { on: latest, version: null, evidence: {}, warnings: [] }
  }
  return {
    ...state,
    appliedOn: reached.appliedOn,
    done,
    openStep: after(reached.doneThrough),
    stepOpenedOn: latest,
    notBefore: latest,
    activistSince: reached.activistSince,
    candidateSince: reached.candidateSince,
    admittedOn: reached.admittedOn,
    halfYearlyReviews: reached.lastReviewOn === null ? [] : [reached.lastReviewOn],
  }
}
