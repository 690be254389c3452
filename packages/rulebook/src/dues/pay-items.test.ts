import { describe, expect, test } from '@jest/globals'
import { baseOfPay, judgePayItem, type PayItem, type PayKind, payItems, payKinds } from './pay-items.ts'

const countedBy: Record<PayKind, PayItem[]> = {
  ORGAN_STAFF: ['POSITION_PAY', 'GRADE_PAY', 'ALLOWANCES'],
  ORGAN_WORKER: ['POST_PAY', 'TECHNICAL_GRADE_PAY', 'ALLOWANCES'],
  INSTITUTION: ['POST_PAY', 'SALARY_GRADE_PAY', 'ALLOWANCES', 'BASIC_PERFORMANCE_PAY'],
  ENTERPRISE: ['POST_PAY', 'BASIC_PAY', 'REGULAR_BONUS'],
}

describe('1.4 what counts of a pay slip', () => {
  test.each(payKinds)('1.4 党费规定 art. 1: of %s the regular parts count, and no other', kind => {
    expect(payItems.filter(item => judgePayItem(kind, item).counts)).toEqual(countedBy[kind])
  })

  test.each([
    ['INSTITUTION', 'BASIC_PERFORMANCE_PAY', true, '一（3）'],
    ['INSTITUTION', 'REWARD_PERFORMANCE_PAY', false, '一（3）'],
    ['ENTERPRISE', 'REGULAR_BONUS', true, '第一条'],
    ['ENTERPRISE', 'ALLOWANCES', false, '第一条'],
    ['INSTITUTION', 'ALLOWANCES', true, '第一条'],
    ['ENTERPRISE', 'IRREGULAR_BONUS', false, '一（3）'],
    ['ORGAN_STAFF', 'GRADE_PAY', true, '第一条'],
    ['ORGAN_STAFF', 'HOUSING_ALLOWANCE', false, '一（2）'],
    ['ENTERPRISE', 'SPECIAL_ALLOWANCE', false, '一（2）'],
  ] as const)('1.4 组电明字〔2017〕5 号: %s, %s counts: %s, by %s', (kind, item, counts, article) => {
    expect(judgePayItem(kind, item)).toMatchObject({ counts, citation: { article } })
  })

  test('1.4 the base is what counts less tax, insurances and funds, and each part is named', () => {
    const { baseFen, counted, leftOut, deducted } = baseOfPay({
      kind: 'INSTITUTION',
      items: {
        ...{ POST_PAY: 285_000n, SALARY_GRADE_PAY: 168_000n, BASIC_PERFORMANCE_PAY: 240_000n },
        ...{ REWARD_PERFORMANCE_PAY: 500_000n, TRANSPORT_ALLOWANCE: 50_000n },
      },
      deductions: { INCOME_TAX: 12_345n, PENSION_INSURANCE: 60_000n, HOUSING_FUND: 90_000n },
    })
    expect(baseFen).toBe(530_655n)
    expect(counted.map(({ item }) => item)).toEqual(['POST_PAY', 'SALARY_GRADE_PAY', 'BASIC_PERFORMANCE_PAY'])
    expect(leftOut.map(({ item }) => item)).toEqual(['REWARD_PERFORMANCE_PAY', 'TRANSPORT_ALLOWANCE'])
    expect(deducted.map(({ item, fen }) => [item, fen])).toEqual([
      ['INCOME_TAX', 12_345n],
      ['PENSION_INSURANCE', 60_000n],
      ['HOUSING_FUND', 90_000n],
    ])
  })

  test('1.4 what is taken off is never more than there is, and nothing of it is below 0', () => {
    const slip = { kind: 'ENTERPRISE' as const, items: { BASIC_PAY: 100n } }
    expect(baseOfPay({ ...slip, deductions: { INCOME_TAX: 101n } }).baseFen).toBe(0n)
    expect(baseOfPay({ ...slip, deductions: { INCOME_TAX: 99n } }).baseFen).toBe(1n)
    expect(() => baseOfPay({ ...slip, deductions: { INCOME_TAX: -1n } })).toThrow(RangeError)
  })
})
