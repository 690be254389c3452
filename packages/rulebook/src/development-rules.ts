import type { IsoDate } from './calendar.ts'
import type { Citation } from './deadline.ts'

/** A number of the development rules with the place where it stands. */
export type Provision = Citation & { months: number }

/** One version of the 中国共产党发展党员工作细则. A step keeps the version under which it was done. */
export type DevelopmentRuleSet = {
  version: '2014' | '2026'
  /** From this day on a step is done under this version. */
  effectiveFrom: IsoDate
  /** A person of the organisation talks to the applicant within this time of the application. */
  applicantTalk: Provision
  /** The branch reviews every activist, candidates included, once in this time. */
  activistReview: Provision
  /** Education and observation that come before candidacy, at least. */
  activistYear: Provision
  /** Probation, from the day of the assembly that admitted. */
  probation: Provision
}

const source2014 = '《中国共产党发展党员工作细则》（2014 年）'
const source2026 =
  '《中国共产党发展党员工作细则》（2026 年修订）, https://www.12371.cn/2026/05/18/ARTI1779102179030620.shtml'

/**
 * The versions in force, oldest first. The numbers of both are the same here; what differs is where they stand.
 * The 2026 text is known from secondary sources; its articles behind the old art. 19 stand one lower. Its
 * effective date is taken to be the day of its publication.
 */
export const developmentRuleSets: readonly DevelopmentRuleSet[] = [
  {
    version: '2014',
    effectiveFrom: '2014-05-28',
    applicantTalk: { months: 1, article: '第七条', source: source2014, certainty: 'VERIFIED' },
    activistReview: { months: 6, article: '第十一条', source: source2014, certainty: 'VERIFIED' },
    activistYear: { months: 12, article: '第十三条', source: source2014, certainty: 'VERIFIED' },
    // The year is verified; the article is inferred from the shift against 2026.
    probation: { months: 12, article: '第三十二条', source: source2014, certainty: 'RECALLED' },
  },
  {
    version: '2026',
    effectiveFrom: '2026-05-18',
    applicantTalk: { months: 1, article: '第七条', source: source2026, certainty: 'SECONDARY' },
    activistReview: { months: 6, article: '第十一条', source: source2026, certainty: 'SECONDARY' },
    activistYear: { months: 12, article: '第十三条', source: source2026, certainty: 'SECONDARY' },
    probation: { months: 12, article: '第三十一条', source: source2026, certainty: 'SECONDARY' },
  },
]

/** The development rules under which a step of this day is done; before 2014 the oldest version that is carried. */
export function ruleSetOn(date: IsoDate): DevelopmentRuleSet {
  return developmentRuleSets.findLast(({ effectiveFrom }) => effectiveFrom <= date) ?? developmentRuleSets[0]!
}
