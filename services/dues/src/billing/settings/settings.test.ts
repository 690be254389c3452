import { expect, test } from '@jest/globals'
import { usualArrearsLadder, usualDuesDeadlines, usualMemberReminders } from '@linghang/rulebook'
import { settingsOn } from './settings.ts'

const decided = ['2026-01-01', '2027-01-01'].map((effectiveFrom, n) => ({
  ...{ effectiveFrom, basis: '县委文件', rounding: 'JIAO' as const, farmerFen: BigInt(30 + n) },
  ...{ ...usualArrearsLadder, ...usualMemberReminders, ...usualDuesDeadlines },
}))

test.each([
  ['2025-12-31', null, 20n],
  ['2026-01-01', '2026-01-01', 30n],
  ['2026-12-31', '2026-01-01', 30n],
  ['2027-01-01', '2027-01-01', 31n],
])('1.4 on %s what was decided for %s holds', (on, effectiveFrom, farmerFen) => {
  expect(settingsOn(decided.toReversed(), on)).toMatchObject({ effectiveFrom, farmerFen })
})
