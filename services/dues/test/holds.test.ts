import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { look } from '@linghang/harness/databases'
import { addDays } from '@linghang/rulebook'
import { hold, releaseHolds, settleHold } from '../src/ledger/holds/hold-money.ts'
import { lapseHolds } from '../src/ledger/holds/lapse-holds.ts'
import { holdStore } from '../src/ledger/holds/store.ts'
import { createBranchBooks, openBooks, outcomesOf } from './branch-books.ts'

jest.setTimeout(60_000)

const suffix = 'holds'
let database: Awaited<ReturnType<typeof openBooks>>
beforeAll(async () => {
  database = await openBooks(suffix)
})
afterAll(() => database?.close())

/** Books of 100 fen, and what is done with their holds. */
async function createHolds() {
  const books = await createBranchBooks(database, 100n)
  const { work, keeper, moving, accounts } = books
  return {
    ...books,
    place: (amountFen: bigint, days = 0, accountId: string = accounts[0]) =>
      work(own =>
        hold(own, {
          ...{ accountId, amountFen, lapsesOn: addDays(own.today, days) },
          ...{ reason: 'SPENDING', note: '三季度主题党日' },
        }),
      ),
    settle: (id: string, amountFen: bigint, back = false) =>
      work(own => settleHold(own, keeper, id, moving(amountFen, back)(own))),
    release: (id: string) => work(own => releaseHolds(own, [id])),
    told: (id: string) =>
      work(async ({ tx, actor, today }) => (await holdStore.toldByIds(tx, actor.countyId, [id], today))[0]),
  }
}

