import { expect, test } from '@jest/globals'
import { meetingsAtMost, requireFits } from './life-year.ts'

test('S0-26 a year with more meetings than an archive takes is refused in words, and with as many it is not', () => {
  expect(() => requireFits(2026, meetingsAtMost)).not.toThrow()
  expect(() => requireFits(2026, meetingsAtMost + 1)).toThrow('501 meetings in 2026, an archive takes 500')
})
