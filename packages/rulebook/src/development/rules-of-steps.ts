import { type Certainty, type Citation, practiceArticle } from '../deadline.ts'
import type { DevelopmentRules, Need, Step, StepKey, Wait } from './step.ts'

export type Version = DevelopmentRules['version']

const sources: Record<Version, string> = {
  '2014': '《中国共产党发展党员工作细则》（2014 年）',
  '2026': '《中国共产党发展党员工作细则》（2026 年修订）, https://www.12371.cn/2026/05/18/ARTI1779102179030620.shtml',
}
/** What offices do where no regulation says it. */
export const practice: Citation = { article: practiceArticle, source: '各地发展党员工作规程', certainty: 'SECONDARY' }

const numerals = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九']
const inChinese = (n: number): string =>
  n < 10
    ? (numerals[n] as string)
    : `${n < 20 ? '' : numerals[Math.floor(n / 10)]}十${n % 10 === 0 ? '' : numerals[n % 10]}`

/**
 * Where a rule stands. Articles are named by their number in the 2026 text, known from what was published of it; the
 * revision drops the old art. 18, so that those from the examination on stand one higher in 2014, which was read in full.
 */
export const at = (version: Version, article2026: number, certainty?: Certainty): Citation => {
  const shifted = version === '2014' && article2026 >= 18
  return {
    article: `第${inChinese(shifted ? article2026 + 1 : article2026)}条`,
    source: sources[version],
    certainty: certainty ?? (version === '2014' ? 'VERIFIED' : 'SECONDARY'),
  }
}

type StepRules = { article: number; certainty?: Certainty; office?: Step['office']; needs?: Need[]; waits?: Wait[] }

const material = (citation: Citation, ...anyOf: (Need & { kind: 'MATERIAL' })['anyOf'][number][]): Need => ({
  kind: 'MATERIAL',
  level: 'BLOCK',
  citation,
  anyOf,
})

/** A review in each quarter of probation, as offices hold them. */
const probationReviews: Need = { kind: 'REVIEWS', during: 'PROBATION', level: 'WARN', citation: practice, months: 3 }

