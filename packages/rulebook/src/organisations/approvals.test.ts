import { describe, expect, test } from '@jest/globals'
import { approvalKinds, approvalRules, mayDecideOn } from '../approvals.ts'
import { practiceArticle } from '../deadline.ts'
import { organisationApprovalCitations, organisationApprovals, upgradesOf } from './approvals.ts'

const power = (kind: string, superiorKind: string | null = null) => ({
  ...{ kind, approves: null, superiorKind },
  superiorUnitKind: superiorKind === null ? null : 'SUBDISTRICT_OR_TOWN',
})

describe('S0-12 what a superior decides on of organisations', () => {
  test('S0-12 every kind has its rules and, of organisations, where it stands; what was recalled names no article', () => {
    expect(Object.keys(approvalRules)).toEqual([...approvalKinds])
    expect(Object.keys(organisationApprovalCitations)).toEqual([...organisationApprovals])
    for (const { article, certainty } of Object.values(organisationApprovalCitations))
      expect(certainty === 'RECALLED').toBe(article === practiceArticle)
  })

  test.each([
    ['COMMITTEE', 'WORK_COMMITTEE', true, false],
    ['COMMITTEE', null, true, true],
    ['ORGAN_COMMITTEE', null, true, true],
    ['GENERAL_BRANCH', null, false, false],
    ['BRANCH', null, false, false],
  ])(
    'S0-12 a %s under %s decides on organisations: %s, on admissions: %s',
    (kind, above, organisations, admissions) => {
      expect(mayDecideOn('ORGANISATION_SETUP', power(kind, above))).toBe(organisations)
      expect(mayDecideOn('ADMISSION', power(kind, above))).toBe(admissions)
    },
  )

  test.each([
    ['JOINT_BRANCH', ['BRANCH', 'GENERAL_BRANCH', 'COMMITTEE', 'ORGAN_COMMITTEE']],
    ['BRANCH', ['GENERAL_BRANCH', 'COMMITTEE', 'ORGAN_COMMITTEE']],
    ['GENERAL_BRANCH', ['COMMITTEE', 'ORGAN_COMMITTEE']],
    ['TEMPORARY_BRANCH', []],
    ['COMMITTEE', []],
  ])('S0-12 %s may be upgraded to %j', (kind, wanted) => {
    expect(upgradesOf(kind)).toEqual(wanted)
  })
})
