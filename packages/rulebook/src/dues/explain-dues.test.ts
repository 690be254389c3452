import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { explainDues, usualDuesSettings } from './explain-dues.ts'
import { type DuesCategory, duesCategories, duesRules, duesRulesOn } from './rates.ts'

const yuan = (text: string): bigint => BigInt(text.replace('.', ''))
const due = (category: DuesCategory, income: string | null, on = '2026-03-01') =>
  explainDues({ category, incomeFen: income === null ? null : yuan(income), on }).dueFen

describe('1.4 what is owed for a month', () => {
  test.each([
    // 党费规定 2008, art. 2: one rate on the whole base; both sides of each boundary.
    ['MONTHLY_SALARY', '0.00', '0.00'],
    ['MONTHLY_SALARY', '3000.00', '15.00'],
    ['MONTHLY_SALARY', '3000.01', '30.00'],
    ['MONTHLY_SALARY', '5000.00', '50.00'],
    ['MONTHLY_SALARY', '5000.01', '75.00'],
    ['MONTHLY_SALARY', '10000.00', '150.00'],
    ['MONTHLY_SALARY', '10000.01', '200.00'],
    ['ANNUAL_SALARY', '3000.00', '15.00'],
    ['ANNUAL_SALARY', '3000.01', '30.00'],
    ['ANNUAL_SALARY', '10000.00', '150.00'],
    ['ANNUAL_SALARY', '10000.01', '200.00'],
    // Art. 4: the average of the quarter before.
    ['NO_FIXED_SALARY', '12000.00', '40.00'],
    ['NO_FIXED_SALARY', '9000.00', '15.00'],
    ['NO_FIXED_SALARY', '9000.01', '30.00'],
    ['NO_FIXED_SALARY', '30000.00', '150.00'],
    ['NO_FIXED_SALARY', '30000.01', '200.00'],
    // Art. 5.
    ['RETIRED', '5000.00', '25.00'],
    ['RETIRED', '5000.01', '50.00'],
    ['RETIRED', '20000.00', '200.00'],
    // Art. 6.
    ['FARMER', null, '0.20'],
    ['STUDENT', null, '0.20'],
    ['UNEMPLOYED', null, '0.20'],
    ['ON_RELIEF', null, '0.20'],
    // 组电明字〔2017〕5 号 一（1）: generally not more than 1,000 yuan a month.
    ['MONTHLY_SALARY', '50000.00', '1000.00'],
    ['MONTHLY_SALARY', '50000.01', '1000.00'],
    ['MONTHLY_SALARY', '50000.25', '1000.00'],
    ['RETIRED', '100001.00', '1000.00'],
  ] as const)('1.4 %s with %s yuan pays %s', (category, income, wanted) => {
    expect(due(category, income)).toBe(yuan(wanted))
  })

  test.each([
    ['2016-12-31', '2008', '50000.25', '1000.01', null, 'MONTH_OF_CHANGE'],
    ['2017-01-01', '2017', '50000.25', '1000.00', 100_000n, 'YEAR'],
    ['2017-01-01', '2017', '50000.00', '1000.00', null, 'YEAR'],
    ['2008-04-01', '2008', '3000.01', '30.00', null, 'MONTH_OF_CHANGE'],
  ] as const)('1.4 on %s the text of %s is held: %s yuan pay %s', (on, version, income, wanted, usual, when) => {
    const found = explainDues({ category: 'MONTHLY_SALARY', incomeFen: yuan(income), on })
    expect(found).toMatchObject({ version, dueFen: yuan(wanted), usualAtMostFen: usual })
    expect(duesRulesOn(on).fixed.when).toBe(when)
  })

  test.each([
    ['FEN', '3333.00', '33.33'],
    ['FEN', '3333.40', '33.33'],
    ['FEN', '3333.50', '33.34'],
    ['JIAO', '3334.00', '33.30'],
    ['JIAO', '3335.00', '33.40'],
    ['JIAO', '3344.99', '33.40'],
  ] as const)('1.4 by %s the dues of %s yuan are rounded to %s', (rounding, income, wanted) => {
    const settings = { ...usualDuesSettings, rounding }
    const found = explainDues({ category: 'MONTHLY_SALARY', incomeFen: yuan(income), on: '2026-01-01' }, settings)
    expect(found.dueFen).toBe(yuan(wanted))
  })

  test.each([
    [19n, false],
    [20n, true],
    [100n, true],
    [101n, false],
  ])('1.4 art. 6 a county has its farmers pay %s fen: %s', (farmerFen, allowed) => {
    const explain = () =>
      explainDues({ category: 'FARMER', incomeFen: null, on: '2026-01-01' }, { ...usualDuesSettings, farmerFen })
    if (allowed) expect(explain().dueFen).toBe(farmerFen)
    else expect(explain).toThrow(RangeError)
  })

  test('1.4 says base, bracket, rate, what it is before rounding, and the articles', () => {
    const found = explainDues({ category: 'NO_FIXED_SALARY', incomeFen: 1_000_001n, on: '2026-05-01' })
    expect(found).toMatchObject({
      income: { fen: 1_000_001n, months: 3 },
      baseFen: 333_334n,
      bracket: { overFen: 300_000n, upToFen: 500_000n, perMille: 10n },
      ...{ exactFen: '3333.336667', roundedFen: 3_333n, dueFen: 3_333n },
    })
    expect(found.citations.map(({ article, certainty }) => [article, certainty])).toEqual([
      ['第四条', 'VERIFIED'],
      ['第二条', 'VERIFIED'],
    ])
    const retired = explainDues({ category: 'RETIRED', incomeFen: 496_700n, on: '2026-05-01' })
    expect([retired.exactFen, retired.citations.map(({ article }) => article)]).toEqual(['2483.5', ['第五条']])
  })

  test.each([
    ['MONTHLY_SALARY', null],
    ['MONTHLY_SALARY', -1n],
    ['RETIRED', null],
  ] as const)('1.4 nothing is worked out for %s from %s', (category, incomeFen) => {
    expect(() => explainDues({ category, incomeFen, on: '2026-01-01' })).toThrow(RangeError)
  })

  test('1.4 who earns more never pays less, nothing is negative, and what is rounded is within half a fen', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...duesCategories),
        fc.bigInt(0n, 10_000_000n),
        fc.bigInt(0n, 1_000_000n),
        fc.constantFrom(...duesRules),
        (category, incomeFen, more, { effectiveFrom: on }) => {
          const [less, greater] = [incomeFen, incomeFen + more].map(fen =>
            explainDues({ category, incomeFen: fen, on }),
          )
          if (!less || !greater) return
          expect(less.dueFen <= greater.dueFen && less.dueFen >= 0n).toBe(true)
          if (less.exactFen !== null)
            expect(Math.abs(Number(less.exactFen) - Number(less.roundedFen))).toBeLessThanOrEqual(0.5001)
        },
      ),
    )
  })
})
