import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf, entityOf, uuidOf } from '@linghang/harness/ask'
import { seedActor } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { until } from '@linghang/harness/until'
import { sharedWorld } from '@linghang/harness/world'
import { addMonths, monthOf } from '@linghang/rulebook'
import { createPayers, startTaking, type Taking } from './taking.ts'

jest.setTimeout(120_000)

let taking: Taking
let payers: Awaited<ReturnType<typeof createPayers>>
beforeAll(async () => {
  taking = await startTaking()
  payers = await createPayers(taking, ['甲党员', '乙党员', '丙党员'])
})
afterAll(() => taking?.stop())

const payer = (n: number) => payers.payers[n] as Actor
const pay = (by: Actor, amountFen: string | undefined, more: object = {}, world = taking.world) =>
  world.ask.dues(
    by,
    `mutation ($input: PayDuesOnlineInput!) { payDuesOnline(input: $input) {
      order { id amountFen state codeUrl expiresAt paidAt tradeNo } page { package paySign } } }`,
    { input: { amountFen, ...more } },
  )
const opened = async (by: Actor, amountFen: string, more: object = {}) => {
  const { order } = dataOf(await pay(by, amountFen, more)).payDuesOnline
  return order as NonNullable<typeof order>
}
const check = (by: Actor, orderId: string) =>
  taking.world.ask.dues(
    by,
    'mutation ($input: CheckDuesOrderInput!) { checkDuesOrder(input: $input) { order { state paidAt tradeNo codeUrl } } }',
    { input: { orderId } },
  )
const cancel = (by: Actor, orderId: string) =>
  taking.world.ask.dues(
    by,
    'mutation ($input: CancelDuesOrderInput!) { cancelDuesOrder(input: $input) { order { state } } }',
    { input: { orderId } },
  )
const noOf = (orderId: string) => uuidOf(orderId).replaceAll('-', '')
const stateOf = async (orderId: string) => {
  const [row] = await look('dues', 'select state from dues_order where id = $1', [uuidOf(orderId)])
  return row?.state
}
const become = (orderId: string, state: string) =>
  until(async () => (await stateOf(orderId)) === state, 20_000, `the order is ${state}`)
const torment = (orderId: string, ...callbacks: string[]) =>
  taking.told('torment', { orderNo: noOf(orderId), callbacks })
/** What lies with the provider and what the branch has, in fen. */
const balances = async () => {
  const [row] = await look(
    'dues',
    `select coalesce(sum(b.balance_fen) filter (where a.code = 'PROVIDER'), 0)::int as provider,
      coalesce(sum(b.balance_fen) filter (where a.kind = 'VIRTUAL'), 0)::int as branches, count(*)::int as accounts
     from ledger_account a join ledger_balance b on b.account_id = a.id where a.keeper_id = $1`,
    [payers.keeperId],
  )
  return { provider: row?.provider as number, branches: row?.branches as number }
}
const mismatches = (orderId: string) =>
  look('dues', 'select reason, expected, found from dues_mismatch where about = $1', [noOf(orderId)])

