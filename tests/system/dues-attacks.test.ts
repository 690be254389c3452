import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { uuidOf } from '@linghang/harness/ask'
import { until } from '@linghang/harness/until'
import { sealedResource, signedHeaders } from '../../packages/devstack/src/payments/wire.ts'
import { type Caller, codesOf } from './api.ts'
import { type DuesDesk, mutationOf, openDuesDesk, today } from './dues-desk.ts'
import { look } from './look.ts'
import { surroundings } from './surroundings.ts'

jest.setTimeout(300_000)

let desk: DuesDesk
beforeAll(async () => {
  desk = await openDuesDesk()
}, 300_000)
afterAll(async () => {
  expect(await desk.verify()).toContain('the books hold')
})

const languages = { 'zh-CN': /[\u4e00-\u9fff]/, en: /^[^\u4e00-\u9fff]+$/ } as const
/** What is refused, by its code; in Chinese to whoever reads Chinese, in English to others, and never as a fault of ours. */
async function refused(by: Caller, document: string, variables: object): Promise<string> {
  const codes = new Set<string>()
  for (const [language, words] of Object.entries(languages)) {
    const answer = await by.sendUntyped(document, variables, { 'accept-language': language })
    expect(answer.errors).toHaveLength(1)
    expect(answer.errors[0]?.message).toMatch(words)
    for (const code of codesOf(answer)) codes.add(code)
  }
  expect([...codes]).not.toContain('INTERNAL')
  expect(codes.size).toBe(1)
  return [...codes][0] as string
}
const refusedTo = (by: Caller, name: string, input: object) => refused(by, mutationOf(name), { input })
/** Nothing of the county has changed by it. */
async function changesNothing(run: () => Promise<void>): Promise<void> {
  const before = await desk.stateOf()
  await run()
  expect(await desk.stateOf()).toEqual(before)
}

describe('S0-6c who wants to know what is another’s', () => {
  test('S0-6c cannot pay for them to learn their base: there is no way to name them, and what is theirs is not there', async () => {
    const { own, other } = desk.callers
    const [, theirs = ''] = desk.members
    const order = await desk.done(other, 'payDuesOnline', { amountFen: '100' }, 'order { id }')
    await changesNothing(async () => {
      expect(await refusedTo(own, 'payDuesOnline', { amountFen: '100', memberId: theirs })).toBe('BAD_USER_INPUT')
      const paid = { memberId: theirs, amountFen: '1', way: 'CASH', receivedOn: today, payer: 'MEMBER' }
      expect(await refusedTo(own, 'recordDuesPayment', { ...paid, payerMemberId: desk.members[0] })).toBe('NOT_FOUND')
      for (const name of ['checkDuesOrder', 'cancelDuesOrder'])
        expect(await refusedTo(own, name, { orderId: order.order.id })).toBe('NOT_FOUND')
      expect(await refusedTo(own, 'refundDuesOrder', { orderId: order.order.id, reason: '退' })).toBe('NOT_FOUND')
      const seen = await own.askUntyped(
        `query ($id: ID!, $order: ID!) { member(id: $id) { id } order: node(id: $order) { id ... on DuesOrder { amountFen } } }`,
        { id: theirs, order: order.order.id },
      )
      expect(seen).toEqual({ member: null, order: null })
    })
    await desk.done(other, 'cancelDuesOrder', { orderId: order.order.id })
  })

  test('S0-6c cannot guess a receipt, nor open another’s by its address or by a link that was made for them', async () => {
    const { own, other, cashier, treasurer } = desk.callers
    const { payment } = await desk.done(
      treasurer,
      'recordDuesPayment',
      {
        ...{ memberId: desk.members[1], amountFen: '7500', way: 'BANK', receivedOn: today, payer: 'SELF' },
        ...{ rest: 'VOLUNTARY' },
      },
      'payment { id }',
    )
    await desk.done(cashier, 'confirmDuesPayments', { paymentIds: [payment.id] })
    const { receipt } = await desk.done(cashier, 'issueDuesReceipt', { paymentId: payment.id }, 'receipt { id number }')
    const ask = 'query ($id: ID!) { duesReceiptLink(receiptId: $id) { url } }'
    const { duesReceiptLink: link } = await other.askUntyped(ask, { id: receipt.id })
    await changesNothing(async () => {
      expect(await refused(own, ask, { id: receipt.id })).toBe('NOT_FOUND')
      expect(await refused(own, ask, { id: `DuesReceipt:${randomUUID()}` })).toBe('NOT_FOUND')
      expect(await refused(own, ask, { id: receipt.number })).toBe('BAD_INPUT')
      expect(await refusedTo(own, 'voidDuesReceipt', { receiptId: receipt.id, reason: '作废' })).toBe('NOT_FOUND')
      const path = `/files/dues-receipts/${uuidOf(receipt.id)}.docx`
      for (const [by, address] of [
        [own, path],
        [own, link.url],
        [other, path],
        [other, link.url.replace(uuidOf(receipt.id), randomUUID())],
      ] as const)
        expect((await by.get(address)).status).toBe(403)
      expect((await other.get(link.url)).status).toBe(200)
    })
  })
})

