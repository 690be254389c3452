import { describe, expect, test } from '@jest/globals'
import { arrearsDates, climbs, lightOf, usualArrearsLadder } from './arrears.ts'

describe('S1-23 who has not paid', () => {
  test.each([
    [0, 'GREEN'],
    [1, 'YELLOW'],
    [2, 'RED'],
    [6, 'RED'],
  ])('S1-23 after %s whole months is %s', (months, light) => {
    expect(lightOf(months, usualArrearsLadder)).toBe(light)
  })

  test('S1-23 is talked with after three months, the branch warned after five, and hears the matter after six (art. 13)', () => {
    expect(arrearsDates('2026-01-31', usualArrearsLadder).map(({ rule, dueOn }) => `${rule} ${dueOn}`)).toEqual([
      'DUES_TALK 2026-04-01',
      'DUES_WARNING 2026-06-01',
      'DUES_MATTER 2026-07-01',
    ])
  })

  test.each([
    [{}, true],
    [{ yellowAfter: 0 }, false],
    [{ yellowAfter: 2, redAfter: 2 }, true],
    [{ yellowAfter: 3, redAfter: 2 }, false],
    [{ talkAfter: 5, warnAfter: 5 }, true],
    [{ warnAfter: 6 }, false],
    [{ redAfter: 1.5 }, false],
  ])('S1-23 a ladder with %j climbs: %s', (more, wanted) => {
    expect(climbs({ ...usualArrearsLadder, ...more })).toBe(wanted)
  })
})