describe('S0-6c a member pays online', () => {
  test('S0-6c and sees PENDING until it is certain, then it is in the books, once', async () => {
    const before = await balances()
    const order = await opened(payer(0), '7501')
    expect(order).toMatchObject({
      amountFen: '7501',
      state: 'PENDING',
      codeUrl: expect.stringMatching(/^weixin:/),
      paidAt: null,
    })
    await torment(order.id, 'TWICE')
    const { tradeNo } = await taking.told('pay', { orderNo: noOf(order.id) })
    await become(order.id, 'SETTLED')
    await until(
      async () => taking.answered.filter(({ status }) => status === 204).length >= 2,
      10_000,
      'both callbacks',
    )
    expect(await balances()).toEqual({ provider: before.provider + 7501, branches: before.branches + 7501 })
    const seen = dataOf(await check(payer(0), order.id)).checkDuesOrder.order
    expect(seen).toEqual({ state: 'SETTLED', paidAt: expect.any(String), tradeNo, codeUrl: null })
    const events = await look('dues', 'select state from dues_order_event where order_id = $1 order by n', [
      uuidOf(order.id),
    ])
    expect(events.map(({ state }) => state)).toEqual(['OPENING', 'PENDING', 'SETTLED'])
  })

  test('S0-6c the same sum again is the same order, another one waits until it is given up', async () => {
    const order = await opened(payer(0), '100', { idempotencyKey: 'one' })
    expect((await opened(payer(0), '100', { idempotencyKey: 'two' })).id).toBe(order.id)
    expect(codesOf(await pay(payer(0), '101'))).toEqual(['ORDER_OPEN'])
    expect((await opened(payer(1), '101')).id).not.toBe(order.id)
    const both = await Promise.all(Array.from({ length: 6 }, () => opened(payer(2), '55')))
    expect(new Set(both.map(({ id }) => id)).size).toBe(1)
    expect(dataOf(await cancel(payer(0), order.id)).cancelDuesOrder.order?.state).toBe('CLOSED')
    const next = await opened(payer(0), '101')
    expect(next.id).not.toBe(order.id)
    for (const [by, id] of [
      [payer(0), next.id],
      [payer(2), both[0]?.id ?? ''],
    ] as const)
      await cancel(by, id)
  })

  test('S0-6c without a sum it is all that is open, which it pays; then nothing is', async () => {
    const memberId = uuidOf(payers.ids.get('丙党员') as string)
    const open = async () => {
      const sql =
        'select coalesce(sum(due_fen - waived_fen - paid_fen), 0)::int as fen from dues_bill where member_id = $1'
      const [row] = await look('dues', sql, [memberId])
      return row?.fen as number
    }
    const through = addMonths(monthOf(shanghaiDay(new Date())), -3)
    dataOf(
      await taking.world.ask.dues(
        payers.county.admin,
        'mutation ($input: RecordDuesPaidThroughInput!) { recordDuesPaidThrough(input: $input) { record { paidThrough } } }',
        { input: { memberId: payers.ids.get('丙党员') as string, through } },
      ),
    )
    await until(async () => (await open()) > 0, 20_000, 'the months since are owed')
    const [owed, answer] = [await open(), await pay(payer(2), undefined)]
    const order = dataOf(answer).payDuesOnline.order
    expect(order?.amountFen).toBe(`${owed}`)
    await taking.told('pay', { orderNo: noOf(order?.id ?? '') })
    await become(order?.id ?? '', 'SETTLED')
    expect([await open(), codesOf(await pay(payer(2), undefined))]).toEqual([0, ['NOTHING_OWED']])
  })

  test('S1-24 pays by phone: for a page inside the provider’s app, who pays is not kept', async () => {
    const answer = dataOf(await pay(payer(0), '77', { openId: 'o-Payer_1' })).payDuesOnline
    expect(answer.page).toEqual({ package: expect.stringMatching(/^prepay_id=/), paySign: expect.any(String) })
    expect(answer.order?.codeUrl).toBeNull()
    await cancel(payer(0), answer.order?.id ?? '')
  })

  test.each(['0', '-1', '10000001', '999999999999999999'])('S0-6c %s fen are no order', async amountFen => {
    expect(codesOf(await pay(payer(0), amountFen))).toEqual(['BAD_INPUT'])
  })
  test.each(['0.1', '9223372036854775808', '1e3', ''])('S0-6c %s is no number of fen', async amountFen => {
    expect(codesOf(await pay(payer(0), amountFen))[0]).not.toBe('INTERNAL')
    expect((await pay(payer(0), amountFen)).data?.payDuesOnline ?? null).toBeNull()
  })
  test('S0-6c one fen and 100,000 yuan are', async () => {
    for (const amountFen of ['1', '10000000']) await cancel(payer(0), (await opened(payer(0), amountFen)).id)
  })

  test('S0-6c is for members and their own dues; nobody looks at or into another’s order, and superiors see no code', async () => {
    expect(codesOf(await pay(payers.county.admin, '100'))).toEqual(['FORBIDDEN'])
    const order = await opened(payer(0), '4200')
    expect(codesOf(await check(payer(1), order.id))).toEqual(['NOT_FOUND'])
    expect(codesOf(await cancel(payer(1), order.id))).toEqual(['NOT_FOUND'])
    const seenBy = async (by: Actor) =>
      entityOf(
        await taking.world.ask.dues(
          by,
          'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Member { duesOrders(first: 1) { totalCount nodes { amountFen codeUrl } } } } }',
          { refs: [{ __typename: 'Member', id: payers.ids.get('甲党员') as string }] },
        ),
      ).duesOrders
    expect((await seenBy(payer(0)))?.nodes).toEqual([{ amountFen: '4200', codeUrl: order.codeUrl }])
    const secretary = await seedActor(payers.county, 'SECRETARY', payers.tree.a1.id)
    expect((await seenBy(secretary))?.nodes).toEqual([{ amountFen: '4200', codeUrl: null }])
    for (const by of [payer(1), await seedActor(payers.county, 'SECRETARY', payers.tree.b1.id)])
      expect(await seenBy(by)).toEqual({ totalCount: 0, nodes: [] })
    await cancel(payer(0), order.id)
  })

  test('S0-6c is refused in words where no provider is configured', async () => {
    expect(codesOf(await pay(payer(0), '100', {}, sharedWorld()))).toEqual(['ONLINE_PAYMENT_OFF'])
  })
})

