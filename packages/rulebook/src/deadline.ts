import type { IsoDate } from './calendar.ts'

/** The statutory dates that the platform watches. */
export const deadlineRules = [
  'APPLICANT_TALK',
  'HALF_YEARLY_REVIEW',
  'THOUGHT_REPORT',
  'ACTIVIST_ONE_YEAR',
  'NOTICE_ENDS',
  'POLITICAL_REVIEW_EXPIRES',
  'ADMISSION_ASSEMBLY',
  'ADMISSION_APPROVAL',
  'OATH',
  'PROBATION_REVIEW',
  'PROBATION_ENDS',
  'CONVERSION_APPROVAL',
  'APPROVAL_DUE',
  'TERM_ENDS',
  'ELECTION_REQUEST',
  'ELECTION_REPLY',
  'ELECTION_RECOMMENDATION',
  'ELECTION_CANDIDATES',
  'ELECTION_CANDIDATES_REPLY',
  'ELECTION_ANNOUNCEMENT',
  'ELECTION_SUMMONS',
  'ELECTION_ASSEMBLY',
  'ELECTION_REPORT',
  'ELECTION_RESULT_REPLY',
  'THEME_DAY',
  'PLANNED_MEETING',
  'REMARK_LEFT',
  'REMARK_ANSWER',
  'CRITICISM_MEASURE',
  'DUES_FIXING',
  'DUES_SUMMARY',
  'DUES_PUBLICATION',
  'DUES_REPORT',
  'DUES_TALK',
  'DUES_WARNING',
  'DUES_MATTER',
  'DUES_SPENDING_DECISION',
  'DUES_SPENDING_BOOKING',
  'DUES_SPENDING_BASIS',
  'APPEAL_HEARING',
  'APPEAL_ANSWER',
  'LEDGER_REVIEWS',
  'LEDGER_REVIEW_PUBLISHED',
  'BOARD_TALK',
  'NAMING_ANSWER',
] as const
export type DeadlineRule = (typeof deadlineRules)[number]

/**
 * How sure the number and the article are. VERIFIED: read in the text of the regulation or of the party's own site;
 * SECONDARY: read in a handbook or another system; RECALLED: not checked. The weaker of number and article counts.
 */
export const certainties = ['VERIFIED', 'SECONDARY', 'RECALLED'] as const
export type Certainty = (typeof certainties)[number]

/** What another service has told of; what nobody here knows counts as not checked. */
export const certaintyOf = (told: string): Certainty => certainties.find(certainty => certainty === told) ?? 'RECALLED'

/** What no regulation fixes and offices do: it is said as such, and is no matter of the superior's when it is late. */
export const practiceArticle = '工作惯例'

/** Where a number stands. */
export type Citation = { article: string; source: string; certainty: Certainty }

/**
 * A date that a regulation fixes. LATEST: it has to be done by the end of that day. EARLIEST: it may be done from that
 * day on. Whoever holds the office is reminded.
 */
export type Deadline = Citation & {
  rule: DeadlineRule
  dueOn: IsoDate
  nature: 'LATEST' | 'EARLIEST'
  office: { role: 'SECRETARY'; at: 'OWN' }
}

/** The deadline that a citation gives; the branch's or organisation's own secretary answers for it. */
export const createDeadline = (
  rule: DeadlineRule,
  dueOn: IsoDate,
  nature: Deadline['nature'],
  { article, source, certainty }: Citation,
): Deadline => ({ rule, dueOn, nature, article, source, certainty, office: { role: 'SECRETARY', at: 'OWN' } })
