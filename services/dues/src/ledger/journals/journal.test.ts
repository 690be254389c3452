import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { AccountKind } from '../accounts/account.ts'
import { type Entry, imbalanceOf, netOf, receiving } from './journal.ts'

const kinds = new Map<string, AccountKind>([
  ...([
    ['virtual', 'VIRTUAL'],
    ['other', 'VIRTUAL'],
    ['fund', 'EARMARKED'],
    ['outside', 'OUTSIDE'],
  ] as const),
  ...([
    ['real', 'REAL'],
    ['transit', 'TRANSIT'],
    ['elsewhere', 'ELSEWHERE'],
  ] as const),
])
const accounts = { virtual: 'virtual', outside: 'outside', real: 'real', elsewhere: 'elsewhere' }
const entries = (sums: Record<string, bigint>): Entry[] =>
  Object.entries(sums).map(([accountId, amountFen]) => ({ accountId, amountFen }))

describe('S0-24 a journal', () => {
  test.each([
    ['what is received', { outside: -5n, virtual: 5n, elsewhere: -5n, real: 5n }, true],
    ['what is on its way', { outside: -5n, virtual: 5n, elsewhere: -5n, transit: 5n }, true],
    ['what has come in', { transit: -5n, real: 5n }, true],
    ['what goes from one to the other', { virtual: -5n, other: 5n }, true],
    ['what is set aside', { virtual: -5n, fund: 5n }, true],
    ['what is only somebody’s, and lies nowhere', { outside: -5n, virtual: 5n }, false],
    ['what lies at the bank, and is nobody’s', { elsewhere: -5n, real: 5n }, false],
    ['a fen too many', { outside: -5n, virtual: 6n, elsewhere: -5n, real: 5n }, false],
    ['a fen too few at the bank', { outside: -5n, virtual: 5n, elsewhere: -4n, real: 4n }, false],
    ['what goes from a place to an owner', { real: -5n, virtual: 5n }, false],
    ['one entry', { virtual: 5n }, false],
    ['nothing', {}, false],
    ['an account under another', { virtual: -5n, stranger: 5n }, false],
  ])('S0-24 of %s balances: %s', (_, sums: Record<string, bigint>, balances) => {
    expect(imbalanceOf(entries(sums), kinds) === null).toBe(balances)
  })

  test('S0-24 has one entry an account, none of nothing, in one order whatever order they come in', () => {
    const made = netOf(
      entries({ virtual: -5n, other: 2n }).concat(entries({ other: 3n, fund: 1n }), entries({ fund: -1n })),
    )
    expect(made).toEqual(entries({ other: 5n, virtual: -5n }))
  })

  test('S0-24 that is put together of sound ones, and turned round, is sound', () => {
    const sound = fc.array(fc.bigInt(1n, 1_000_000n), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(sound, amounts => {
        const together = netOf(amounts.flatMap(amount => receiving(accounts, amount)))
        expect(imbalanceOf(together, kinds)).toBeNull()
        const back = together.map(({ accountId, amountFen }) => ({ accountId, amountFen: -amountFen }))
        expect(imbalanceOf(back, kinds)).toBeNull()
        expect(netOf([...together, ...back])).toEqual([])
      }),
    )
  })
})
