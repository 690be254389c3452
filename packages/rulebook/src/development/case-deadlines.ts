import { addDays, addMonths, type IsoDate } from '../calendar.ts'
import type { Citation, DeadlineRule } from '../deadline.ts'
import { stepOf } from './rule-sets.ts'
import { practice } from './rules-of-steps.ts'
import { type DevelopmentRules, type StepKey, stepNumber, type Wait } from './step.ts'

/** Where a case stands, as far as dates go. */
export type CaseProgress = {
  /** The step that is open; null once the case is closed. */
  openStep: StepKey | null
  /** The day on which each step was done, or is known to have been done. */
  doneOn: Partial<Record<StepKey, IsoDate>>
  activistSince: IsoDate | null
  /** The assembly that admitted; probation counts from there. */
  admittedOn: IsoDate | null
  /** As the assembly fixed it, where probation was extended. */
  probationExtendedTo: IsoDate | null
  /** To when the discussion was put off, of somebody who moved in (预备党员转入，推迟讨论). */
  conversionPostponedTo?: IsoDate | null
  halfYearlyReviews: readonly IsoDate[]
  thoughtReports: readonly IsoDate[]
  probationReviews: readonly IsoDate[]
  /** The last day of a public notice that hangs. */
  noticeUntil: IsoDate | null
  /** The day on which the platform first knew of the person: what lies before is on paper. */
  knownOn: IsoDate
}

/** A date of a case with the office that can act: the branch's own, or that of the committee above. */
export type CaseDeadline = Citation & {
  rule: DeadlineRule
  dueOn: IsoDate
  nature: 'LATEST' | 'EARLIEST'
  at: 'BRANCH' | 'DECIDER'
}

/** A review this long before its mark is that mark's. */
const EARLY_MONTHS = 1

/**
 * The next mark of something that comes round every so many months since `since`, each counted from that day and not
 * from the mark before: 31 August gives 28 February and 31 August again. Marks before `knownOn` are on paper.
 */
export function nextMark(since: IsoDate, months: number, held: readonly IsoDate[], knownOn: IsoDate): IsoDate {
  const last = held.toSorted().at(-1) ?? ''
  for (let period = 1; ; period++) {
    const mark = addMonths(since, months * period)
    const isDone = last === '' ? mark < knownOn : last >= addMonths(mark, -EARLY_MONTHS)
    if (!isDone) return mark
  }
}

/** The end of probation: a year from the assembly, or as it was extended. */
export const probationEnd = (
  progress: Pick<CaseProgress, 'admittedOn' | 'probationExtendedTo'>,
  rules: DevelopmentRules,
): IsoDate | null =>
  progress.probationExtendedTo ??
  (progress.admittedOn === null ? null : addMonths(progress.admittedOn, rules.probation.months))

const termRules: Partial<Record<StepKey, { rule: DeadlineRule; at: CaseDeadline['at'] }>> = {
  APPLICANT_TALK: { rule: 'APPLICANT_TALK', at: 'BRANCH' },
  COMMITTEE_EXAMINATION: { rule: 'POLITICAL_REVIEW_EXPIRES', at: 'BRANCH' },
  ADMISSION_ASSEMBLY: { rule: 'ADMISSION_ASSEMBLY', at: 'BRANCH' },
  ADMISSION_APPROVAL: { rule: 'ADMISSION_APPROVAL', at: 'DECIDER' },
  OATH: { rule: 'OATH', at: 'BRANCH' },
  CONVERSION_APPROVAL: { rule: 'CONVERSION_APPROVAL', at: 'DECIDER' },
}

/** The rule by whose name a step's own term is shown and reminded of; null where the step has none. */
export const termRuleOf = (step: StepKey): DeadlineRule | null => termRules[step]?.rule ?? null

/** Terms run from the step before them, whether or not the steps in between are done: so they are shown from then on. */
function terms(progress: CaseProgress, rules: DevelopmentRules, open: StepKey): CaseDeadline[] {
  return (Object.keys(termRules) as StepKey[]).flatMap(key => {
    const step = stepOf(rules, key)
    const { rule, at: decidedAt } = termRules[key] as { rule: DeadlineRule; at: CaseDeadline['at'] }
    // A decision waits on the committee while its own step is open, and on the branch until it hands in.
    const at = decidedAt === 'DECIDER' ? stepOf(rules, open).office : decidedAt
    if (stepNumber(key) < stepNumber(open)) return []
    return step.waits.flatMap((wait: Wait) => {
      const from = progress.doneOn[wait.from]
      if (wait.nature !== 'LATEST' || from === undefined) return []
      return [{ rule, at, dueOn: addMonths(from, wait.months), nature: 'LATEST' as const, ...wait.citation }]
    })
  })
}

