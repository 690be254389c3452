import { describe, expect, test } from '@jest/globals'
import { type CaseProgress, caseDeadlines, nextMark } from './case-deadlines.ts'
import { developmentRulesOn } from './rule-sets.ts'

const progress = (more: Partial<CaseProgress>): CaseProgress => ({
  openStep: 'APPLICANT_TALK',
  doneOn: {},
  activistSince: null,
  admittedOn: null,
  probationExtendedTo: null,
  halfYearlyReviews: [],
  thoughtReports: [],
  probationReviews: [],
  noticeUntil: null,
  knownOn: '2020-01-01',
  ...more,
})
const dates = (more: Partial<CaseProgress>, on: string) =>
  caseDeadlines(progress(more), developmentRulesOn(on)).map(
    ({ rule, dueOn, nature, at }) => `${rule} ${dueOn} ${nature} ${at}`,
  )

describe('1.1/6 the half-yearly review of an activist and of a candidate', () => {
  test.each([
    ['OBSERVATION', '第十一条'],
    ['CANDIDATE_FILING', '第十一条'],
    ['INTRODUCERS', '工作惯例'],
    ['ADMISSION_ASSEMBLY', '工作惯例'],
  ] as const)('1.1/6 while %s is open it rests on %s', (openStep, article) => {
    const dates = caseDeadlines(progress({ openStep, activistSince: '2025-06-01' }), developmentRulesOn('2026-06-01'))
    expect(dates.find(({ rule }) => rule === 'HALF_YEARLY_REVIEW')?.article).toBe(article)
  })
})

describe('what is due when in a case', () => {
  test.each<[string, Partial<CaseProgress>, string, string[]]>([
    [
      'the talk within a month',
      { doneOn: { APPLICATION: '2024-01-31' } },
      '2024-01-31',
      ['APPLICANT_TALK 2024-02-29 LATEST BRANCH'],
    ],
    [
      'nothing while the branch decides on the activist',
      { openStep: 'ACTIVIST_DECISION', doneOn: { APPLICATION: '2024-01-31', APPLICANT_TALK: '2024-02-10' } },
      '2024-02-10',
      [],
    ],
    [
      'an activist: thought report, review, the year',
      { openStep: 'OBSERVATION', activistSince: '2025-06-01' },
      '2025-06-01',
      [
        'THOUGHT_REPORT 2025-09-01 LATEST BRANCH',
        'HALF_YEARLY_REVIEW 2025-12-01 LATEST BRANCH',
        'ACTIVIST_ONE_YEAR 2026-06-01 EARLIEST BRANCH',
      ],
    ],
    [
      'a notice that hangs',
      { openStep: 'CANDIDATE_DECISION', noticeUntil: '2026-10-10' },
      '2026-09-01',
      ['NOTICE_ENDS 2026-10-11 EARLIEST BRANCH'],
    ],
    [
      'the political review grows old',
      { openStep: 'TRAINING', doneOn: { POLITICAL_REVIEW: '2026-06-30' } },
      '2026-06-30',
      ['POLITICAL_REVIEW_EXPIRES 2027-06-30 LATEST BRANCH'],
    ],
    [
      'the assembly within a month of the pre-review (2026)',
      { openStep: 'VOLUNTEER_FORM', doneOn: { PRE_REVIEW: '2026-08-31' } },
      '2026-08-31',
      ['ADMISSION_ASSEMBLY 2026-09-30 LATEST BRANCH'],
    ],
    ['no such term under 2014', { openStep: 'VOLUNTEER_FORM', doneOn: { PRE_REVIEW: '2025-08-31' } }, '2025-08-31', []],
    [
      'the approval within three months, while the committee is to talk',
      { openStep: 'COMMITTEE_TALK', doneOn: { ADMISSION_ASSEMBLY: '2026-03-31' }, admittedOn: '2026-03-31' },
      '2026-03-31',
      ['ADMISSION_APPROVAL 2026-06-30 LATEST DECIDER'],
    ],
    [
      'the oath within a month (2026), probation from the assembly',
      {
        openStep: 'OATH',
        doneOn: { ADMISSION_ASSEMBLY: '2026-06-30', ADMISSION_APPROVAL: '2026-08-31' },
        admittedOn: '2026-06-30',
      },
      '2026-09-01',
      [
        'OATH 2026-09-30 LATEST BRANCH',
        'PROBATION_REVIEW 2026-09-30 LATEST BRANCH',
        'PROBATION_ENDS 2027-06-30 LATEST BRANCH',
      ],
    ],
    [
      'probation as it was extended',
      {
        openStep: 'PROBATION',
        admittedOn: '2024-02-29',
        probationExtendedTo: '2025-08-28',
        knownOn: '2025-08-01',
      },
      '2025-03-01',
      ['PROBATION_ENDS 2025-08-28 LATEST BRANCH'],
    ],
    [
      'the approval within three months, while the branch is to hand it in',
      { openStep: 'ADMISSION_APPROVAL', doneOn: { ADMISSION_ASSEMBLY: '2026-03-31' }, admittedOn: '2026-03-31' },
      '2026-03-31',
      ['ADMISSION_APPROVAL 2026-06-30 LATEST BRANCH'],
    ],
    [
      'the conversion, while the branch is to hand it in',
      { openStep: 'CONVERSION_APPROVAL', doneOn: { CONVERSION_ASSEMBLY: '2025-11-30' }, admittedOn: '2024-11-20' },
      '2025-11-30',
      ['CONVERSION_APPROVAL 2026-02-28 LATEST BRANCH'],
    ],
    ['nothing once it is closed', { openStep: null, activistSince: '2025-06-01' }, '2025-06-01', []],
  ])('S0-38 %s', (_, more, on, expected) => {
    expect(dates(more, on)).toEqual(expected)
  })

  test.each([
    ['2025-08-31', 6, [], '2025-08-31', '2026-02-28'],
    ['2025-08-31', 6, ['2026-01-28'], '2025-08-31', '2026-08-31'],
    ['2025-08-31', 6, ['2026-01-27'], '2025-08-31', '2026-02-28'],
    ['2025-08-31', 6, ['2026-03-20'], '2025-08-31', '2026-08-31'],
    ['2023-01-15', 6, [], '2026-11-22', '2027-01-15'],
    ['2023-01-15', 6, [], '2026-07-15', '2026-07-15'],
    ['2023-01-15', 6, [], '2026-07-16', '2027-01-15'],
  ])(
    '1.1/6 since %s every %i months, held %j, known since %s: next on %s',
    (since, months, held, knownOn, expected) => {
      expect(nextMark(since, months, held, knownOn)).toBe(expected)
    },
  )
})
