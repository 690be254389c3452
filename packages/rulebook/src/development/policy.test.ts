import { describe, expect, test } from '@jest/globals'
import { commonPractice, type DevelopmentPolicy, noPolicy, policyFaults, withPolicy } from './policy.ts'
import { developmentRules, stepOf } from './rule-sets.ts'
import type { StepKey } from './step.ts'

const policy = (terms: Partial<DevelopmentPolicy>): DevelopmentPolicy => ({
  ...noPolicy,
  citation: { article: '第三条', source: '区委办法', certainty: 'VERIFIED' },
  ...terms,
})
const faults = (terms: Partial<DevelopmentPolicy>) =>
  policyFaults(policy(terms)).map(({ code, found, wanted, citation }) => ({
    code,
    found,
    wanted,
    article: citation?.article ?? null,
  }))
const shortened = (found: number, wanted: number, article: string): ReturnType<typeof faults> => [
  { code: 'NATIONAL_TERM_SHORTENED', found, wanted, article },
]

describe('what a county may ask beyond the national rules', () => {
  test.each<[Partial<DevelopmentPolicy>, ReturnType<typeof faults>]>([
    [{ earliest: [{ step: 'CANDIDATE_DECISION', months: 12 }] }, []],
    [{ earliest: [{ step: 'CANDIDATE_DECISION', months: 18 }] }, []],
    [{ earliest: [{ step: 'CANDIDATE_DECISION', months: 11 }] }, shortened(11, 12, '第十三条')],
    [{ earliest: [{ step: 'CONVERSION_ASSEMBLY', months: 11 }] }, shortened(11, 12, '第三十二条')],
    [{ latest: [{ step: 'ADMISSION_APPROVAL', months: 2 }] }, []],
    [{ latest: [{ step: 'ADMISSION_APPROVAL', months: 3 }] }, []],
    [{ latest: [{ step: 'ADMISSION_APPROVAL', months: 4 }] }, shortened(4, 3, '第二十六条')],
    [{ notices: [{ step: 'CANDIDATE_DECISION', workingDays: 5 }] }, []],
    [{ notices: [{ step: 'CANDIDATE_DECISION', workingDays: 4 }] }, shortened(4, 5, '第十三条')],
    [{ notices: [{ step: 'ADMISSION_ASSEMBLY', workingDays: 3 }] }, []],
    [{ training: { days: 3, hours: 24 } }, []],
    [{ training: { days: 2, hours: 24 } }, shortened(2, 3, '第十七条')],
    [{ training: { days: 5, hours: 23 } }, shortened(23, 24, '第十七条')],
    [{ earliest: [{ step: 'OATH', months: 3 }] }, [{ code: 'NO_SUCH_TERM', found: 3, wanted: null, article: null }]],
    [
      { latest: [{ step: 'ADMISSION_APPROVAL', months: 0 }] },
      [{ code: 'TERM_OUT_OF_RANGE', found: 0, wanted: 60, article: null }],
    ],
  ])('S0-15 %j gives %j', (terms, expected) => {
    expect(faults(terms)).toEqual(expected)
  })

  test.each(developmentRules)(
    'S0-15 what a county adds to $version carries the county’s article, the rest its own',
    rules => {
      const own = withPolicy(
        rules,
        policy({
          earliest: [{ step: 'CANDIDATE_DECISION', months: 18 }],
          notices: [{ step: 'ADMISSION_ASSEMBLY', workingDays: 7 }],
          materials: [{ step: 'OATH', template: 'oath-ceremony' }],
        }),
      )
      expect(stepOf(own, 'CANDIDATE_DECISION').waits).toMatchObject([{ months: 18, citation: { article: '第三条' } }])
      expect(stepOf(own, 'OBSERVATION').waits).toEqual(stepOf(rules, 'OBSERVATION').waits)
      expect(stepOf(own, 'ADMISSION_ASSEMBLY').needs).toContainEqual(
        expect.objectContaining({
          kind: 'NOTICE',
          workingDays: 7,
          citation: expect.objectContaining({ source: '区委办法' }),
        }),
      )
      expect(stepOf(own, 'OATH').needs).toEqual([
        expect.objectContaining({ kind: 'MATERIAL', anyOf: ['oath-ceremony'], level: 'BLOCK' }),
      ])
    },
  )
})

describe('what no national rule says, a county says', () => {
  const own = (said: Partial<DevelopmentPolicy['practice']>) =>
    withPolicy(
      developmentRules[1] as (typeof developmentRules)[number],
      policy({ practice: { ...commonPractice, ...said } }),
    )
  const needOf = (rules: ReturnType<typeof own>, step: StepKey, kind: string) =>
    stepOf(rules, step).needs.find(need => need.kind === kind)

  test('1.1/21 probationary members are reviewed every quarter, or as the county says, by its own article', () => {
    expect(own({}).probationReview).toMatchObject({ months: 3, citation: { article: '工作惯例' } })
    expect(own({ probationReviewMonths: 6 }).probationReview).toMatchObject({
      months: 6,
      citation: { article: '第三条' },
    })
  })

  test('1.1/5 contacts and introducers are bounded where the county bounds them, and nowhere else', () => {
    for (const step of ['CONTACTS', 'INTRODUCERS'] as const) {
      expect(needOf(own({}), step, 'PEOPLE')).toMatchObject({ limits: null })
      expect(needOf(own({ relativesKeptOut: true }), step, 'PEOPLE')).toMatchObject({
        limits: { relatives: false, casesEach: null, citation: { article: '第三条' } },
      })
      expect(needOf(own({ casesPerCompanion: 5 }), step, 'PEOPLE')).toMatchObject({
        limits: { relatives: true, casesEach: 5 },
      })
    }
  })

  test('1.1/13 of approvals only the pre-review takes a meeting that the rules leave open', () => {
    const rules = own({ preReviewInMeeting: true })
    expect(needOf(rules, 'PRE_REVIEW', 'APPROVAL')).toMatchObject({ inMeeting: true })
    expect(needOf(rules, 'CANDIDATE_FILING', 'APPROVAL')).toMatchObject({ inMeeting: false })
    expect(needOf(own({}), 'PRE_REVIEW', 'APPROVAL')).toMatchObject({ inMeeting: false })
  })

  test('1.1/7 notices count their first day unless the county counts from the next', () => {
    expect(needOf(own({}), 'CANDIDATE_DECISION', 'NOTICE')).toMatchObject({ countsFirstDay: true, workingDays: 5 })
    expect(needOf(own({ noticeFromNextDay: true }), 'CANDIDATE_DECISION', 'NOTICE')).toMatchObject({
      countsFirstDay: false,
      workingDays: 5,
    })
  })
})
