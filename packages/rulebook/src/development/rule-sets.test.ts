import { describe, expect, test } from '@jest/globals'
import { approvalRules, canDecide } from './approvals.ts'
import { developmentRules, developmentRulesOn, stepOf } from './rule-sets.ts'
import { type StepKey, stepKeys } from './step.ts'
import { developmentTemplates } from './templates.ts'

const [rules2014, rules2026] = developmentRules as [
  (typeof developmentRules)[number],
  (typeof developmentRules)[number],
]

describe('the 25 steps', () => {
  test.each(developmentRules)(
    'S0-3 $version has 25 steps in 5 stages, each with its article, source and words in both languages',
    rules => {
      expect(rules.steps.map(({ number }) => number)).toEqual(Array.from({ length: 25 }, (_, index) => index + 1))
      expect([...new Set(rules.steps.map(({ stage }) => stage))]).toEqual([
        'APPLICATION',
        'ACTIVIST',
        'CANDIDATE',
        'ADMISSION',
        'PROBATION',
      ])
      for (const { citation, title, guidance } of rules.steps) {
        expect(citation.article).toMatch(/^第.+条$/)
        expect(citation.source).toContain('发展党员工作细则')
        expect([title.zh, title.en, guidance.zh, guidance.en].every(text => text.length > 1)).toBe(true)
      }
    },
  )

  test('S0-10 every paper that a step asks for is one of the 36', () => {
    expect(developmentTemplates).toHaveLength(36)
    for (const { steps } of developmentRules)
      for (const { needs } of steps)
        for (const need of needs)
          if (need.kind === 'MATERIAL')
            for (const template of need.anyOf) expect(developmentTemplates).toContain(template)
  })

  // 1.1 and the box on the two versions: what the revision changed.
  test.each<[StepKey, string, unknown, unknown]>([
    ['CANDIDATE_DECISION', 'notice', undefined, 5],
    ['ADMISSION_ASSEMBLY', 'latest', undefined, 1],
    ['OATH', 'latest', undefined, 1],
    ['ADMISSION_APPROVAL', 'latest', 3, 3],
    ['APPLICANT_TALK', 'latest', 1, 1],
    ['CANDIDATE_DECISION', 'earliest', 12, 12],
    ['CONVERSION_ASSEMBLY', 'earliest', 12, 12],
  ])('1.1 %s, %s: %s under 2014 and %s under 2026', (key, what, of2014, of2026) => {
    const found = (rules: typeof rules2014) => {
      const step = stepOf(rules, key)
      if (what === 'notice') return step.needs.flatMap(need => (need.kind === 'NOTICE' ? need.workingDays : []))[0]
      return step.waits.find(({ nature }) => nature === what.toUpperCase())?.months
    }
    expect([found(rules2014), found(rules2026)]).toEqual([of2014, of2026])
  })

  test.each<[StepKey, string, string]>([
    ['TRAINING', '第十七条', '第十七条'],
    ['ADMISSION_APPROVAL', '第二十六条', '第二十五条'],
    ['OATH', '第三十条', '第二十九条'],
    ['ARCHIVING', '第三十七条', '第三十六条'],
  ])('1.1 %s stands in %s of 2014 and in %s of 2026', (key, of2014, of2026) => {
    expect([rules2014, rules2026].map(rules => stepOf(rules, key).citation.article)).toEqual([of2014, of2026])
  })

  test.each([
    ['2013-01-01', '2014'],
    ['2026-05-17', '2014'],
    ['2026-05-18', '2026'],
  ])('1.1 on %s the rules of %s are in force', (date, version) => {
    expect(developmentRulesOn(date).version).toBe(version)
  })

  test('S0-14 the six steps that the superior decides name the kind of approval, and only committees may decide', () => {
    const deciding = rules2026.steps.flatMap(({ key, needs }) =>
      needs.flatMap(need => (need.kind === 'APPROVAL' ? [[key, need.approval]] : [])),
    )
    expect(deciding.map(([key]) => key)).toEqual(stepKeys.filter(key => /FILING|PRE_REVIEW|APPROVAL/.test(key)))
    expect(new Set(deciding.map(([, kind]) => kind))).toEqual(new Set(Object.keys(approvalRules)))
    expect(['COMMITTEE', 'WORK_COMMITTEE', 'ORGAN_COMMITTEE', 'COUNTY_COMMITTEE'].every(canDecide)).toBe(true)
    expect(['GENERAL_BRANCH', 'BRANCH', 'JOINT_BRANCH', 'TEMPORARY_BRANCH'].some(canDecide)).toBe(false)
  })
})
