import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf, uuidOf } from '@linghang/harness/ask'
import { databaseUrl, look } from '@linghang/harness/databases'
import { surroundings } from '@linghang/harness/surroundings'
import { until } from '@linghang/harness/until'
import { addDays } from '@linghang/rulebook'
import { createPayers, startTaking, type Taking } from './taking.ts'

jest.setTimeout(240_000)

const seed = Number(process.env.SEED ?? 20_261_129)
// Before the days that a service which starts looks at by itself: it would hold a bill against what is paid meanwhile.
const day = addDays(shanghaiDay(new Date()), -20)
const at = `${day}T04:00:00Z`
const payerCount = 24

let taking: Taking
let payers: Awaited<ReturnType<typeof createPayers>>
beforeAll(async () => {
  taking = await startTaking()
  payers = await createPayers(
    taking,
    Array.from({ length: payerCount }, (_, n) => `党员${n}`),
  )
})
afterAll(() => taking?.stop())

const noOf = (orderId: string) => uuidOf(orderId).replaceAll('-', '')
const pay = (by: Actor, amountFen: number, idempotencyKey: string) =>
  taking.world.ask.dues(
    by,
    'mutation ($input: PayDuesOnlineInput!) { payDuesOnline(input: $input) { order { id state codeUrl } } }',
    { input: { amountFen: `${amountFen}`, idempotencyKey } },
  )
/** Again with the same key until there is an answer that says something. */
async function insistOn(by: Actor, amountFen: number, key: string): Promise<string> {
  let id = ''
  const hasAnswer = async () => {
    const answer = await pay(by, amountFen, key).catch(() => null)
    const codes = answer ? codesOf(answer) : ['AWAY']
    expect(['AWAY', 'PROVIDER_UNREACHABLE', 'BUSY', 'OUTCOME_UNKNOWN', undefined]).toContain(codes[0])
    id = answer?.data?.payDuesOnline?.order?.id ?? ''
    return codes.length === 0 && id !== ''
  }
  await until(hasAnswer, 60_000, 'an order is open')
  return id
}
const openAll = (round: string, fen: number) =>
  Promise.all(payers.payers.map((by, n) => insistOn(by, fen + n, `${round}/${n}`)))
const payAll = async (ids: readonly string[]) => {
  for (const id of ids) await taking.told('pay', { orderNo: noOf(id), at })
}
/** Nobody is told any more of what a killed provider had not sent: each order is asked after, as on its day. */
const askNow = () =>
  look(
    'dues',
    "update dues_order set ask_at = now() - interval '1 second' where keeper_id = $1 and ask_at is not null",
    [payers.keeperId],
  )
const statesOf = async (ids: readonly string[]) => {
  const rows = await look(
    'dues',
    'select state, count(*)::int as n from dues_order where id = any ($1) group by state',
    [ids.map(uuidOf)],
  )
  return Object.fromEntries(rows.map(({ state, n }) => [state, n])) as Record<string, number>
}
const become = (ids: readonly string[], state: string) =>
  until(
    async () => (await statesOf(ids))[state] === ids.length,
    90_000,
    `${ids.length} orders are ${state} (seed ${seed})`,
  )
const answeredSince = (before: number, atLeast: number) =>
  until(async () => taking.answered.length >= before + atLeast, 60_000, 'some callbacks have come')

const settled: { id: string; fen: number }[] = []
const keep = (ids: readonly string[], fen: number) => settled.push(...ids.map((id, n) => ({ id, fen: fen + n })))

/** Of each order: as often as it is in the books, and what of its payments is there. */
const books = async () => {
  const [row] = await look(
    'dues',
    `select count(*)::int as orders, count(*) filter (where n = 1)::int as once from (
       select o.id, (select count(*) from dues_payment p where p.order_id = o.id and p.state in ('CONFIRMED', 'REVERSED')) as n
       from dues_order o where o.keeper_id = $1 and o.state in ('SETTLED', 'REFUNDED')) counted`,
    [payers.keeperId],
  )
  const [provider] = await look(
    'dues',
    `select b.balance_fen::int as fen from ledger_account a join ledger_balance b on b.account_id = a.id
     where a.keeper_id = $1 and a.code = 'PROVIDER'`,
    [payers.keeperId],
  )
  return { orders: row?.orders, once: row?.once, providerFen: provider?.fen }
}