function observation(progress: CaseProgress, rules: DevelopmentRules, open: StepKey): CaseDeadline[] {
  const { activistSince, knownOn } = progress
  const number = stepNumber(open)
  // Admitted: what follows is probation.
  if (activistSince === null || number <= stepNumber('ACTIVIST_DECISION') || number > stepNumber('ADMISSION_ASSEMBLY'))
    return []
  const { activistReview, thoughtReport } = rules
  const own = { nature: 'LATEST' as const, at: 'BRANCH' as const }
  const candidacy = stepOf(rules, 'CANDIDATE_DECISION').waits.find(wait => wait.nature === 'EARLIEST')
  return [
    {
      rule: 'HALF_YEARLY_REVIEW',
      dueOn: nextMark(activistSince, activistReview.months, progress.halfYearlyReviews, knownOn),
      ...own,
      // The regulation speaks of activists (第十一条); that candidates go on being reviewed is what offices do.
      ...(number > stepNumber('CANDIDATE_FILING') ? practice : activistReview.citation),
    },
    {
      rule: 'THOUGHT_REPORT',
      dueOn: nextMark(activistSince, thoughtReport.months, progress.thoughtReports, knownOn),
      ...own,
      ...thoughtReport.citation,
    },
    ...(candidacy && number <= stepNumber('CANDIDATE_DECISION')
      ? [
          {
            rule: 'ACTIVIST_ONE_YEAR' as const,
            dueOn: addMonths(activistSince, candidacy.months),
            nature: 'EARLIEST' as const,
            at: 'BRANCH' as const,
            ...candidacy.citation,
          },
        ]
      : []),
  ]
}

function probation(progress: CaseProgress, rules: DevelopmentRules, open: StepKey): CaseDeadline[] {
  const endsOn = probationEnd(progress, rules)
  const number = stepNumber(open)
  if (endsOn === null || progress.admittedOn === null) return []
  // Counted from the assembly, but nobody is on probation before the committee has approved.
  if (number <= stepNumber('ADMISSION_APPROVAL') || number > stepNumber('CONVERSION_ASSEMBLY')) return []
  const own = { nature: 'LATEST' as const, at: 'BRANCH' as const }
  const postponed = progress.conversionPostponedTo ?? null
  const mark = nextMark(progress.admittedOn, rules.probationReview.months, progress.probationReviews, progress.knownOn)
  return [
    postponed !== null && postponed > endsOn
      ? { rule: 'PROBATION_ENDS', dueOn: postponed, ...own, ...rules.postponement.citation }
      : { rule: 'PROBATION_ENDS', dueOn: endsOn, ...own, ...rules.probation.citation },
    ...(mark < endsOn
      ? [{ rule: 'PROBATION_REVIEW' as const, dueOn: mark, ...own, ...rules.probationReview.citation }]
      : []),
  ]
}

/**
 * The next dates of a case under its rules, the nearest first; none once it is closed. Pure.
 * A public notice may be closed from the day after its last day.
 */
export function caseDeadlines(progress: CaseProgress, rules: DevelopmentRules): CaseDeadline[] {
  const { openStep: open, noticeUntil } = progress
  if (open === null) return []
  const notice: CaseDeadline[] =
    noticeUntil === null
      ? []
      : [
          {
            rule: 'NOTICE_ENDS',
            dueOn: addDays(noticeUntil, 1),
            nature: 'EARLIEST',
            at: 'BRANCH',
            ...stepOf(rules, open).citation,
          },
        ]
  return [
    ...terms(progress, rules, open),
    ...observation(progress, rules, open),
    ...probation(progress, rules, open),
    ...notice,
  ].sort((one, other) => (one.dueOn < other.dueOn ? -1 : one.dueOn > other.dueOn ? 1 : 0))
}
