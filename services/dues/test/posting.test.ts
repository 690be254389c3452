import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { createBranchBooks, openBooks, outcomesOf } from './branch-books.ts'

jest.setTimeout(60_000)

let database: Awaited<ReturnType<typeof openBooks>>
beforeAll(async () => {
  database = await openBooks('posting')
})
afterAll(() => database?.close())

describe('S0-24 an account is never overdrawn', () => {
  test.each([
    [100n, [0n, 100n]],
    [101n, null],
  ])('S0-24 of 100 fen %s are moved on or nothing is', async (amountFen, wanted) => {
    const { move, balances } = await createBranchBooks(database, 100n)
    if (wanted) await move(amountFen)
    else await expect(move(amountFen)).rejects.toMatchObject({ code: 'MONEY_NOT_THERE' })
    expect(await balances()).toEqual((wanted ?? [100n, 0n]).map(fen => [fen, 0n]))
  })

  test('S0-24 however many take from it at once, the other way too: so many as there is money for, and none waits for ever', async () => {
    const { move, balances, firstDifference } = await createBranchBooks(database, 100n)
    const outcomes = await outcomesOf(Array.from({ length: 16 }, () => move(10n)))
    expect(outcomes.toSorted()).toEqual([...Array(6).fill('MONEY_NOT_THERE'), ...Array(10).fill('MOVED')])
    const both = await outcomesOf(Array.from({ length: 12 }, (_, n) => move(10n, n % 2 === 0)))
    expect(both.filter(outcome => outcome !== 'MOVED' && outcome !== 'MONEY_NOT_THERE')).toEqual([])
    const [one = 0n, other = 0n] = (await balances()).map(([fen]) => fen)
    expect([one + other, one >= 0n, other >= 0n]).toEqual([100n, true, true])
    expect(await firstDifference()).toBeNull()
  })
})
