import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { look } from '@linghang/harness/databases'
import { addDays } from '@linghang/rulebook'
import { hold, releaseHolds, settleHold } from '../src/ledger/holds/hold-money.ts'
import { post } from '../src/ledger/journals/post.ts'
import type { LimitPeriod } from '../src/ledger/limits/limit.ts'
import { limitsOf } from '../src/ledger/limits/read-limits.ts'
import { setLimit } from '../src/ledger/limits/set-limit.ts'
import { createBranchBooks, openBooks, outcomesOf } from './branch-books.ts'

jest.setTimeout(60_000)

const suffix = 'limits'
let database: Awaited<ReturnType<typeof openBooks>>
beforeAll(async () => {
  database = await openBooks(suffix)
})
afterAll(() => database?.close())

/** Books of 1,000 fen of which 100 may be spent in a period. */
async function createLimited(period: LimitPeriod = 'MONTH', limitFen: bigint | null = 100n) {
  const books = await createBranchBooks(database, 1_000n)
  const { work, accounts, keeper, spent } = books
  const limit = (fen: bigint | null, days = 0) =>
    work(own =>
      setLimit.run(own, {
        ...{ accountId: accounts[0], period, limitFen: fen, effectiveFrom: addDays(own.today, days) },
        basis: '党委会决定',
      }),
    )
  await limit(limitFen)
  return {
    ...{ ...books, limit },
    place: (amountFen: bigint) =>
      work(own =>
        hold(own, {
          ...{ accountId: accounts[0], amountFen, lapsesOn: own.today },
          ...{ reason: 'SPENDING', note: '慰问困难党员' },
        }),
      ),
    settle: (id: string, amountFen: bigint) => work(own => settleHold(own, keeper, id, spent(amountFen)(own))),
    release: (id: string) => work(own => releaseHolds(own, [id])),
    takeBack: (reverses: string, amountFen: bigint) =>
      work(own =>
        post(own, keeper, {
          ...{ ...spent(-amountFen)(own), reason: 'REVERSED', reverses },
        }),
      ),
    standing: async () => {
      const [told] = (await work(own => limitsOf.read(own, [accounts[0]]))).get(accounts[0]) as [
        { usedFen: bigint; heldFen: bigint; freeFen: bigint },
      ]
      return [told.usedFen, told.heldFen, told.freeFen]
    },
  }
}

describe('S0-25 a limit', () => {
  test.each<LimitPeriod>(['MONTH', 'QUARTER', 'YEAR'])(
    'S0-25 of a %s is kept to the fen, by what is spent and by what is held',
    async period => {
      const { spend, place, standing, firstDifference, move } = await createLimited(period)
      await spend(40n)
      const id = await place(60n)
      expect(id).toBeTruthy()
      expect(await standing()).toEqual([40n, 60n, 0n])
      const refusal = { code: 'LIMIT_EXCEEDED', params: { period, limit: '100', used: '40', held: '60', found: '1' } }
      await expect(spend(1n)).rejects.toMatchObject(refusal)
      await expect(place(1n)).rejects.toMatchObject(refusal)
      // What is not spent is not limited.
      await move(500n)
      expect(await firstDifference()).toBeNull()
    },
  )

  test('S0-25 what is settled was held and is used; what is released, lapsed or taken back is free', async () => {
    const { spend, place, settle, release, takeBack, standing, wait, firstDifference } = await createLimited('YEAR')
    await settle(await place(60n), 50n)
    expect(await standing()).toEqual([50n, 0n, 50n])
    const released = await place(50n)
    await expect(spend(1n)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' })
    await release(released)
    const journal = await spend(50n)
    await takeBack(journal, 50n)
    expect(await standing()).toEqual([50n, 0n, 50n])
    await place(50n)
    wait(1)
    expect((await standing())[2]).toBeGreaterThanOrEqual(50n)
    await spend(50n)
    expect(await firstDifference()).toBeNull()
  })

  test('S0-25 however many spend and hold at once, no more goes than the limit', async () => {
    const { spend, place, standing, firstDifference } = await createLimited()
    const outcomes = await outcomesOf(Array.from({ length: 50 }, (_, n) => (n % 2 === 0 ? spend(7n) : place(7n))))
    expect(outcomes.toSorted()).toEqual([...Array(36).fill('LIMIT_EXCEEDED'), ...Array(14).fill('MOVED')])
    expect((await standing())[2]).toBe(2n)
    expect(await firstDifference()).toBeNull()
  })

  test('S0-25 holds from its day on, and what is set later of the same day goes before', async () => {
    const { spend, limit, standing, wait, firstDifference } = await createLimited('YEAR', null)
    await limit(10n, 1)
    await spend(50n)
    await limit(60n)
    await expect(spend(11n)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED', params: { limit: '60' } })
    await limit(70n)
    await spend(20n)
    await limit(30n)
    expect(await standing()).toEqual([70n, 0n, 0n])
    await expect(spend(1n)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED', params: { limit: '30', used: '70' } })
    await limit(null)
    await spend(5n)
    wait(1)
    await expect(spend(11n)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED', params: { limit: '10' } })
    expect(await firstDifference()).toBeNull()
  })

  test('S0-25 that was gone beyond in the database is named by the verification', async () => {
    const { spend, place, accounts, firstDifference } = await createLimited()
    await spend(40n)
    await place(60n)
    expect(await firstDifference()).toBeNull()
    // As if it had been so for days: a minute before it was set there was none.
    const tamper = `update ledger_limit set limit_fen = 99, set_at = set_at - interval '2 days', effective_from = effective_from - 2
      where account_id = '${accounts[0]}'`
    await look(
      'dues',
      `set session_replication_role = replica;${tamper};set session_replication_role = default`,
      [],
      suffix,
    )
    expect(await firstDifference()).toMatchObject({ what: 'LIMIT_BROKEN', wanted: '99 or less' })
    await expect(look('dues', tamper, [], suffix)).rejects.toThrow(/append-only/)
  })
})
