import { expect, test } from '@jest/globals'
import { shareUpOf } from './share.ts'

test.each([
  [2_000n, 0n, 100n, 100n],
  [2_000n, 99n, 100n, 1n],
  [2_000n, 100n, 100n, 0n],
  [2_000n, 101n, 100n, 0n],
  [-5n, 0n, 0n, 0n],
])('S0-24 of %i fen, %i passed up: the share is %i, %i are left', (paid, passed, shareFen, leftFen) => {
  expect(shareUpOf(2026, paid, passed)).toMatchObject({ shareFen, leftFen, dueOn: '2027-04-30' })
})