describe('S0-6c whatever the provider does, an order moves money once or not at all', () => {
  test.each(['WRONG_SIGNATURE', 'WRONG_SERIAL', 'OLD_TIMESTAMP', 'BROKEN_SEAL', 'NEVER'])(
    'S0-6c with a callback of %s nothing is believed, and what the provider answers when it is asked counts',
    async how => {
      const before = await balances()
      const order = await opened(payer(0), '300')
      await torment(order.id, how)
      const heard = taking.answered.length
      await taking.told('pay', { orderNo: noOf(order.id) })
      if (how !== 'NEVER') {
        await until(async () => taking.answered.length > heard, 10_000, 'a callback')
        expect([400, 401]).toContain(taking.answered[heard]?.status)
      }
      expect(dataOf(await check(payer(0), order.id)).checkDuesOrder.order?.state).toBe('SETTLED')
      await torment(order.id)
      expect((await balances()).provider).toBe(before.provider + 300)
    },
  )

  test.each([
    ['WRONG_AMOUNT', { reason: 'AMOUNT_DIFFERS', expected: '300', found: '301' }],
    ['WRONG_CURRENCY', { reason: 'CURRENCY_DIFFERS', expected: 'CNY', found: 'USD' }],
    ['WRONG_MERCHANT', { reason: 'OTHER_MERCHANT', expected: expect.stringMatching(/^19/), found: '1900000000' }],
  ])('S0-6c signed, but with %s: people are told, and the provider is asked', async (how, difference) => {
    const before = await balances()
    const order = await opened(payer(0), '300')
    await torment(order.id, how)
    await taking.told('pay', { orderNo: noOf(order.id) })
    await until(async () => (await mismatches(order.id)).length > 0, 10_000, 'the difference')
    expect(await mismatches(order.id)).toEqual([difference])
    await become(order.id, 'SETTLED')
    expect((await balances()).provider).toBe(before.provider + 300)
  })

  test('S0-6c of an order of nobody it is told again, and nothing moves', async () => {
    const before = await balances()
    const order = await opened(payer(0), '300')
    await torment(order.id, 'WRONG_ORDER')
    const heard = taking.answered.length
    await taking.told('pay', { orderNo: noOf(order.id) })
    const unknown = () => taking.answered.slice(heard).some(({ status }) => status === 404)
    await until(async () => unknown(), 10_000, 'a callback of an order of nobody')
    expect(await balances()).toEqual(before)
    await torment(order.id)
    await check(payer(0), order.id)
  })

  test('S0-6c a callback that was overheard is worth nothing again, nor with another body', async () => {
    const order = await opened(payer(0), '300')
    const heard = taking.answered.length
    await taking.told('pay', { orderNo: noOf(order.id) })
    await become(order.id, 'SETTLED')
    const after = await balances()
    // Those of other tests are still sent again, and refused again.
    const taken = () => taking.answered.slice(heard).find(({ status }) => status === 204)
    await until(async () => taken() !== undefined, 10_000, 'the callback was answered')
    const { headers, body } = taken() ?? { headers: {}, body: '' }
    for (let times = 0; times < 3; times += 1) expect((await taking.passOn(headers, body)).status).toBe(204)
    expect((await taking.passOn(headers, body.replace('TRANSACTION', 'TRANSACTIOM'))).status).toBe(401)
    expect((await taking.passOn({}, body)).status).toBe(401)
    expect((await taking.passOn(headers, '')).status).toBe(401)
    expect(await balances()).toEqual(after)
  })

  test('S0-6c nobody is told and nobody looks: it is asked after, and what is over its time is closed at the provider', async () => {
    const paid = await opened(payer(0), '300')
    await torment(paid.id, 'NEVER')
    await taking.told('pay', { orderNo: noOf(paid.id) })
    const left = await opened(payer(1), '101')
    for (const [id, change] of [
      [paid.id, "ask_at = now() - interval '1 second'"],
      [left.id, "ask_at = now() - interval '1 second', expires_at = now() - interval '1 second'"],
    ] as const)
      await look('dues', `update dues_order set ${change} where id = $1`, [uuidOf(id)])
    await become(paid.id, 'SETTLED')
    await become(left.id, 'CLOSED')
    await expect(taking.told('pay', { orderNo: noOf(left.id) })).rejects.toThrow('CLOSED')
  })

  test('S0-6c a provider that is down is said to be, and the same request goes on when it is back', async () => {
    const revive = await taking.killProvider()
    expect(codesOf(await pay(payer(0), '909', { idempotencyKey: 'down' }))).toEqual(['PROVIDER_UNREACHABLE'])
    await revive()
    const order = await opened(payer(0), '909', { idempotencyKey: 'down' })
    expect(order).toMatchObject({ state: 'PENDING', codeUrl: expect.stringMatching(/^weixin:/) })
    await cancel(payer(0), order.id)
  })

  test('S0-6c an order that was paid in the meantime is not cancelled', async () => {
    const order = await opened(payer(0), '300')
    await torment(order.id, 'NEVER')
    await taking.told('pay', { orderNo: noOf(order.id) })
    expect(codesOf(await cancel(payer(0), order.id))).toEqual(['ORDER_PAID_ALREADY'])
    expect(await stateOf(order.id)).toBe('SETTLED')
  })
})

