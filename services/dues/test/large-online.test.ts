import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf, dataOf, uuidOf } from '@linghang/harness/ask'
import { look } from '@linghang/harness/databases'
import { until } from '@linghang/harness/until'
import { addMonths, monthOf } from '@linghang/rulebook'
import { createPayers, startTaking, type Taking } from './taking.ts'

jest.setTimeout(120_000)

let taking: Taking
let payers: Awaited<ReturnType<typeof createPayers>>
beforeAll(async () => {
  taking = await startTaking()
  payers = await createPayers(taking, ['甲党员'])
  const memberId = payers.ids.get('甲党员') as string
  const through = addMonths(monthOf(shanghaiDay(new Date())), -1)
  dataOf(
    await taking.world.ask.dues(
      payers.county.admin,
      'mutation ($input: RecordDuesPaidThroughInput!) { recordDuesPaidThrough(input: $input) { record { paidThrough } } }',
      { input: { memberId, through } },
    ),
  )
  const owed = () => look('dues', 'select id from dues_bill where member_id = $1', [uuidOf(memberId)])
  await until(async () => (await owed()).length > 0, 20_000, 'this month is owed')
})
afterAll(() => taking?.stop())

const pay = (amountFen: string | undefined, kind: 'DUES' | 'LARGE' = 'LARGE') =>
  taking.world.ask.dues(
    payers.payers[0] as Actor,
    'mutation ($input: PayDuesOnlineInput!) { payDuesOnline(input: $input) { order { id kind state } } }',
    { input: { amountFen, kind } },
  )
const noOf = (orderId: string) => uuidOf(orderId).replaceAll('-', '')
const become = (orderId: string, state: string) =>
  until(
    async () =>
      (await look('dues', 'select state from dues_order where id = $1', [uuidOf(orderId)]))[0]?.state === state,
    20_000,
    `the order is ${state}`,
  )
const settled = async (...said: Parameters<typeof pay>) => {
  const id = dataOf(await pay(...said)).payDuesOnline.order?.id as string
  await taking.told('pay', { orderNo: noOf(id) })
  await become(id, 'SETTLED')
  return id
}
const byAdmin = (field: string, type: string, input: object) =>
  taking.world.askUntyped.dues(
    payers.county.admin,
    `mutation ($input: ${type}!) { ${field}(input: $input) { __typename } }`,
    { input },
  )
/** What the provider has, branches have, and is the centre's. */
const balances = async () => {
  const [row] = await look(
    'dues',
    `select coalesce(sum(b.balance_fen) filter (where a.code = 'PROVIDER'), 0)::int as provider,
      coalesce(sum(b.balance_fen) filter (where a.kind = 'VIRTUAL'), 0)::int as own,
      coalesce(sum(b.balance_fen) filter (where a.kind = 'EARMARKED'), 0)::int as centre
     from ledger_account a join ledger_balance b on b.account_id = a.id where a.keeper_id = $1`,
    [payers.keeperId],
  )
  return row as { provider: number; own: number; centre: number }
}
const paymentOf = async (orderId: string) => {
  const [row] = await look(
    'dues',
    `select p.id, p.kind, p.state, l.state as large from dues_payment p left join dues_large_due l on l.payment_id = p.id
     where p.order_id = $1`,
    [uuidOf(orderId)],
  )
  return row as { id: string; kind: string; state: string; large: string }
}

describe('1.4/11 a large due that is given online', () => {
  test('1.4/11 begins at 1,000 yuan, comes beside what is owed, and is the centre’s', async () => {
    expect(codesOf(await pay('99999'))).toEqual(['LARGE_DUES_TOO_SMALL'])
    expect(codesOf(await pay('100000'))).toEqual(['LARGE_DUES_OWES_FIRST'])
    await settled(undefined, 'DUES')
    const before = await balances()
    const order = dataOf(await pay('100000')).payDuesOnline.order
    expect(order).toMatchObject({ kind: 'LARGE', state: 'PENDING' })
    expect(dataOf(await pay('100000')).payDuesOnline.order?.id).toBe(order?.id)
    expect(codesOf(await pay('100000', 'DUES'))).toEqual(['ORDER_OPEN'])
    const id = await settled('100000')
    expect(await balances()).toEqual({
      ...{ provider: before.provider + 100_000, own: before.own, centre: before.centre + 100_000 },
    })
    expect(await paymentOf(id)).toMatchObject({ kind: 'LARGE', state: 'CONFIRMED', large: 'RECEIVED' })
  })

  test('1.4/11 goes back to the payer while it is where it came, and not once it was passed up', async () => {
    const before = await balances()
    const refund = (orderId: string) => byAdmin('refundDuesOrder', 'RefundDuesOrderInput', { orderId, reason: '误付' })
    const one = await settled('150000')
    dataOf(await refund(one))
    await become(one, 'REFUNDED')
    expect(await balances()).toEqual(before)
    expect(await paymentOf(one)).toMatchObject({ state: 'REVERSED', large: 'TAKEN_BACK' })

    const two = await settled('150000')
    const { id } = await paymentOf(two)
    const up = { paymentId: `DuesPayment:${id}`, note: '汇款' }
    // The provider has it, and from the bank alone it goes up.
    expect(codesOf(await byAdmin('passLargeDuesUp', 'PassLargeDuesInput', up))).toEqual(['MONEY_NOT_THERE'])
    const atBank = { organisationId: payers.tree.root.id, reason: 'OPENING_BALANCE', amountFen: '150000', note: '期初' }
    dataOf(await byAdmin('recordDuesIncome', 'RecordDuesIncomeInput', atBank))
    dataOf(await byAdmin('passLargeDuesUp', 'PassLargeDuesInput', up))
    // Another lies in the fund; it is not this one's.
    await settled('150000')
    expect(codesOf(await refund(two))).toEqual(['ORDER_NOT_TO_REFUND'])
  })
})
