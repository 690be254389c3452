import { expect, test } from '@jest/globals'
import { shareUpOf } from './share.ts'
import { perMilleOf, undecided } from './share-policy.ts'

test.each([
  [2_000n, 0n, 50, 100n, 100n, 100n],
  [2_000n, 99n, 50, 100n, 100n, 1n],
  [2_000n, 100n, 50, 100n, 100n, 0n],
  [2_000n, 101n, 50, 100n, 100n, 0n],
  [2_000n, 100n, 400, 800n, 100n, 700n],
  [2_000n, 0n, 1000, 2_000n, 100n, 2_000n],
  [2_000n, 0n, 0, 0n, 0n, 0n],
  [-5n, 0n, 400, 0n, 0n, 0n],
])('S0-24 of %i fen, %i passed up, at %i ‰: the share is %i, %i of it the centre’s, %i are left', (...row) => {
  const [paidFen, passedFen, perMille, shareFen, centreFen, leftFen] = row
  const wanted = { shareFen, centreFen, leftFen, dueOn: '2027-04-30' }
  expect(shareUpOf(2026, { paidFen, passedFen }, perMille)).toMatchObject(wanted)
})

test.each([
  ['BRANCH', 100],
  ['GENERAL_BRANCH', 200],
  ['COMMITTEE', 300],
])('S0-24 each kind has its own: %s %i ‰', (kind, wanted) => {
  const policy = { branchPerMille: 100, generalBranchPerMille: 200, committeePerMille: 300 }
  expect([perMilleOf(policy, kind), perMilleOf(undecided, kind)]).toEqual([wanted, 50])
})