describe('S0-25 money is held before it is spent', () => {
  test('S0-25 what is held stays there and can be taken by nobody; the rest can', async () => {
    const { place, move, balances, told } = await createHolds()
    const id = await place(60n)
    expect(await told(id)).toMatchObject({ amountFen: 60n, state: 'OPEN', end: null, note: '三季度主题党日' })
    await expect(move(41n)).rejects.toMatchObject({
      code: 'MONEY_NOT_THERE',
      params: { available: '40', held: '60', found: '41' },
    })
    await expect(place(41n)).rejects.toMatchObject({ code: 'MONEY_NOT_THERE', params: { available: '40', held: '60' } })
    await move(40n)
    expect(await balances()).toEqual([
      [60n, 60n],
      [40n, 0n],
    ])
  })

  test.each([
    [60n, 40n],
    [59n, 41n],
    [1n, 99n],
  ])('S0-25 of 60 that are held %s are spent, and the rest is free at once', async (fen, left) => {
    const { place, settle, move, balances, told, firstDifference } = await createHolds()
    const id = await place(60n)
    const journalId = await settle(id, fen)
    expect(await told(id)).toMatchObject({ state: 'SETTLED', end: { settledFen: fen, journalId } })
    expect((await balances())[0]).toEqual([left, 0n])
    await move(left)
    expect(await firstDifference()).toBeNull()
  })

  test('S0-25 more than is held is not spent by it, nor nothing, nor another account’s', async () => {
    const { place, settle, balances } = await createHolds()
    const id = await place(60n)
    for (const [fen, back] of [
      [61n, false],
      [0n, false],
    ] as const)
      await expect(settle(id, fen, back)).rejects.toThrow()
    await expect(settle(id, 61n)).rejects.toMatchObject({ code: 'HOLD_TOO_SMALL', params: { held: '60', found: '61' } })
    await settle(await place(40n), 40n)
    await expect(settle(id, 40n, true)).rejects.toMatchObject({ code: 'HOLD_TOO_SMALL', params: { found: '-40' } })
    expect((await balances())[0]).toEqual([60n, 60n])
  })

  test('S0-25 whoever settles or gives it free at the same moment: one does, the others are told how it ended', async () => {
    const { place, settle, release, balances, firstDifference } = await createHolds()
    const id = await place(60n)
    const outcomes = await outcomesOf(
      Array.from({ length: 12 }, (_, n) => (n % 3 === 0 ? release(id) : settle(id, 50n))),
    )
    expect(outcomes.toSorted()).toEqual([...Array(11).fill('HOLD_ENDED'), 'MOVED'])
    const [[left, held] = []] = await balances()
    expect([left === 50n || left === 100n, held]).toEqual([true, 0n])
    expect(await firstDifference()).toBeNull()
    await expect(settle(id, 1n)).rejects.toMatchObject({ code: 'HOLD_ENDED' })
  })

  test('S0-25 however many hold at once: so many as there is money for', async () => {
    const { place, balances, firstDifference } = await createHolds()
    const outcomes = await outcomesOf(Array.from({ length: 20 }, () => place(9n)))
    expect(outcomes.filter(outcome => outcome === 'MOVED')).toHaveLength(11)
    expect(outcomes.filter(outcome => outcome === 'MONEY_NOT_THERE')).toHaveLength(9)
    expect((await balances())[0]).toEqual([100n, 99n])
    expect(await firstDifference()).toBeNull()
  })

  test.each([
    ['its last day', 3, 'OPEN'],
    ['the day after', 4, 'LAPSED'],
  ])('S0-25 on %s it is so, and lapsed money is free though nothing has run', async (_, days, state) => {
    const { place, move, settle, balances, told, wait, firstDifference } = await createHolds()
    const id = await place(60n, 3)
    wait(days)
    expect(await told(id)).toMatchObject({ state })
    if (state === 'OPEN') {
      await expect(move(41n)).rejects.toMatchObject({ code: 'MONEY_NOT_THERE' })
      await settle(id, 60n)
    } else {
      expect((await balances())[0]).toEqual([100n, 0n])
      await move(100n)
      expect(await told(id)).toMatchObject({ state: 'LAPSED', end: { settledFen: 0n, journalId: null } })
      await expect(settle(id, 1n)).rejects.toMatchObject({ code: 'HOLD_ENDED', params: { how: 'LAPSED' } })
    }
    expect(await firstDifference()).toBeNull()
  })

  test('S0-25 what is past is not held, and a daily run ends all that lapsed, set by set', async () => {
    const { place, work, wait, accounts, move, county } = await createHolds()
    await expect(place(1n, -1)).rejects.toMatchObject({ code: 'BAD_INPUT', params: { field: 'lapsesOn' } })
    await move(50n)
    for (const accountId of accounts) for (const days of [0, 0, 1, 2]) await place(1n, days, accountId)
    wait(2)
    const run = () => work(own => lapseHolds.run(own, { most: 1 }))
    expect([await run(), await run(), await run()]).toEqual([1, 1, 0])
    const rows = await look(
      'dues',
      'select account_id, held_fen from ledger_balance where county_id = $1 and held_fen > 0 order by 1',
      [county.countyId],
      suffix,
    )
    expect(rows.map(({ held_fen }) => held_fen)).toEqual(['1', '1'])
  })

  test.each([
    ['ACCOUNT_HELD', 'update ledger_balance set held_fen = held_fen - 1 where account_id = $1'],
    [
      'ACCOUNT_HELD',
      tampering('update ledger_hold set amount_fen = amount_fen + 1 where account_id = $1 and note = $2'),
    ],
    [
      'HOLD_SETTLEMENT',
      tampering(
        `update ledger_hold_end set settled_fen = settled_fen - 1 where how = 'SETTLED' and hold_id in (select id from ledger_hold where account_id = $1)`,
      ),
    ],
    ['HOLD_SETTLEMENT', tampering('update ledger_hold set amount_fen = 19 where account_id = $1 and amount_fen = 20')],
  ])('S0-25 where somebody has changed holds in the database, the verification names %s', async (what, tamper) => {
    const { place, settle, accounts, firstDifference } = await createHolds()
    await place(30n)
    await settle(await place(20n), 20n)
    expect(await firstDifference()).toBeNull()
    await look('dues', tamper.replaceAll('$1', `'${accounts[0]}'`).replaceAll('$2', `'三季度主题党日'`), [], suffix)
    expect(await firstDifference()).toMatchObject({ what })
  })

  test('S0-28 no hold and no end is changed, ended twice or beyond what is there, whoever writes', async () => {
    const { place, settle, accounts } = await createHolds()
    const id = await place(30n)
    await settle(await place(20n), 20n)
    const statements: [string, RegExp][] = [
      [`update ledger_hold set amount_fen = 1 where id = '${id}'`, /append-only/],
      [`delete from ledger_hold where id = '${id}'`, /append-only/],
      [`delete from ledger_hold_end where org_id = (select org_id from ledger_hold where id = '${id}')`, /append-only/],
      [
        `insert into ledger_hold_end (hold_id, county_id, org_id, how, settled_fen, ended_at)
         select hold_id, county_id, org_id, 'RELEASED', 0, ended_at from ledger_hold_end limit 1`,
        /ledger_hold_end_pkey/,
      ],
      [
        `update ledger_balance set held_fen = balance_fen + 1 where account_id = '${accounts[0]}'`,
        /ledger_balance_held/,
      ],
      [`update ledger_balance set held_fen = -1 where account_id = '${accounts[0]}'`, /ledger_balance_held/],
      [`update ledger_balance set held_fen = 1 where kind = 'REAL'`, /ledger_balance_held/],
    ]
    for (const [statement, fault] of statements)
      await expect(look('dues', statement, [], suffix)).rejects.toThrow(fault)
  })
})

/** As whoever has every privilege could do it: with the trigger out of the way. */
function tampering(statement: string): string {
  return `set session_replication_role = replica;${statement};set session_replication_role = default`
}
