import { describe, expect, test } from '@jest/globals'
import { isComplete, owesDues } from './dues-record.ts'

describe('dues records', () => {
  test.each([
    ['APPLICANT', null, false],
    ['ACTIVIST', null, false],
    ['CANDIDATE', null, false],
    ['PROBATIONARY', null, true],
    ['FULL', null, true],
    ['FULL', '2026-11-01', false],
  ] as const)('1.4/8 %s who left on %s owes dues: %s', (kind, leftOn, owes) => {
    expect(owesDues(kind, leftOn)).toBe(owes)
  })

  test.each([
    [null, null, false],
    [null, 500_000n, false],
    ['MONTHLY_SALARY', null, false],
    ['MONTHLY_SALARY', 0n, true],
    ['RETIRED', null, false],
    ['RETIRED', 496_700n, true],
    ['FARMER', null, true],
    ['STUDENT', null, true],
  ] as const)('1.4 category %s with base %s is complete: %s', (category, baseFen, complete) => {
    expect(isComplete(category, baseFen)).toBe(complete)
  })
})
