import { describe, expect, test } from '@jest/globals'
import {
  centreShareDueOn,
  centreShareOf,
  spendingDates,
  spendingRouteOf,
  spendingUses,
  usualSpendingBands,
} from './spending.ts'

describe('S0-16 who decides on spending dues (党费规定 2008, arts. 20, 21)', () => {
  const bands = { ownUpToFen: 50_000n, superiorUpToFen: 500_000n }
  test.each([
    [1n, 'OWN'],
    [50_000n, 'OWN'],
    [50_001n, 'SUPERIOR'],
    [500_000n, 'SUPERIOR'],
    [500_001n, 'TWO_LEVELS'],
  ])('S0-16 %i fen: %s', (amountFen, route) => {
    expect(spendingRouteOf(amountFen, bands)).toBe(route)
  })

  test.each([1n, 10n ** 13n])('S0-16 where nothing is decided, %i fen go one level up', amountFen => {
    expect(spendingRouteOf(amountFen, usualSpendingBands)).toBe('SUPERIOR')
  })

  test('S0-16 the uses of art. 19 are verified, those of the later list are said to be second-hand', () => {
    const sure = Object.entries(spendingUses).filter(([, { certainty }]) => certainty === 'VERIFIED')
    expect(sure.map(([use]) => use)).toEqual(['TRAINING', 'MATERIALS', 'COMMENDATION', 'HARDSHIP', 'DISASTER'])
  })
})

describe('S0-16 what is due of a request to spend dues', () => {
  const still = { orgId: 'own', superiorId: 'above', deciderOrgId: null, heldUntil: null, basisLostOn: null }
  test.each([
    ['nothing of a draft', {}, []],
    ['the decision of whose turn it is', { deciderOrgId: 'turn' }, [['DUES_SPENDING_DECISION', '2026-07-01', 'turn']]],
    [
      'the booking by the last day of the hold',
      { heldUntil: '2026-09-14' },
      [['DUES_SPENDING_BOOKING', '2026-09-14', 'own']],
    ],
    [
      'a look of the superior at what no meeting carries',
      { basisLostOn: '2026-06-01' },
      [['DUES_SPENDING_BASIS', '2026-06-01', 'above']],
    ],
  ])('S0-16 %s', (_, more, wanted) => {
    const found = spendingDates({ ...still, ...more }, '2026-06-16')
    expect(found.map(({ rule, dueOn, orgId }) => [rule, dueOn, orgId])).toEqual(wanted)
  })
})

describe('S0-24 what goes to the centre (党费规定 2008, art. 15)', () => {
  test.each([
    [0n, 0n],
    [9n, 0n],
    [10n, 1n],
    [29n, 1n],
    [30n, 2n],
    [2_000n, 100n],
    [123_456_789n, 6_172_839n],
  ])('S0-24 of %i fen: %i', (paidFen, share) => {
    expect(centreShareOf(paidFen)).toBe(share)
  })

  test('S0-24 by the end of April of the next year', () => {
    expect(centreShareDueOn(2026)).toBe('2027-04-30')
  })
})
