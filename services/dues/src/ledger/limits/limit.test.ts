import { describe, expect, test } from '@jest/globals'
import { freeOf, type LimitPeriod, periodOf } from './limit.ts'

describe('S0-25 a limit', () => {
  test.each<[LimitPeriod, string, string, string]>([
    ['MONTH', '2026-02-01', '2026-02-01', '2026-02-28'],
    ['MONTH', '2028-02-29', '2028-02-01', '2028-02-29'],
    ['MONTH', '2026-12-31', '2026-12-01', '2026-12-31'],
    ['MONTH', '2027-01-01', '2027-01-01', '2027-01-31'],
    ['QUARTER', '2026-01-01', '2026-01-01', '2026-03-31'],
    ['QUARTER', '2026-03-31', '2026-01-01', '2026-03-31'],
    ['QUARTER', '2026-04-01', '2026-04-01', '2026-06-30'],
    ['QUARTER', '2026-06-30', '2026-04-01', '2026-06-30'],
    ['QUARTER', '2026-07-01', '2026-07-01', '2026-09-30'],
    ['QUARTER', '2026-09-30', '2026-07-01', '2026-09-30'],
    ['QUARTER', '2026-10-01', '2026-10-01', '2026-12-31'],
    ['QUARTER', '2026-12-31', '2026-10-01', '2026-12-31'],
    ['YEAR', '2026-01-01', '2026-01-01', '2026-12-31'],
    ['YEAR', '2026-12-31', '2026-01-01', '2026-12-31'],
    ['YEAR', '2028-02-29', '2028-01-01', '2028-12-31'],
  ])('S0-25 of a %s counts for %s from %s until %s', (period, day, from, until) => {
    expect(periodOf(period, day)).toEqual({ from, until })
  })

  test.each([
    [100n, 40n, 59n, 1n],
    [100n, 40n, 60n, 0n],
    [100n, 40n, 61n, 0n],
    [0n, 0n, 0n, 0n],
  ])('S0-25 of %s fen, with %s used and %s held, leaves %s', (limitFen, usedFen, heldFen, free) => {
    expect(freeOf(limitFen, { usedFen, heldFen })).toBe(free)
  })
})
