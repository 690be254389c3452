import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf, uuidOf } from '@linghang/harness/ask'
import { seedActor } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { until } from '@linghang/harness/until'
import { addDays } from '@linghang/rulebook'
import { MockActivityEnvironment } from '@temporalio/testing'
import { openMornings } from './mornings.ts'
import { createPayers, startTaking, type Taking } from './taking.ts'

jest.setTimeout(240_000)

const seed = Number(process.env.SEED ?? 20_261_129)
const yesterday = addDays(shanghaiDay(new Date()), -1)
const at = `${yesterday}T04:00:00Z`

let taking: Taking
let payers: Awaited<ReturnType<typeof createPayers>>
beforeAll(async () => {
  taking = await startTaking()
  payers = await createPayers(
    taking,
    Array.from({ length: 50 }, (_, n) => `党员${n}`),
  )
})
afterAll(() => taking?.stop())

const noOf = (orderId: string) => uuidOf(orderId).replaceAll('-', '')
/** Fifty at once may be told that it is busy: whoever is asks again with the same key. */
const open = async (by: Actor, amountFen: number): Promise<string> => {
  const input = { amountFen: `${amountFen}`, idempotencyKey: randomUUID() }
  const answer = await until(
    async () => {
      const asked = await taking.world.ask.dues(
        by,
        'mutation ($input: PayDuesOnlineInput!) { payDuesOnline(input: $input) { order { id } } }',
        { input },
      )
      return codesOf(asked).includes('BUSY') ? null : asked
    },
    60_000,
    'there is room for an order',
  )
  return noOf(dataOf(answer).payDuesOnline.order?.id ?? '')
}
const reconcile = (by: Actor = payers.county.admin, accountId = payers.accountId, day = yesterday) =>
  taking.world.ask.dues(
    by,
    `mutation ($input: ReconcileDuesDayInput!) { reconcileDuesDay(input: $input) { account {
      settlements { totalCount nodes { id day trades paidFen refundedFen feeFen netFen bankedOn journal { reason } } }
      mismatches { totalCount nodes { id reason about expected found order { state } } } } } }`,
    { input: { accountId, day } },
  )
const reconciled = async () => {
  const { account } = dataOf(await reconcile()).reconcileDuesDay
  return account as NonNullable<typeof account>
}
const confirm = (settlementId: string, amountFen: string, by: Actor = payers.county.admin) =>
  taking.world.ask.dues(
    by,
    `mutation ($input: ConfirmDuesSettlementInput!) { confirmDuesSettlement(input: $input) {
      posted settlement { id bankedOn journal { reason settlement { id } } } } }`,
    { input: { settlementId, amountFen, bankedOn: yesterday, note: '银行回单 9 号' } },
  )
const resolve = (mismatchId: string, by: Actor = payers.county.admin) =>
  taking.world.ask.dues(
    by,
    'mutation ($input: ResolveDuesMismatchInput!) { resolveDuesMismatch(input: $input) { mismatch { resolution resolvedAt } } }',
    { input: { mismatchId, resolution: '已与支付机构核实' } },
  )
const balanceOf = async (where: string) => {
  const sql = `select b.balance_fen::int as fen from ledger_account a join ledger_balance b on b.account_id = a.id
    where a.keeper_id = $1 and ${where}`
  const [row] = await look('dues', sql, [payers.keeperId])
  return row?.fen as number
}

let orders: string[] = []
let sum = 0

