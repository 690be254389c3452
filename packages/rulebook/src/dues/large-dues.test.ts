import { expect, test } from '@jest/globals'
import { isLargeDue } from './large-dues.ts'

test.each([
  [1n, false],
  [99_999n, false],
  [100_000n, true],
  [100_001n, true],
])('1.4/11 党费规定 art. 11: %s fen at once of one’s own will are a large due: %s', (fen, large) => {
  expect(isLargeDue(fen)).toBe(large)
})
