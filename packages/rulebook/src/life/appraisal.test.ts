import { describe, expect, test } from '@jest/globals'
import { excellentAtMost, tooManyExcellent } from './appraisal.ts'

describe('1.5 excellent are a third at most', () => {
  test.each([
    [3, 1],
    [5, 1],
    [6, 2],
    [30, 10],
    [31, 10],
    [2, 0],
    [0, 0],
  ])('1.5 of %i graded %i, and one more warns', (graded, most) => {
    expect(excellentAtMost(graded)).toBe(most)
    expect(tooManyExcellent(most, graded)).toBe(false)
    expect(tooManyExcellent(most + 1, graded)).toBe(true)
  })
})