describe('S0-6c a thousand callbacks in disorder', () => {
  test('S0-6c each twice, of an order that is told before another that was paid earlier: each order moves money once', async () => {
    await taking.told('torment', { callbacks: ['HELD', 'TWICE'] })
    for (let round = 0; round < 10; round += 1) {
      const opened = await Promise.all(payers.payers.map((by, n) => open(by, 100 + round * 50 + n)))
      for (const [n, orderNo] of opened.entries()) {
        await taking.told('pay', { orderNo, at })
        sum += 100 + round * 50 + n
      }
      orders = [...orders, ...opened]
      await taking.told('release', { seed: seed + round })
      const settled = async () => {
        const [row] = await look(
          'dues',
          "select count(*)::int as n from dues_order where keeper_id = $1 and state = 'SETTLED'",
          [payers.keeperId],
        )
        return row?.n === orders.length
      }
      await until(settled, 30_000, `round ${round} is settled (seed ${seed})`)
    }
    const taken = () => taking.answered.filter(({ status }) => status === 204)
    await until(async () => taken().length >= 1000, 30_000, 'all callbacks are answered')
    const replayed = await Promise.all(
      taken()
        .slice(0, 100)
        .map(({ headers, body }) => taking.passOn(headers, body)),
    )
    expect(new Set(replayed.map(({ status }) => status))).toEqual(new Set([204]))
    const [row] = await look(
      'dues',
      "select count(*)::int as journals from ledger_journal where keeper_id = $1 and reason = 'DUES_PAID'",
      [payers.keeperId],
    )
    expect([orders.length, row?.journals, await balanceOf("a.code = 'PROVIDER'")]).toEqual([500, 500, sum])
    await taking.told('torment', { callbacks: [] })
  })
})

