import { describe, expect, test } from '@jest/globals'
import { canDecide, developmentApprovalRules } from './approvals.ts'
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
    ['APPLICATION', '第五条', '第五条'],
    ['APPLICANT_TALK', '第七条', '第七条'],
    ['ACTIVIST_DECISION', '第八条', '第八条'],
    ['ACTIVIST_FILING', '第八条', '第八条'],
    ['CONTACTS', '第九条', '第九条'],
    ['OBSERVATION', '第十一条', '第十一条'],
    ['CANDIDATE_DECISION', '第十三条', '第十三条'],
    ['CANDIDATE_FILING', '第十三条', '第十三条'],
    ['INTRODUCERS', '第十四条', '第十四条'],
    ['POLITICAL_REVIEW', '第十六条', '第十六条'],
    ['TRAINING', '第十七条', '第十七条'],
    ['COMMITTEE_EXAMINATION', '第十九条', '第十八条'],
    ['PRE_REVIEW', '第十九条', '第十八条'],
    ['VOLUNTEER_FORM', '第十九条', '第十八条'],
    ['ADMISSION_ASSEMBLY', '第二十条', '第十九条'],
    ['COMMITTEE_TALK', '第二十四条', '第二十三条'],
    ['ADMISSION_FILING', '第二十六条', '第二十五条'],
    ['PLACEMENT', '第二十九条', '第二十八条'],
    ['PROBATION', '第三十一条', '第三十条'],
    ['CONVERSION_APPLICATION', '第三十二条', '第三十一条'],
    ['CONVERSION_ASSEMBLY', '第三十三条', '第三十二条'],
    ['CONVERSION_APPROVAL', '第三十四条', '第三十三条'],
    ['ADMISSION_APPROVAL', '第二十六条', '第二十五条'],
    ['OATH', '第三十条', '第二十九条'],
    ['ARCHIVING', '第三十七条', '第三十六条'],
  ])('1.1 %s stands in %s of 2014 and in %s of 2026', (key, of2014, of2026) => {
    expect([rules2014, rules2026].map(rules => stepOf(rules, key).citation.article)).toEqual([of2014, of2026])
  })

  test.each<[StepKey, string, string, string]>([
    ['ADMISSION_ASSEMBLY', 'MEETING', '第二十一条', '第二十条'],
    ['ADMISSION_ASSEMBLY', 'admission-ballot-and-tally', '第二十一条', '第二十条'],
    ['ADMISSION_ASSEMBLY', 'assembly-resolution', '第二十二条', '第二十一条'],
    ['CONVERSION_APPLICATION', 'probation-book-and-conversion-letter', '第三十三条', '第三十二条'],
    ['CONVERSION_ASSEMBLY', 'EARLIEST', '第三十二条', '第三十一条'],
  ])('1.1 %s asks for %s by %s of 2014 and %s of 2026', (key, what, ...wanted) => {
    const articleOf = (rules: typeof rules2014) => {
      const { needs, waits } = stepOf(rules, key)
      const need = needs.find(
        one => one.kind === what || (one.kind === 'MATERIAL' && (one.anyOf as string[]).includes(what)),
      )
      return (need ?? waits.find(({ nature }) => nature === what))?.citation.article
    }
    expect([articleOf(rules2014), articleOf(rules2026)]).toEqual(wanted)
  })

  test('1.1 what was read of 2014 is certain, what is only reported of 2026 is not', () => {
    const certainties = (rules: typeof rules2014) => new Set(rules.steps.map(({ citation }) => citation.certainty))
    expect([certainties(rules2014), certainties(rules2026)]).toEqual([new Set(['VERIFIED']), new Set(['SECONDARY'])])
    expect(rules2014.extension.citation.article).toBe('第三十二条')
    expect(rules2026.extension.citation.article).toBe('第三十一条')
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
    expect(new Set(deciding.map(([, kind]) => kind))).toEqual(new Set(Object.keys(developmentApprovalRules)))
  })

  test.each<[string, boolean | null, string | null, string | null, boolean]>([
    ['COUNTY_COMMITTEE', null, null, null, true],
    ['COMMITTEE', null, 'COUNTY_COMMITTEE', 'ORGAN', true],
    ['COMMITTEE', null, 'WORK_COMMITTEE', null, true],
    ['COMMITTEE', null, 'COMMITTEE', 'SUBDISTRICT_OR_TOWN', false],
    ['COMMITTEE', null, 'WORK_COMMITTEE', 'SUBDISTRICT_OR_TOWN', false],
    ['COMMITTEE', true, 'COMMITTEE', 'SUBDISTRICT_OR_TOWN', true],
    ['WORK_COMMITTEE', null, 'COUNTY_COMMITTEE', 'ORGAN', true],
    ['ORGAN_COMMITTEE', null, 'COMMITTEE', 'ORGAN', true],
    ['COMMITTEE', false, 'ORGAN_COMMITTEE', 'ORGAN', false],
    ['COMMITTEE', true, 'ORGAN_COMMITTEE', 'ORGAN', true],
    ['GENERAL_BRANCH', null, 'COMMITTEE', null, false],
    ['GENERAL_BRANCH', true, 'COMMITTEE', null, false],
    ['BRANCH', true, 'COMMITTEE', null, false],
    ['JOINT_BRANCH', null, 'COMMITTEE', null, false],
    ['TEMPORARY_BRANCH', true, 'COMMITTEE', null, false],
  ])(
    '1.1/17 细则 2014 art. 23: a %s, recorded %s, under a %s of %s may approve: %s',
    (kind, approves, superiorKind, superiorUnitKind, may) => {
      expect(canDecide({ kind, approves, superiorKind, superiorUnitKind })).toBe(may)
    },
  )
})
