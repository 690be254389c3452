import { describe, expect, test } from '@jest/globals'
import { lessWaived, waiverSpanRefused } from './waivers.ts'

describe('1.4 dues are waived from when to when', () => {
  test.each([
    ['2026-05-01', '2026-05-01', null],
    ['2026-04-01', '2026-05-01', 'fromMonth'],
    ['2026-11-01', '2027-10-01', null],
    ['2026-11-01', '2027-11-01', 'toMonth'],
    ['2026-11-01', '2026-11-01', null],
    ['2026-11-01', '2026-10-01', 'toMonth'],
    ['2027-11-01', '2028-10-01', null],
    ['2027-12-01', '2028-01-01', 'fromMonth'],
    ['1900-01-01', '1900-01-01', 'fromMonth'],
    ['2200-01-01', '2200-01-01', 'fromMonth'],
    ['2026-11-01', '2200-01-01', 'toMonth'],
  ] as const)('1.4 asked for on 2026-11-29, from %s to %s: refused for %s', (from, to, wanted) => {
    expect(waiverSpanRefused(from, to, '2026-11-29')?.field ?? null).toBe(wanted)
  })

  test.each([
    [5_000n, null, 0n],
    [5_000n, 4_999n, 1n],
    [5_000n, 5_000n, 0n],
    [5_000n, 5_001n, 0n],
    [20n, 1n, 19n],
  ])('1.4 of %s fen with %s waived %s are owed', (due, part, wanted) => {
    expect(lessWaived(due, part)).toBe(wanted)
  })
})