describe('S0-6c the provider’s bill of a day, and the bank', () => {
  test('S0-6c agree, and a day twice is as once', async () => {
    const account = await reconciled()
    const said = { trades: 500, paidFen: `${sum}`, refundedFen: '0', feeFen: '0', netFen: `${sum}`, bankedOn: null }
    expect(account.settlements.nodes).toEqual([{ ...said, id: expect.any(String), day: yesterday, journal: null }])
    expect(account.mismatches.totalCount).toBe(0)
    expect(await reconciled()).toEqual(account)
  })

  test('S0-6c what was planted is found and nothing else, once, with the number it is about', async () => {
    const attach = `${payers.county.id}/${payers.keeperId}`
    const [missing = '', more = '', back = '', never = ''] = [
      orders[0],
      orders[77],
      orders[200],
      await open(payers.payers[0] as Actor, 5),
    ]
    const extra = 'f'.repeat(32)
    await taking.told('torment', { orderNo: never, callbacks: ['NEVER'] })
    await taking.told('pay', { orderNo: never, at })
    for (const change of [
      { orderNo: missing, change: 'MISSING' },
      { orderNo: more, change: 'AMOUNT', amountFen: 99_999 },
      { orderNo: back, change: 'REFUNDED', amountFen: 7 },
      { orderNo: extra, change: 'EXTRA', amountFen: 4321, attach },
      { orderNo: 'e'.repeat(32), change: 'EXTRA', amountFen: 1, attach: `${payers.county.id}/${randomUUID()}` },
    ])
      await taking.told('bill', { day: yesterday, ...change })
    const found = (await reconciled()).mismatches.nodes.map(({ reason, about, found }) => [reason, about, found])
    expect({ seed, found: found.toSorted() }).toEqual({
      seed,
      found: [
        ['AMOUNT_DIFFERS', more, '99999'],
        ['MISSING_AT_PROVIDER', missing, null],
        ['MISSING_HERE', extra, '4321'],
        ['REFUNDED_ELSEWHERE', back, expect.stringMatching(/: 7$/)],
        ['STATE_DIFFERS', never, 'SUCCESS'],
      ],
    })
    expect((await reconciled()).mismatches.totalCount).toBe(5)
  })

  test('S0-6c people see to them, whoever keeps the books, once', async () => {
    const [one, ...others] = (await reconciled()).mismatches.nodes
    const elsewhere = await seedActor(payers.county, 'SECRETARY', payers.tree.a.id)
    expect(codesOf(await resolve(one?.id ?? '', elsewhere))).toEqual(['NOT_FOUND'])
    expect(codesOf(await reconcile(elsewhere))).toEqual(['NOT_FOUND'])
    const cashier = await seedActor(payers.county, 'CASHIER', payers.tree.root.id)
    const done = dataOf(await resolve(one?.id ?? '', cashier)).resolveDuesMismatch.mismatch
    expect(done).toEqual({ resolution: '已与支付机构核实', resolvedAt: expect.any(String) })
    expect(codesOf(await resolve(one?.id ?? ''))).toEqual(['MISMATCH_RESOLVED_ALREADY'])
    expect((await reconciled()).mismatches.nodes.map(({ id }) => id)).toEqual(others.map(({ id }) => id))
  })

  test('S0-6c the bank has it: another sum moves nothing and is told, the bill’s moves it there, once', async () => {
    const day = addDays(yesterday, -1)
    for (const by of payers.payers.slice(1, 3)) {
      const orderNo = await open(by, 50)
      await taking.told('pay', { orderNo, at: `${day}T04:00:00Z` })
      sum += 50
      await until(async () => (await balanceOf("a.code = 'PROVIDER'")) >= sum, 20_000, 'the payment')
    }
    const { account } = dataOf(await reconcile(payers.county.admin, payers.accountId, day)).reconcileDuesDay
    const id = account?.settlements.nodes.find(settlement => settlement.day === day)?.id ?? ''
    const [provider, real] = [await balanceOf("a.code = 'PROVIDER'"), await balanceOf("a.kind = 'REAL'")]
    expect(dataOf(await confirm(id, '99')).confirmDuesSettlement).toMatchObject({ posted: false })
    const told = { reason: 'BANK_DIFFERS', about: day, expected: '100', found: '99' }
    expect((await reconciled()).mismatches.nodes[0]).toMatchObject(told)
    const leader = await seedActor(payers.county, 'LEADER', payers.tree.root.id)
    expect(codesOf(await confirm(id, '100', leader))).toEqual(['NOT_FOUND'])
    const both = await Promise.all([confirm(id, '100'), confirm(id, '100')])
    expect(both.flatMap(answer => codesOf(answer))).toEqual(['SETTLEMENT_BANKED_ALREADY'])
    const banked = both.flatMap(({ data }) => data?.confirmDuesSettlement?.settlement ?? [])[0]
    expect(banked?.journal).toEqual({ reason: 'PROVIDER_SETTLED', settlement: { id } })
    expect([await balanceOf("a.code = 'PROVIDER'"), await balanceOf("a.kind = 'REAL'")]).toEqual([
      provider - 100,
      real + 100,
    ])
  })

  test('S0-6c is looked at by the morning’s schedule, again without effect, and what nobody has told is asked after first', async () => {
    const day = addDays(yesterday, -2)
    const orderNo = await open(payers.payers[3] as Actor, 60)
    await taking.told('torment', { orderNo, callbacks: ['NEVER'] })
    await taking.told('pay', { orderNo, at: `${day}T04:00:00Z` })
    const { activities, close } = await openMornings(taking.variables)
    try {
      const found = () =>
        look('dues', 'select trades, paid_fen::int as paid from dues_settlement where keeper_id = $1 and day = $2', [
          payers.keeperId,
          day,
        ])
      const worker = new MockActivityEnvironment()
      expect(await worker.run(activities.daysToReconcile)).toContain(day)
      for (const _ of ['once', 'again']) {
        expect(await worker.run(activities.reconcileDay, { day })).toEqual({ committees: 1, newMismatches: 0 })
        expect(await found()).toEqual([{ trades: 1, paid: 60 }])
      }
      const audited = 'select 1 from audit_entry where subject_id = $1 and action = $2'
      expect(await look('dues', audited, [payers.keeperId, `dues.reconciled: ${day}`])).toHaveLength(1)
      // Of the provider's fault nothing is kept but what kind it is.
      const revive = await taking.killProvider()
      await expect(worker.run(activities.reconcileDay, { day })).rejects.toThrow(/^UNREACHABLE \w+$/)
      await revive()
    } finally {
      await close()
    }
    expect((await reconciled()).mismatches.nodes.filter(({ about }) => about === orderNo)).toEqual([])
  })

  test('S0-6c of a bill that has more than was paid nothing goes to the bank', async () => {
    const settlement = (await reconciled()).settlements.nodes.find(({ day }) => day === yesterday)
    expect(codesOf(await confirm(settlement?.id ?? '', settlement?.netFen ?? ''))).toEqual(['MONEY_NOT_THERE'])
  })

  test.each([
    [shanghaiDay(new Date()), ['BAD_INPUT']],
    [addDays(shanghaiDay(new Date()), -1), []],
  ])('S0-6c the bill of %s is asked for or not', async (day, codes) => {
    expect(codesOf(await reconcile(payers.county.admin, payers.accountId, day))).toEqual(codes)
  })
})
