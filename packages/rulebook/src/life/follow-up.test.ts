import { describe, expect, test } from '@jest/globals'
import { heardOn } from './follow-up.ts'

describe('S0-35 a branch hears of a superior’s remark in working hours', () => {
  // 2026-06-12 is a Friday.
  test.each([
    ['2026-06-12', 0, '2026-06-12'],
    ['2026-06-12', 17 * 60 - 1, '2026-06-12'],
    ['2026-06-12', 17 * 60, '2026-06-15'],
    ['2026-06-13', 600, '2026-06-15'],
  ])('S0-35 said on %s in minute %i it is heard on %s', (today, minute, wanted) =>
    expect(heardOn(today, minute)).toBe(wanted),
  )
})
