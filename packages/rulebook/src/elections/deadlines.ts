import type { Deadline, DeadlineRule } from '../deadline.ts'
import { type ElectionStep, type TimelineStep, timelineCitation } from './timeline.ts'

/** The rules by which the steps of an election fall due; steps that another one implies have none of their own. */
export const electionDeadlineRules = {
  REQUEST: 'ELECTION_REQUEST',
  REPLY: 'ELECTION_REPLY',
  RECOMMENDATION: 'ELECTION_RECOMMENDATION',
  CANDIDATES_REQUEST: 'ELECTION_CANDIDATES',
  CANDIDATES_REPLY: 'ELECTION_CANDIDATES_REPLY',
  ANNOUNCEMENT: 'ELECTION_ANNOUNCEMENT',
  SUMMONS: 'ELECTION_SUMMONS',
  ASSEMBLY: 'ELECTION_ASSEMBLY',
  REPORT: 'ELECTION_REPORT',
  RESULT_REPLY: 'ELECTION_RESULT_REPLY',
} as const satisfies Partial<Record<ElectionStep, DeadlineRule>>
export type ElectionDeadlineRule = (typeof electionDeadlineRules)[keyof typeof electionDeadlineRules]

const hasRule = (step: ElectionStep): step is keyof typeof electionDeadlineRules =>
  Object.hasOwn(electionDeadlineRules, step)

export type ElectionDate = Omit<Deadline, 'office'> & { rule: ElectionDeadlineRule; orgId: string }

/**
 * What is due of an election that is under way: each step that is not done, at the office that sees to it.
 * @param superiorId who is above; where nobody is, what would be theirs is the organisation's own
 */
export const electionDates = (
  steps: readonly (TimelineStep & { done: boolean })[],
  orgId: string,
  superiorId: string | null,
): ElectionDate[] =>
  steps.flatMap(({ step, dueOn, office, done }) =>
    done || !hasRule(step)
      ? []
      : [
          {
            ...timelineCitation,
            ...{ rule: electionDeadlineRules[step], dueOn, nature: 'LATEST' as const },
            orgId: office === 'SUPERIOR' ? (superiorId ?? orgId) : orgId,
          },
        ],
  )
