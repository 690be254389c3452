import { describe, expect, test } from '@jest/globals'
import { usualDuesSettings } from '@linghang/rulebook'
import { type Base, firstMonthOf, type LastBase, proposalOf, whyOf } from './fixing-line.ts'

const salary = (fen: bigint, dueFen: bigint): LastBase => ({
  ...{ category: 'MONTHLY_SALARY', incomeFen: fen, baseFen: fen, dueFen },
})
const record = (category: LastBase['category'] | null, baseFen: bigint | null, complete = true) => ({
  ...{ category, baseFen, complete },
})

describe('S3-5 what a year’s fixing proposes, and what is other than last year', () => {
  test.each([
    ['nobody fixed last year', record('MONTHLY_SALARY', 500_000n), null, 5_000n, 'FIRST'],
    ['the same as last year', record('MONTHLY_SALARY', 500_000n), salary(500_000n, 5_000n), 5_000n, 'SAME'],
    ['a fen more of base', record('MONTHLY_SALARY', 500_001n), salary(500_000n, 5_000n), 7_500n, 'BASE'],
    ['a fen less of base', record('MONTHLY_SALARY', 499_999n), salary(500_000n, 5_000n), 5_000n, 'BASE'],
    ['the same base by another rule', record('MONTHLY_SALARY', 500_000n), salary(500_000n, 4_999n), 5_000n, 'RULE'],
    ['who retired', record('RETIRED', 500_000n), salary(500_000n, 5_000n), 2_500n, 'CATEGORY'],
    ['who studies now', record('STUDENT', null), salary(500_000n, 5_000n), 20n, 'CATEGORY'],
    ['a base that is an average of three months', record('NO_FIXED_SALARY', 400_000n), null, 4_000n, 'FIRST'],
    [
      'a gap that last year fills',
      record('MONTHLY_SALARY', null, false),
      salary(500_000n, 5_000n),
      5_000n,
      'FROM_LAST_YEAR',
    ],
    ['a gap that nothing fills', record('MONTHLY_SALARY', null, false), null, null, 'INCOMPLETE'],
    ['nothing at all', record(null, null, false), null, null, 'INCOMPLETE'],
  ] as const)('S3-5 of %s', (_, now, last, dueFen, why) => {
    expect(proposalOf(now, last, '2026-01-01', usualDuesSettings)).toMatchObject({ dueFen, why })
  })

  test('S3-5 what is missing is no change', () => {
    const gap: Base = { category: 'RETIRED', incomeFen: null, baseFen: null, dueFen: null }
    expect(whyOf(gap, salary(500_000n, 5_000n))).toBe('INCOMPLETE')
  })

  test.each([
    [null, '2026-01-01'],
    ['2010-05-05', '2026-01-01'],
    ['2025-12-31', '2026-01-01'],
    ['2026-01-31', '2026-01-01'],
    ['2026-02-01', '2026-02-01'],
    ['2026-12-31', '2026-12-01'],
  ])('S3-5 whom the assembly of %s admitted owes in 2026 from %s', (owesSince, wanted) => {
    expect(firstMonthOf(2026, owesSince)).toBe(wanted)
  })
})