describe('S0-28 money that is none', () => {
  const odd: readonly (readonly [string, string])[] = [
    ['-1', 'BAD_INPUT'],
    ['0', 'BAD_INPUT'],
    ['0.1', 'BAD_USER_INPUT'],
    ['1e3', 'BAD_USER_INPUT'],
    ['', 'BAD_USER_INPUT'],
    ['999999999999999999', 'BAD_INPUT'],
    ['9223372036854775807', 'BAD_USER_INPUT'],
    ['9223372036854775808', 'BAD_USER_INPUT'],
  ]
  test.each(odd)('S0-28 “%s” fen are refused as %s, wherever a sum is said', async (amountFen, code) => {
    const { own, treasurer } = desk.callers
    const { admin } = desk.county
    const note = { note: '攻击' }
    const said: readonly (readonly [Caller, string, object])[] = [
      [own, 'payDuesOnline', { amountFen }],
      [admin, 'recordDuesIncome', { ...note, organisationId: desk.at(3), reason: 'INTEREST', amountFen }],
      [
        treasurer,
        'recordDuesPayment',
        { memberId: desk.members[0], amountFen, way: 'CASH', receivedOn: today, payer: 'SELF' },
      ],
      [
        treasurer,
        'requestSpending',
        { organisationId: desk.at(3), use: 'FLAGS', amountFen, payee: '某厂', purpose: '党旗' },
      ],
      [admin, 'passDuesUp', { ...note, organisationId: desk.at(3), year: Number(today.slice(0, 4)), amountFen }],
      [admin, 'depositDuesCash', { ...note, accountId: desk.accountId, amountFen }],
    ]
    await changesNothing(async () => {
      for (const [by, name, input] of said) expect([name, await refusedTo(by, name, input)]).toEqual([name, code])
    })
  })
})

describe('S0-25 a limit, a hold, a voucher and a resolution', () => {
  test('S0-25 that fifty approvals at once race lets as many through as it holds, and not one more', async () => {
    const amountFen = '100'
    const requests = await Promise.all(Array.from({ length: 50 }, () => desk.request(3, amountFen)))
    await desk.meet(
      3,
      requests.map(spendingId => ({ spendingId, amountFen })),
    )
    for (const id of requests) await desk.done(desk.callers.treasurer, 'submitSpending', { id })
    const { organisation } = await desk.county.admin.askUntyped(
      'query ($id: ID!) { organisation(id: $id) { duesAccount { id } } }',
      { id: desk.at(3) },
    )
    const limit = (limitFen: string | null) =>
      desk.done(desk.county.admin, 'setDuesLimit', {
        ...{ accountId: organisation.duesAccount.id, period: 'MONTH', limitFen, basis: '党委会决定' },
      })
    await limit('750')
    const answers = await Promise.all(
      requests.map(id =>
        desk.callers.above.sendUntyped(mutationOf('decideSpending'), { input: { id, approve: true } }),
      ),
    )
    const codes = answers.flatMap(codesOf)
    expect(codes.filter(code => !['LIMIT_EXCEEDED', 'BUSY', 'TOO_MANY_AT_ONCE'].includes(code))).toEqual([])
    const [held] = await look(
      'dues',
      `select count(*)::int as n, sum(amount_fen)::int as fen from ledger_hold where county_id = $1`,
      [desk.county.id],
    )
    expect(held).toEqual({ n: 50 - codes.length, fen: (50 - codes.length) * 100 })
    expect(held.fen).toBeLessThanOrEqual(700)
    // Whoever had no turn asks again, until the limit is full: it holds seven.
    for (const id of requests)
      await desk.callers.above.sendUntyped(mutationOf('decideSpending'), { input: { id, approve: true } })
    const [full] = await look('dues', 'select sum(amount_fen)::int as fen from ledger_hold where county_id = $1', [
      desk.county.id,
    ])
    expect(full).toEqual({ fen: 700 })
    const [left] = await look(
      'dues',
      `select id from dues_spending where county_id = $1 and state = 'SUBMITTED' limit 1`,
      [desk.county.id],
    )
    await changesNothing(async () => {
      const input = { id: `DuesSpending:${left.id}`, approve: true }
      expect(await refusedTo(desk.callers.above, 'decideSpending', input)).toBe('LIMIT_EXCEEDED')
    })
    await limit(null)
  })

  test('S0-25 a hold is settled once, however many settle it at the same moment', async () => {
    const id = await desk.approved(3, '5000')
    const paper = await desk.voucher(3, id, '3000')
    const settle = { id, settledFen: '3000', voucherIds: [paper] }
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        desk.callers.cashier.sendUntyped(mutationOf('settleSpending'), { input: settle }),
      ),
    )
    expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(1)
    expect(new Set(answers.flatMap(codesOf))).toEqual(new Set(['SPENDING_NOT_SO_FAR']))
    await changesNothing(async () => {
      expect(await refusedTo(desk.callers.cashier, 'settleSpending', settle)).toBe('SPENDING_NOT_SO_FAR')
    })
  })

  test('S0-25 a voucher of another branch, and more than was held, settle nothing', async () => {
    const [ours, theirs] = [await desk.approved(3, '2000'), await desk.approved(4, '2000')]
    const paper = await desk.voucher(4, theirs, '1500')
    const more = await desk.voucher(3, ours, '2001')
    await changesNothing(async () => {
      const settle = (input: object) => refusedTo(desk.callers.cashier, 'settleSpending', { id: ours, ...input })
      expect(await settle({ settledFen: '1500', voucherIds: [paper] })).toBe('VOUCHER_OF_ANOTHER')
      expect(await settle({ settledFen: '1500', voucherIds: [] })).toBe('VOUCHER_OF_ANOTHER')
      expect(await settle({ settledFen: '2001', voucherIds: [more] })).toBe('HOLD_TOO_SMALL')
      const used = { id: ours, number: '26-100', issuer: '制旗厂', issuedOn: today, amountFen: '1' }
      expect(await refusedTo(desk.callers.neighbour, 'recordSpendingVoucher', used)).toBe('NOT_FOUND')
    })
  })

  test('S0-24 a resolution of another meeting, of another sum or none at all hands nothing in', async () => {
    const [none, another, sum] = [
      await desk.request(3, '900'),
      await desk.request(3, '900'),
      await desk.request(3, '900'),
    ]
    await desk.meet(4, [{ spendingId: another, amountFen: '900' }])
    await desk.meet(3, [{ spendingId: sum, amountFen: '901' }])
    await changesNothing(async () => {
      const submit = (id: string) => refusedTo(desk.callers.treasurer, 'submitSpending', { id })
      expect(await submit(none)).toBe('RESOLUTION_MISSING')
      expect(await submit(another)).toBe('RESOLUTION_OF_ANOTHER')
      expect(await submit(sum)).toBe('RESOLUTION_OF_ANOTHER_SUM')
      expect(await refusedTo(desk.callers.neighbour, 'submitSpending', { id: none })).toBe('NOT_FOUND')
    })
  })
})

