import { expect, test } from '@jest/globals'
import { comparedMonths } from './summary.ts'

test.each([
  [1, ['2026-01-01', '2026-03-01'], ['2025-10-01', '2025-12-01'], ['2025-01-01', '2025-03-01']],
  [2, ['2026-04-01', '2026-06-01'], ['2026-01-01', '2026-03-01'], ['2025-04-01', '2025-06-01']],
  [4, ['2026-10-01', '2026-12-01'], ['2026-07-01', '2026-09-01'], ['2025-10-01', '2025-12-01']],
])('S3-21 quarter %d is compared with the one before and that of the year before', (quarter, ...months) => {
  expect(comparedMonths({ year: 2026, quarter }).map(({ from, until }) => [from, until])).toEqual(months)
})