/** What each step asks for under a version. The numbers are those of the handbook's table 1.1. */
export function rulesOf(version: Version): Record<StepKey, StepRules> {
  const cite = (article: number, certainty?: Certainty) => at(version, article, certainty)
  const approval = (approvalKind: (Need & { kind: 'APPROVAL' })['approval'], citation: Citation): Need => ({
    kind: 'APPROVAL',
    level: 'BLOCK',
    citation,
    approval: approvalKind,
    inMeeting: false,
  })
  const meeting = (
    of: (Need & { kind: 'MEETING' })['of'],
    matters: (Need & { kind: 'MEETING' })['matters'],
    citation: Citation,
  ): Need => ({ kind: 'MEETING', level: 'BLOCK', citation, of, matters, secretBallot: of === 'BRANCH_ASSEMBLY' })
  const is2026 = version === '2026'
  return {
    APPLICATION: { article: 5, needs: [material(cite(6), 'application-letter')] },
    APPLICANT_TALK: {
      article: 7,
      needs: [material(cite(7), 'applicant-talk-record')],
      waits: [{ nature: 'LATEST', from: 'APPLICATION', months: 1, level: 'WARN', citation: cite(7) }],
    },
    ACTIVIST_DECISION: {
      article: 8,
      needs: [
        material(cite(8), 'activist-recommendation-members', 'activist-recommendation-league'),
        meeting('BRANCH_COMMITTEE', ['ACTIVIST'], cite(8)),
      ],
    },
    ACTIVIST_FILING: {
      article: 8,
      needs: [material(cite(8), 'activist-register'), approval('ACTIVIST_FILING', cite(8))],
    },
    CONTACTS: {
      article: 9,
      needs: [
        { kind: 'PEOPLE', level: 'BLOCK', citation: cite(9), as: 'CONTACT', atLeast: 1, atMost: 2, limits: null },
      ],
    },
    OBSERVATION: {
      article: 11,
      needs: [
        material(cite(11), 'observation-book'),
        // A review in each half-year, on whatever days the branch holds them: a duty, and no bar where one was missed.
        { kind: 'REVIEWS', during: 'OBSERVATION', level: 'WARN', citation: cite(11), months: 6 },
        { kind: 'MATERIAL', level: 'WARN', citation: practice, anyOf: ['thought-report'] },
      ],
      waits: [{ nature: 'EARLIEST', from: 'ACTIVIST_DECISION', months: 12, level: 'BLOCK', citation: cite(13) }],
    },
    CANDIDATE_DECISION: {
      article: 13,
      needs: [
        material(cite(13), 'opinions-record'),
        meeting('BRANCH_COMMITTEE', ['CANDIDATE'], cite(13)),
        ...(is2026
          ? [
              {
                kind: 'NOTICE',
                level: 'BLOCK',
                citation: cite(13),
                workingDays: 5,
                countsFirstDay: true,
              } satisfies Need,
            ]
          : []),
      ],
      waits: [{ nature: 'EARLIEST', from: 'ACTIVIST_DECISION', months: 12, level: 'BLOCK', citation: cite(13) }],
    },
    CANDIDATE_FILING: { article: 13, needs: [approval('CANDIDATE_FILING', cite(13))] },
    INTRODUCERS: {
      article: 14,
      needs: [
        { kind: 'PEOPLE', level: 'BLOCK', citation: cite(14), as: 'INTRODUCER', atLeast: 2, atMost: 2, limits: null },
      ],
    },
    POLITICAL_REVIEW: {
      article: 16,
      needs: [
        material(cite(16), 'political-review-conclusion'),
        { kind: 'CONCLUSION', level: 'BLOCK', citation: cite(16) },
      ],
    },
    TRAINING: {
      article: 17,
      office: 'DECIDER',
      needs: [
        material(cite(17), 'training-certificate'),
        { kind: 'TRAINING', level: 'BLOCK', citation: cite(17), days: 3, hours: 24, pass: is2026 },
      ],
    },
    COMMITTEE_EXAMINATION: {
      article: 18,
      needs: [material(cite(18), 'committee-examination'), meeting('BRANCH_COMMITTEE', ['EXAMINATION'], cite(18))],
      waits: [{ nature: 'LATEST', from: 'POLITICAL_REVIEW', months: 12, level: 'WARN', citation: practice }],
    },
    PRE_REVIEW: { article: 18, needs: [approval('PRE_REVIEW', cite(18))] },
    VOLUNTEER_FORM: { article: 18, needs: [material(cite(18), 'volunteer-form-guide')] },
    ADMISSION_ASSEMBLY: {
      article: 19,
      needs: [
        meeting('BRANCH_ASSEMBLY', ['ADMISSION'], cite(20)),
        material(cite(20), 'admission-ballot-and-tally'),
        material(cite(21), 'assembly-resolution'),
      ],
      // A duty that makes no later assembly void.
      waits: is2026 ? [{ nature: 'LATEST', from: 'PRE_REVIEW', months: 1, level: 'WARN', citation: cite(19) }] : [],
    },
    COMMITTEE_TALK: { article: 23, office: 'DECIDER', needs: [material(cite(23), 'committee-talk-record')] },
    ADMISSION_APPROVAL: {
      article: 25,
      needs: [approval('ADMISSION', cite(25))],
      waits: [
        {
          nature: 'LATEST',
          from: 'ADMISSION_ASSEMBLY',
          months: 3,
          monthsWithReason: 6,
          level: 'BLOCK',
          citation: cite(25),
        },
      ],
    },
    ADMISSION_FILING: { article: 25, needs: [approval('ADMISSION_FILING', cite(25))] },
    PLACEMENT: { article: 28 },
    OATH: {
      article: 29,
      waits: is2026
        ? [{ nature: 'LATEST', from: 'ADMISSION_APPROVAL', months: 1, level: 'WARN', citation: cite(29) }]
        : [],
    },
    // The text wants education and observation, and counts no reviews: what is missing is said and let pass.
    PROBATION: { article: 30, needs: [probationReviews] },
    CONVERSION_APPLICATION: {
      article: 31,
      // No article sets a day before which nobody may apply: a week before the end is usual.
      needs: [material(cite(32), 'probation-book-and-conversion-letter')],
    },
    CONVERSION_ASSEMBLY: {
      article: 32,
      needs: [
        meeting('BRANCH_ASSEMBLY', ['CONVERSION', 'EXTENSION', 'CANCELLATION'], cite(32)),
        material(cite(32), 'admission-ballot-and-tally'),
        material(cite(32), 'assembly-resolution'),
        probationReviews,
      ],
      // Who breaks discipline in probation is not kept waiting for its end: cancelled, or extended, it may be at any time.
      waits: [
        {
          nature: 'EARLIEST',
          from: 'ADMISSION_ASSEMBLY',
          months: 12,
          level: 'BLOCK',
          citation: cite(31),
          onlyFor: ['CONVERSION'],
        },
      ],
    },
    CONVERSION_APPROVAL: {
      article: 33,
      needs: [approval('CONVERSION', cite(33))],
      waits: [{ nature: 'LATEST', from: 'CONVERSION_ASSEMBLY', months: 3, level: 'WARN', citation: cite(33) }],
    },
    ARCHIVING: { article: 36 },
  }
}