describe('S0-6c a callback through the gateway', () => {
  test('S0-6c that is replayed, old, unsigned or signed by another moves nothing', async () => {
    const { stateDir, gatewayUrl } = surroundings()
    const [keys, { port }] = await Promise.all(
      ['keys.json', 'server.json'].map(async name =>
        JSON.parse(await readFile(join(stateDir, 'payments', name), 'utf8')),
      ),
    )
    const sandbox = (path: string, body: object) =>
      fetch(`http://127.0.0.1:${port}/sandbox/${path}`, { method: 'POST', body: JSON.stringify(body) }).then(answer =>
        answer.json(),
      )
    const { order } = await desk.done(desk.callers.own, 'payDuesOnline', { amountFen: '300' }, 'order { id }')
    const orderNo = uuidOf(order.id).replaceAll('-', '')
    await sandbox('torment', { orderNo, callbacks: ['TWICE'] })
    const { tradeNo } = (await sandbox('pay', { orderNo })) as { tradeNo: string }
    const state = async () =>
      (await look('dues', 'select state from dues_order where id = $1', [uuidOf(order.id)]))[0].state
    await until(async () => (await state()) === 'SETTLED', 30_000, 'it is settled')
    const content = {
      ...{ mchid: keys.merchantId, out_trade_no: orderNo, transaction_id: tradeNo, trade_state: 'SUCCESS' },
      ...{ success_time: new Date().toISOString(), amount: { total: 300, currency: 'CNY' } },
    }
    const body = JSON.stringify({
      ...{ id: randomUUID(), event_type: 'TRANSACTION.SUCCESS', resource_type: 'encrypt-resource' },
      resource: sealedResource(keys.apiV3Key, 'transaction', content),
    })
    const tell = async (headers: Record<string, string>, said = body) =>
      (
        await fetch(new URL('/payments/notify', gatewayUrl), {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: said,
        })
      ).status
    const signed = signedHeaders(keys, body, Date.now())
    await changesNothing(async () => {
      for (let times = 0; times < 3; times++) expect(await tell(signed)).toBe(204)
      expect(await tell(signed, body.replace('SUCCESS', 'SUCCESs'))).toBe(401)
      expect(await tell(signedHeaders(keys, body, Date.now() - 301_000))).toBe(401)
      // Without a signature there is no such address.
      expect(await tell({})).toBe(404)
      const merchant = { platformSerial: keys.platformSerial, platformPrivateKey: keys.merchantPrivateKey }
      expect(await tell(signedHeaders(merchant, body, Date.now()))).toBe(401)
    })
  })
})
