import { describe, expect, test } from '@jest/globals'
import { explainDues } from '@linghang/rulebook'
import { type Bill, billOf, followsFor, type Person, placeIn, stateOf, waivedOf } from './bill.ts'

const place = (fromMonth: string, orgId: string, more = {}) => ({
  ...{ memberId: 'm', fromMonth, orgId, accountSince: '2026-01-01', isTemporary: false, ...more },
})
const person: Person = {
  memberId: 'm',
  standing: { owesSince: '2026-03-20', knownOn: '2024-07-01', paidThrough: null, leftOn: null, pauses: [] },
  places: [place('0001-01-01', 'old'), place('2026-05-01', 'new')],
  bills: [],
}
const bill = (month: string, withdrawn: Bill['withdrawn'] = null) => ({ id: month, month, withdrawn })
const follows = (more: Partial<Person>, through = '2026-06-01') => followsFor({ ...person, ...more }, through)

describe('S3-5 the bills that follow', () => {
  test('S3-5 who moves in April pays at the old branch up to and with it, and at the new one from May', () => {
    const months = ['2026-03', '2026-04', '2026-05', '2026-06']
    expect(follows({}).missing).toEqual(
      months.map((month, n) => ({ month: `${month}-01`, orgId: n < 2 ? 'old' : 'new' })),
    )
  })

  test.each([
    ['there is an account since that month', { accountSince: '2026-06-01' }, 'o'],
    ['the account is younger', { accountSince: '2026-07-01' }, undefined],
    ['there is none', { accountSince: null }, undefined],
    ['the branch is a temporary one, which takes no dues (支部工作条例, art. 9)', { isTemporary: true }, undefined],
  ])('S3-5 where %s', (_, more, wanted) => {
    expect(placeIn([place('0001-01-01', 'o', more)], '2026-06-01')?.orgId).toBe(wanted)
  })

  test('S3-5 are none where all are there, and reach 24 months back at most', () => {
    const there = ['2026-03-01', '2026-04-01', '2026-05-01', '2026-06-01'].map(month => bill(month))
    expect(follows({ bills: there })).toEqual({ missing: [], withdraw: [], restore: [] })
    const old = { ...person.standing, owesSince: '1998-07-01', knownOn: '1998-07-01' }
    const since = [place('0001-01-01', 'o', { accountSince: '2000-01-01' })]
    const { missing } = follows({ standing: old, places: since })
    expect([missing.length, missing[0]?.month]).toEqual([24, '2024-07-01'])
  })

  test('S3-5 take back what is not owed after all, and give it back when that was wrong', () => {
    const bills = [bill('2026-04-01'), bill('2026-05-01'), bill('2026-06-01', 'LEFT')]
    expect(follows({ standing: { ...person.standing, leftOn: '2026-04-30' }, bills })).toMatchObject({
      ...{ withdraw: [{ id: '2026-05-01', why: 'LEFT' }], restore: [] },
    })
    expect(follows({ bills })).toMatchObject({ withdraw: [], restore: [{ id: '2026-06-01' }] })
  })

  test.each([
    [0n, 0n, null],
    [4_999n, 4_999n, null],
    [5_000n, 5_000n, '2026-06-30'],
    [5_001n, 5_000n, '2026-06-30'],
    [null, 5_000n, '2026-06-30'],
  ])('S3-5 of 5000 fen with %s waived (null: all) waive %s', (partFen, waivedFen, settledOn) => {
    const explained = explainDues({ category: 'MONTHLY_SALARY', incomeFen: 500_000n, on: '2026-06-01' })
    const made = billOf({ memberId: 'm', orgId: 'o', month: '2026-06-01' }, explained, partFen, '2026-06-30')
    expect(made).toMatchObject({ dueFen: 5_000n, waivedFen, settledOn })
  })

  test.each([
    [null, 0n, 100n],
    [null, 30n, 70n],
    [50n, 30n, 50n],
    [80n, 30n, 70n],
    [0n, 30n, 0n],
  ])(
    'S3-5 of 100 fen with %s waived and %s paid take off %s: what was paid is not given back',
    (part, paidFen, waived) => {
      expect(waivedOf({ dueFen: 100n, paidFen }, part)).toBe(waived)
    },
  )

  test.each([
    [0n, 0n, null, 'OPEN'],
    [0n, 1n, null, 'PART'],
    [1n, 98n, null, 'PART'],
    [1n, 99n, null, 'SETTLED'],
    [0n, 100n, null, 'SETTLED'],
    [100n, 0n, null, 'WAIVED'],
    [99n, 1n, 'LEFT', 'WITHDRAWN'],
  ] as const)(
    'S3-5 of 100 fen, %s waived and %s paid, withdrawn: %s, stand as %s',
    (waivedFen, paidFen, withdrawn, state) => {
      const some = {
        id: 'b',
        memberId: 'm',
        orgId: 'o',
        month: '2026-06-01',
        category: 'STUDENT',
        baseFen: null,
      } as const
      expect(stateOf({ ...some, dueFen: 100n, waivedFen, paidFen, settledOn: null, withdrawn })).toBe(state)
    },
  )
})