describe('S0-6c what was paid by mistake goes back through the provider', () => {
  const refund = (by: Actor, orderId: string, more: object = {}) =>
    taking.world.ask.dues(
      by,
      `mutation ($input: RefundDuesOrderInput!) { refundDuesOrder(input: $input) {
        order { state refund { state amountFen reason endedAt } } } }`,
      { input: { orderId, reason: '重复交纳', ...more } },
    )
  const settled = async (amountFen: string) => {
    const order = await opened(payer(2), amountFen)
    await taking.told('pay', { orderNo: noOf(order.id) })
    await become(order.id, 'SETTLED')
    return order.id
  }
  const paymentOf = (orderId: string) =>
    look(
      'dues',
      'select state, dues_fen::int as dues, advance_fen::int as advance from dues_payment where order_id = $1',
      [uuidOf(orderId)],
    )
  const refundNoOf = async (orderId: string) => {
    const [row] = await look('dues', 'select id from dues_refund where order_id = $1', [uuidOf(orderId)])
    return String(row?.id).replaceAll('-', '')
  }

  test('S0-6c once, whole, and it is out of the books when the payer has it', async () => {
    const before = await balances()
    const id = await settled('640')
    await torment(id, 'TWICE')
    const cashier = await seedActor(payers.county, 'CASHIER', payers.tree.root.id)
    const answers = await Promise.all([refund(cashier, id), refund(payers.county.admin, id)])
    expect(answers.flatMap(answer => codesOf(answer))).toEqual(['ORDER_NOT_TO_REFUND'])
    await become(id, 'REFUNDED')
    expect(await balances()).toEqual(before)
    expect(await paymentOf(id)).toEqual([{ state: 'REVERSED', dues: 0, advance: 0 }])
    expect(codesOf(await refund(cashier, id))).toEqual(['ORDER_NOT_TO_REFUND'])
    expect(codesOf(await cancel(payer(2), id))).toEqual(['ORDER_PAID_ALREADY'])
  })

  test('S0-6c by nobody but whoever keeps the committee’s books, with a reason, and of nothing that is not paid', async () => {
    const id = await settled('641')
    for (const by of [payer(2), await seedActor(payers.county, 'SECRETARY', payers.tree.a1.id)])
      expect(codesOf(await refund(by, id))).toEqual(['NOT_FOUND'])
    expect(codesOf(await refund(payers.county.admin, id, { reason: ' ' }))).toEqual(['BAD_INPUT'])
    const open = await opened(payer(2), '642')
    expect(codesOf(await refund(payers.county.admin, open.id))).toEqual(['ORDER_NOT_TO_REFUND'])
    await cancel(payer(2), open.id)
  })

  test('S0-6c a payer who cannot get it is told of, and it can be asked for again', async () => {
    const id = await settled('643')
    await taking.told('torment', { refundsHang: true })
    expect(dataOf(await refund(payers.county.admin, id)).refundDuesOrder.order).toMatchObject({
      ...{ state: 'SETTLED', refund: { state: 'PROCESSING', amountFen: '643', reason: '重复交纳', endedAt: null } },
    })
    const refundNo = await refundNoOf(id)
    await taking.told('refund', { refundNo, state: 'ABNORMAL' })
    const told = () => look('dues', 'select reason, expected, found from dues_mismatch where about = $1', [refundNo])
    await until(async () => (await told()).length > 0, 10_000, 'people are told')
    expect(await told()).toEqual([{ reason: 'REFUND_FAILED', expected: '643', found: 'ABNORMAL' }])
    await taking.told('torment', { refundsHang: false })
    expect((await paymentOf(id))[0]?.state).toBe('CONFIRMED')
  })

  test('S0-6c that nobody tells of is asked after', async () => {
    const before = await balances()
    const id = await settled('644')
    await torment(id, 'NEVER')
    dataOf(await refund(payers.county.admin, id))
    await look('dues', "update dues_refund set ask_at = now() - interval '1 second' where order_id = $1", [uuidOf(id)])
    await become(id, 'REFUNDED')
    expect(await balances()).toEqual(before)
  })

  test('S0-6c what is spent or banked is not there any more, so nothing is asked of the provider', async () => {
    const id = await settled('645')
    const { provider } = await balances()
    await look(
      'dues',
      "update ledger_balance b set balance_fen = 644 from ledger_account a where a.id = b.account_id and a.keeper_id = $1 and a.code = 'PROVIDER'",
      [payers.keeperId],
    )
    expect(codesOf(await refund(payers.county.admin, id))).toEqual(['PROVIDER_HAS_TOO_LITTLE'])
    await look(
      'dues',
      "update ledger_balance b set balance_fen = $2 from ledger_account a where a.id = b.account_id and a.keeper_id = $1 and a.code = 'PROVIDER'",
      [payers.keeperId, provider],
    )
  })
})
