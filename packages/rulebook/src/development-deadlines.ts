import { addMonths, type IsoDate } from './calendar.ts'
import { createDeadline, type Deadline } from './deadline.ts'
import type { DevelopmentRuleSet, Provision } from './development-rules.ts'

/** What the register knows of a person on the way into the party. Dates are null where it does not know them. */
export type DevelopmentFacts = {
  kind: 'APPLICANT' | 'ACTIVIST' | 'CANDIDATE' | 'PROBATIONARY' | 'FULL'
  appliedOn: IsoDate | null
  activistSince: IsoDate | null
  candidateSince: IsoDate | null
  joinedOn: IsoDate | null
  talkHeldOn: IsoDate | null
  lastReviewOn: IsoDate | null
  /** The end of an extended probation, as the assembly fixed it. */
  probationExtendedTo?: IsoDate | null
  /** The day on which the register first knew of the person. */
  knownOn: IsoDate
}

/** A review this long before its half-year mark is that mark's: the reminder asks for it a month ahead. */
const REVIEW_EARLY_MONTHS = 1

function talk({ appliedOn, talkHeldOn }: DevelopmentFacts, provision: Provision): Deadline[] {
  if (appliedOn === null || talkHeldOn !== null) return []
  return [createDeadline('APPLICANT_TALK', addMonths(appliedOn, provision.months), 'LATEST', provision)]
}

/**
 * Half-year marks are counted from the day of becoming an activist, each from that day and not from the mark before:
 * 31 August gives 28 February and 31 August again. Reviews before the register knew the person are on paper.
 */
function review({ activistSince, lastReviewOn, knownOn }: DevelopmentFacts, provision: Provision): Deadline[] {
  if (activistSince === null) return []
  const isDone = (mark: IsoDate) =>
    lastReviewOn === null ? mark < knownOn : lastReviewOn >= addMonths(mark, -REVIEW_EARLY_MONTHS)
  let mark = addMonths(activistSince, provision.months)
  for (let period = 2; isDone(mark); period++) mark = addMonths(activistSince, provision.months * period)
  return [createDeadline('HALF_YEARLY_REVIEW', mark, 'LATEST', provision)]
}

function candidacy({ activistSince }: DevelopmentFacts, provision: Provision): Deadline[] {
  if (activistSince === null) return []
  return [createDeadline('ACTIVIST_ONE_YEAR', addMonths(activistSince, provision.months), 'EARLIEST', provision)]
}

function probation({ joinedOn, probationExtendedTo }: DevelopmentFacts, provision: Provision): Deadline[] {
  const dueOn = probationExtendedTo ?? (joinedOn === null ? null : addMonths(joinedOn, provision.months))
  return dueOn === null ? [] : [createDeadline('PROBATION_ENDS', dueOn, 'LATEST', provision)]
}

/**
 * The next statutory dates of a person at their present stage, under one version of the development rules; none for
 * dates that the register does not know, and none for a full member. Pure.
 */
export function developmentDeadlines(facts: DevelopmentFacts, rules: DevelopmentRuleSet): Deadline[] {
  switch (facts.kind) {
    case 'APPLICANT':
      return talk(facts, rules.applicantTalk)
    case 'ACTIVIST':
      return [...review(facts, rules.activistReview), ...candidacy(facts, rules.activistYear)]
    case 'CANDIDATE':
      return review(facts, rules.activistReview)
    case 'PROBATIONARY':
      return probation(facts, rules.probation)
    case 'FULL':
      return []
  }
}
