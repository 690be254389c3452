import { type StepKey, stepKeys, stepNumber } from '@linghang/rulebook'
import type { CaseState } from './case.ts'
import type { Fact } from './facts.ts'

export const after = (step: StepKey): StepKey | null => stepKeys[stepNumber(step)] ?? null

/** The register's own date for a step, where it has one; else the nearest that it has before. */
const datesOf = ({ standing }: Fact & { type: 'ADOPTED' }): Partial<Record<StepKey, string | null>> => ({
  APPLICATION: standing.appliedOn,
  APPLICANT_TALK: standing.talkHeldOn,
  ACTIVIST_DECISION: standing.activistSince,
  CANDIDATE_FILING: standing.candidateSince,
  ADMISSION_ASSEMBLY: standing.admittedOn,
})

/** Steps up to where the person stands are done, on paper: nothing is asked of them any more. */
export function adopt(state: CaseState, fact: Fact & { type: 'ADOPTED' }): CaseState {
  const { standing } = fact
  const known = datesOf(fact)
  const done: CaseState['done'] = {}
  let latest = standing.appliedOn ?? fact.on
  for (const step of stepKeys.slice(0, stepNumber(standing.doneThrough))) {
    latest = known[step] ?? latest
    done[step] = { on: latest, version: null, evidence: {}, warnings: [] }
  }
  return {
    ...state,
    appliedOn: standing.appliedOn,
    done,
    openStep: after(standing.doneThrough),
    stepOpenedOn: latest,
    notBefore: latest,
    activistSince: standing.activistSince,
    candidateSince: standing.candidateSince,
    admittedOn: standing.admittedOn,
    halfYearlyReviews: standing.lastReviewOn === null ? [] : [standing.lastReviewOn],
  }
}
