import { describe, expect, test } from '@jest/globals'
import { caseLadders, rungDate } from '../ladder.ts'
import { fixingDeadline } from './deadlines.ts'
import { baseChangeOn, firstSheetDayOf, yearsToFix } from './fixing.ts'
import { duesCategories } from './rates.ts'

describe('1.4 what is fixed at the beginning of a year stays for it', () => {
  test.each([
    // 党费规定 2008, art. 10: from the month in which the new pay is drawn; 组电明字〔2017〕5 号 一（1）: once a year.
    ['2016-12-31', 'MONTHLY_SALARY', 'MONTHLY_SALARY', 'PAY_CHANGED', '2016-12-01', 'VERIFIED'],
    ['2017-01-01', 'MONTHLY_SALARY', 'MONTHLY_SALARY', null, null, null],
    ['2016-12-31', 'MONTHLY_SALARY', 'RETIRED', 'RETIRED', '2017-01-01', 'VERIFIED'],
    ['2026-03-01', 'MONTHLY_SALARY', 'RETIRED', 'RETIRED', '2026-04-01', 'VERIFIED'],
    ['2026-03-31', 'MONTHLY_SALARY', 'RETIRED', 'RETIRED', '2026-04-01', 'VERIFIED'],
    ['2026-04-01', 'MONTHLY_SALARY', 'RETIRED', 'RETIRED', '2026-05-01', 'VERIFIED'],
    ['2026-03-31', 'RETIRED', 'RETIRED', null, null, null],
    ['2026-11-30', 'MONTHLY_SALARY', 'UNEMPLOYED', 'LAID_OFF', '2026-12-01', 'VERIFIED'],
    ['2026-12-01', 'MONTHLY_SALARY', 'UNEMPLOYED', 'LAID_OFF', '2027-01-01', 'VERIFIED'],
    ['2026-06-15', 'UNEMPLOYED', 'MONTHLY_SALARY', 'EMPLOYED', '2026-07-01', 'VERIFIED'],
    ['2026-06-15', 'MONTHLY_SALARY', 'ANNUAL_SALARY', 'ANNUAL_PAY', '2026-07-01', 'VERIFIED'],
    ['2026-06-15', 'MONTHLY_SALARY', 'NO_FIXED_SALARY', 'SELF_EMPLOYED', '2026-07-01', 'VERIFIED'],
    ['2026-06-15', 'MONTHLY_SALARY', 'STUDENT', 'STUDYING', '2026-07-01', 'VERIFIED'],
    ['2026-06-15', 'STUDENT', 'FARMER', 'FARMING', '2026-07-01', 'VERIFIED'],
    ['2026-06-15', 'FARMER', 'ON_RELIEF', 'ON_RELIEF', '2026-07-01', 'VERIFIED'],
  ] as const)('1.4 on %s from %s to %s: %s from %s', (on, from, to, ground, fromMonth, certainty) => {
    const found = baseChangeOn(on, from, to)
    expect(found?.ground ?? null).toBe(ground)
    expect(found?.fromMonth ?? null).toBe(fromMonth)
    expect(found?.citations[0]?.certainty ?? null).toBe(certainty)
  })

  test('1.4 every change of category has a ground of its own, and says that its month is in no text', () => {
    const grounds = duesCategories.map(to => {
      const from = to === 'FARMER' ? 'STUDENT' : 'FARMER'
      const change = baseChangeOn('2026-06-15', from, to)
      expect(change?.citations.at(-1)?.certainty).toBe('RECALLED')
      return change?.ground
    })
    expect(new Set(grounds).size).toBe(duesCategories.length)
  })

  test.each([
    ['2026-01-01', [2026]],
    ['2026-11-30', [2026]],
    ['2026-12-01', [2026, 2027]],
    ['2026-12-31', [2026, 2027]],
    ['2027-01-01', [2027]],
  ])('1.4 on %s the dues of %j are fixed', (today, years) => {
    expect(yearsToFix(today)).toEqual(years)
  })

  test('1.4 a sheet of a year is signed from the December before it on', () => {
    expect(firstSheetDayOf(2027)).toBe('2026-12-01')
  })

  test('1.4 is done by the end of January, which is practice', () => {
    const { dueOn, certainty, nature } = fixingDeadline(2027)
    expect([dueOn, certainty, nature]).toEqual(['2027-01-31', 'RECALLED', 'LATEST'])
    expect(caseLadders.DUES_FIXING.map(rung => rungDate(rung, dueOn))).toEqual([
      '2026-12-31',
      '2027-01-24',
      '2027-02-01',
    ])
  })
})
