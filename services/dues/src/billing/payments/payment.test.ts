import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type OpenBill, shareOver } from './payment.ts'

const bills: OpenBill[] = [
  { id: 'june', month: '2026-06-01', openFen: 30n },
  { id: 'april', month: '2026-04-01', openFen: 10n },
  { id: 'may', month: '2026-05-01', openFen: 20n },
]

describe('S0-23 a sum that is received', () => {
  test.each([
    [1n, { april: 1n }, 0n],
    [10n, { april: 10n }, 0n],
    [11n, { april: 10n, may: 1n }, 0n],
    [60n, { april: 10n, may: 20n, june: 30n }, 0n],
    [61n, { april: 10n, may: 20n, june: 30n }, 1n],
  ])('S0-23 of %s fen pays the oldest month first: %s, and %s is left', (amount, shares, rest) => {
    const made = shareOver(amount, bills)
    expect(Object.fromEntries(made.shares.map(({ billId, amountFen }) => [billId, amountFen]))).toEqual(shares)
    expect(made.restFen).toBe(rest)
  })

  test('S0-23 is shared to the last fen, and no bill is paid more than is open', () => {
    const open = fc.array(fc.bigInt(0n, 1_000n), { maxLength: 24 })
    fc.assert(
      fc.property(fc.bigInt(1n, 30_000n), open, (amount, fens) => {
        const some = fens.map((openFen, n) => ({ id: `${n}`, month: `${2000 + n}-01-01`, openFen }))
        const { shares, restFen } = shareOver(amount, some)
        expect(shares.reduce((sum, { amountFen }) => sum + amountFen, restFen)).toBe(amount)
        for (const { billId, amountFen } of shares) expect(amountFen <= (fens[Number(billId)] as bigint)).toBe(true)
        if (restFen > 0n)
          expect(shares.reduce((sum, share) => sum + share.amountFen, 0n)).toBe(fens.reduce((a, b) => a + b, 0n))
      }),
    )
  })
})