describe('S0-6c killed in the middle', () => {
  test('S0-6c the provider, of its callbacks: what it had not told is asked after', async () => {
    await taking.told('torment', { callbacks: ['HELD', 'TWICE'] })
    const ids = await openAll('provider', 100)
    await payAll(ids)
    const before = taking.answered.length
    await taking.told('release', { seed })
    await answeredSince(before, 3)
    const revive = await taking.killProvider()
    await revive()
    await askNow()
    await become(ids, 'SETTLED')
    keep(ids, 100)
  })

  test('S0-6c the service, of the callbacks: the provider tells it again', async () => {
    await taking.told('torment', { callbacks: ['HELD', 'TWICE'] })
    const ids = await openAll('dues', 200)
    await payAll(ids)
    const before = taking.answered.length
    await taking.told('release', { seed: seed + 1 })
    await answeredSince(before, 3)
    const revive = await taking.killDues()
    await revive()
    await become(ids, 'SETTLED')
    keep(ids, 200)
  })

  test.each([
    ['the provider', () => taking.killProvider()],
    ['the service', () => taking.killDues()],
  ])('S0-6c %s, of opening orders: the same request goes on with the same order', async (name, kill) => {
    await taking.told('torment', { callbacks: [] })
    const fen = name === 'the provider' ? 300 : 400
    const opening = openAll(name, fen)
    await until(
      async () => {
        const sql = 'select count(*)::int as n from dues_order where keeper_id = $1 and state in ($2, $3)'
        return (await look('dues', sql, [payers.keeperId, 'OPENING', 'PENDING']))[0]?.n >= 5
      },
      20_000,
      'some are being opened',
    )
    const revive = await kill()
    await revive()
    const ids = await opening
    expect(await openAll(name, fen)).toEqual(ids)
    const [row] = await look(
      'dues',
      'select count(*)::int as n from dues_order where keeper_id = $1 and ask_at is not null',
      [payers.keeperId],
    )
    expect([new Set(ids).size, row?.n]).toEqual([payerCount, payerCount])
    await payAll(ids)
    await become(ids, 'SETTLED')
    keep(ids, fen)
  })

  test.each([
    ['the provider', () => taking.killProvider()],
    ['the service', () => taking.killDues()],
  ])('S0-6c %s, of refunds: each goes back once', async (name, kill) => {
    const going = settled.splice(0, 8)
    const refund = ({ id }: { id: string }) =>
      taking.world.ask.dues(
        payers.county.admin,
        'mutation ($input: RefundDuesOrderInput!) { refundDuesOrder(input: $input) { order { state } } }',
        { input: { orderId: id, reason: '多付', idempotencyKey: `${name}/${id}` } },
      )
    const asked = Promise.allSettled(going.map(refund))
    await until(
      async () => {
        const sql = 'select count(*)::int as n from dues_refund where order_id = any ($1)'
        return (await look('dues', sql, [going.map(({ id }) => uuidOf(id))]))[0]?.n >= 2
      },
      20_000,
      'some are under way',
    )
    const revive = await kill()
    await asked
    await revive()
    for (const one of going)
      await until(
        async () => {
          const codes = codesOf(await refund(one))
          // Asked for already, whoever has heard of it or not.
          return codes.length === 0 || codes[0] === 'ORDER_NOT_TO_REFUND'
        },
        30_000,
        'it is asked for',
      )
    await look(
      'dues',
      "update dues_refund set ask_at = now() - interval '1 second' where order_id = any ($1) and ask_at is not null",
      [going.map(({ id }) => uuidOf(id))],
    )
    await become(
      going.map(({ id }) => id),
      'REFUNDED',
    )
    const [row] = await look('dues', 'select count(*)::int as n from dues_refund where order_id = any ($1)', [
      going.map(({ id }) => uuidOf(id)),
    ])
    expect(row?.n).toBe(going.length)
  })

  test('S0-6c and when all is over each order is in the books once, to the fen, and the books hold', async () => {
    const fen = settled.reduce((sum, one) => sum + one.fen, 0)
    expect({ seed, ...(await books()) }).toEqual({
      seed,
      orders: 4 * payerCount,
      once: 4 * payerCount,
      providerFen: fen,
    })
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        join(surroundings().root, 'services/dues/src/ledger/command.ts'),
        ...['--county', payers.county.id],
      ],
      { env: { ...process.env, DATABASE_URL: databaseUrl(surroundings(), 'dues') } },
    )
    expect(stdout).toContain('the books hold')
  })

  test('S0-6c the provider’s bill agrees but for what was planted in it', async () => {
    const reconcile = async () =>
      dataOf(
        await taking.world.ask.dues(
          payers.county.admin,
          `mutation ($input: ReconcileDuesDayInput!) { reconcileDuesDay(input: $input) { account {
            mismatches(first: 100) { nodes { reason about found } } } } }`,
          { input: { accountId: payers.accountId, day } },
        ),
      ).reconcileDuesDay.account?.mismatches.nodes
    expect(await reconcile()).toEqual([])
    const [missing = '', more = ''] = settled.slice(-2).map(({ id }) => noOf(id))
    await taking.told('bill', { day, orderNo: missing, change: 'MISSING' })
    await taking.told('bill', { day, orderNo: more, change: 'AMOUNT', amountFen: 99_999 })
    const found = (await reconcile())?.map(({ reason, about, found }) => [reason, about, found]).toSorted()
    expect(found).toEqual([
      ['AMOUNT_DIFFERS', more, '99999'],
      ['MISSING_AT_PROVIDER', missing, null],
    ])
  })
})
