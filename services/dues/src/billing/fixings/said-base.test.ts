import { describe, expect, test } from '@jest/globals'
import type { DomainError } from '@linghang/subgraph/errors'
import { incomeSaid, partsOf, type SaidBase } from './said-base.ts'

const slip = { kind: 'ENTERPRISE' as const, items: { BASIC_PAY: 500_000n }, deductions: { INCOME_TAX: 1n } }
const found = (said: SaidBase) => {
  try {
    return incomeSaid(said)
  } catch (error) {
    return (error as DomainError).params.field
  }
}

describe('S3-5 from which income dues are worked out, as it was said', () => {
  test.each([
    ['MONTHLY_SALARY', 500_000n, null, 500_000n],
    ['MONTHLY_SALARY', 1n, null, 1n],
    ['MONTHLY_SALARY', 0n, null, 'incomeFen'],
    ['ANNUAL_SALARY', 0n, null, 'incomeFen'],
    ['MONTHLY_SALARY', -1n, null, 'incomeFen'],
    ['RETIRED', 0n, null, 0n],
    ['RETIRED', -1n, null, 'incomeFen'],
    ['NO_FIXED_SALARY', 0n, null, 0n],
    ['MONTHLY_SALARY', 100_000_000_000n, null, 100_000_000_000n],
    ['MONTHLY_SALARY', 100_000_000_001n, null, 'incomeFen'],
    ['MONTHLY_SALARY', 2n ** 63n, null, 'incomeFen'],
    ['MONTHLY_SALARY', null, slip, 499_999n],
    ['MONTHLY_SALARY', 500_000n, slip, 'incomeFen'],
    ['MONTHLY_SALARY', null, null, 'incomeFen'],
    ['RETIRED', null, slip, 'paySlip'],
    ['STUDENT', null, null, null],
    ['STUDENT', 0n, null, 'incomeFen'],
    ['FARMER', null, slip, 'paySlip'],
  ] as const)('S3-5 %s with %s and a slip %j: %s', (category, incomeFen, paySlip, wanted) => {
    expect(found({ category, incomeFen, paySlip })).toBe(wanted)
  })

  test('S3-5 a pay slip of which nothing is left is none', () => {
    const nothing = { ...slip, items: { BASIC_PAY: 1n } }
    expect(found({ category: 'MONTHLY_SALARY', incomeFen: null, paySlip: nothing })).toBe('paySlip')
  })

  test('S3-5 each part of a pay slip is said once, and is none below nothing', () => {
    const said = (...parts: [string, bigint][]) =>
      partsOf(
        parts.map(([item, fen]) => ({ item: item as 'BASIC_PAY', fen })),
        'items',
      )
    expect(said(['BASIC_PAY', 0n], ['POST_PAY', 5n])).toEqual({ BASIC_PAY: 0n, POST_PAY: 5n })
    expect(() => said(['BASIC_PAY', 1n], ['BASIC_PAY', 1n])).toThrow('each part once')
    expect(() => said(['BASIC_PAY', -1n])).toThrow('0 to')
  })
})
