import { describe, expect, test } from '@jest/globals'
import { type BookSum, bookPartOf, daysIn, monthsOf, usesOf } from './book.ts'

const sum = (more: Partial<BookSum>): BookSum => ({
  ...{ accountId: 'a', month: '2026-01-01', reason: 'DUES_PAID', use: null, inFen: 0n, outFen: 0n, entries: 1 },
  ...more,
})
const period = { from: '2026-01-15', until: '2026-03-02' }
const nothing = { heldFen: 0n, holds: [] }
const own = { accountId: 'a', fund: null }

describe('S0-24 a treasurer’s book', () => {
  test.each([
    ['2026-01-01', '2025-12-31', 0],
    ['2026-01-01', '2026-01-01', 1],
    ['2026-01-01', '2026-12-31', 365],
    ['2028-01-01', '2028-12-31', 366],
    ['2026-01-01', '2027-01-01', 366],
    ['2026-01-01', '2027-01-02', 367],
  ])('S0-24 from %s until %s are %i days', (from, until, days) => {
    expect(daysIn({ from, until })).toBe(days)
  })

  test('S0-24 begins with what was before, and ends with that and what moved', () => {
    const part = bookPartOf(
      own,
      period,
      [
        sum({ month: null, inFen: 500n }),
        sum({ month: null, reason: 'SPENT', outFen: 120n }),
        sum({ inFen: 7n, entries: 2 }),
        sum({ month: '2026-03-01', reason: 'SPENT', use: 'TRAINING', outFen: 87n }),
      ],
      { heldFen: 30n, holds: [] },
    )
    expect(part).toMatchObject({ openingFen: 380n, inFen: 7n, outFen: 87n, closingFen: 300n, entries: 3, heldFen: 30n })
    expect(part.byReason.map(({ reason, inFen, outFen }) => [reason, inFen, outFen])).toEqual([
      ['DUES_PAID', 7n, 0n],
      ['SPENT', 0n, 87n],
    ])
    expect(part.months.map(({ month, openingFen, closingFen }) => [month, openingFen, closingFen])).toEqual([
      ['2026-01-01', 380n, 387n],
      ['2026-02-01', 387n, 387n],
      ['2026-03-01', 387n, 300n],
    ])
  })

  test('S0-24 of nothing is nothing, month for month', () => {
    expect(bookPartOf(own, period, [], nothing)).toMatchObject({
      openingFen: 0n,
      closingFen: 0n,
      byReason: [],
      byUse: [],
    })
    expect(monthsOf({ from: '2026-12-31', until: '2027-01-01' }, 9n, []).map(({ month }) => month)).toEqual([
      '2026-12-01',
      '2027-01-01',
    ])
  })

  test('S0-24 tells each use apart, less what came back of it; what came from above is none', () => {
    expect(
      usesOf([
        sum({ reason: 'SPENT', use: 'TRAINING', outFen: 100n }),
        sum({ reason: 'SPENT', use: 'TRAINING', outFen: -40n }),
        sum({ reason: 'SPENT', use: 'FLAGS', outFen: 5n }),
        sum({ reason: 'SPENDING_REFUNDED', use: 'FLAGS', inFen: 2n }),
        sum({ reason: 'SPENT', outFen: 3n }),
        sum({ reason: 'PASSED_DOWN', use: 'PASS_DOWN', outFen: 11n }),
        sum({ reason: 'PASSED_DOWN', inFen: 70n }),
        sum({ reason: 'PASSED_UP', outFen: 2n }),
      ]),
    ).toEqual([
      { use: 'FLAGS', amountFen: 3n, entries: 2 },
      { use: 'PASS_DOWN', amountFen: 11n, entries: 1 },
      { use: 'TRAINING', amountFen: 60n, entries: 2 },
      { use: null, amountFen: 3n, entries: 1 },
    ])
  })
})
