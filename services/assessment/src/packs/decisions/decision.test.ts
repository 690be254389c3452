import { expect, test } from '@jest/globals'
import { beginsPeriod, untilOf } from './decision.ts'

test.each([
  [0, '2026-03-31'],
  [1, '2026-06-30'],
  [2, null],
])('R2 decision %i ends the day before the next begins: %s', (place, expected) => {
  const decided = ['2026-01-01', '2026-04-01', '2026-07-01'].map(effectiveFrom => ({ effectiveFrom }))
  expect(untilOf(decided, place)).toBe(expected)
})

test.each([
  ['MONTH', '2026-02-01', true],
  ['MONTH', '2026-02-02', false],
  ['QUARTER', '2026-04-01', true],
  ['QUARTER', '2026-05-01', false],
  ['YEAR', '2026-01-01', true],
  ['YEAR', '2026-07-01', false],
  ['MONTH', '2026-13-01', false],
] as const)('S0-17 a %s pack that begins on %s begins with its period: %s', (period, day, expected) => {
  expect(beginsPeriod(period, day)).toBe(expected)
})
