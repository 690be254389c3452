import { createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type PaymentSandbox, startPaymentSandbox } from '@linghang/devstack'
import { until } from '@linghang/harness/until'
import { CallbackRefused, type NewOrder, type PaymentProvider } from '../src/billing/online/payment-provider.ts'
import { createWeChatPay, type WeChatPaySettings } from '../src/billing/online/wechat/wechat-pay.ts'

jest.setTimeout(60_000)

type Sent = { headers: IncomingHttpHeaders; body: string }
let folder: string
let sandbox: PaymentSandbox
let door: Server
let settings: WeChatPaySettings
let provider: PaymentProvider
/** What the provider has sent, and what it is answered. */
const heard: Sent[] = []
let answered = 204

const newNonce = () => randomUUID().replaceAll('-', '')
const now = () => new Date()
const start = (port?: number) =>
  startPaymentSandbox({ stateDir: folder, report: () => undefined, ...(port === undefined ? {} : { port }) })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'payments-'))
  sandbox = await start()
  door = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request.setEncoding('utf8')) body += chunk
    heard.push({ headers: request.headers, body })
    response.writeHead(answered).end()
  })
  await new Promise<void>(resolve => door.listen(0, '127.0.0.1', resolve))
  const address = door.address()
  const { merchant } = sandbox
  settings = {
    baseUrl: sandbox.url,
    merchant: () => ({
      merchantId: merchant.PAYMENTS_MERCHANT_ID ?? '',
      serial: merchant.PAYMENTS_MERCHANT_SERIAL ?? '',
      key: createPrivateKey(merchant.PAYMENTS_PRIVATE_KEY ?? ''),
    }),
    appId: merchant.PAYMENTS_APP_ID ?? '',
    apiV3Key: () => merchant.PAYMENTS_API_V3_KEY ?? '',
    platformKeys: () =>
      new Map(
        Object.entries<string>(JSON.parse(merchant.PAYMENTS_PLATFORM_KEYS ?? '')).map(([serial, pem]) => [
          serial,
          createPublicKey(pem),
        ]),
      ),
    notifyUrl: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/notify`,
  }
  provider = createWeChatPay(settings, { now, newNonce })
})
afterAll(async () => {
  await sandbox?.stop()
  door?.close()
  await rm(folder, { recursive: true, force: true })
})

const order = (more: Partial<NewOrder> = {}): NewOrder => ({
  ...{ orderNo: newNonce(), amountFen: 7501n, description: '党费', attach: 'county/keeper', openId: null },
  expiresAt: new Date(Date.now() + 900_000),
  ...more,
})
const told = async (path: string, body?: object) => {
  const answer = await fetch(
    `${sandbox.url}/sandbox/${path}`,
    body ? { method: 'POST', body: JSON.stringify(body) } : {},
  )
  expect(answer.status).toBe(200)
  return answer.json() as Promise<Record<string, number>>
}
const paid = async (more: Partial<NewOrder> = {}, at?: string) => {
  const wanted = order(more)
  await provider.openOrder(wanted)
  await told('pay', { orderNo: wanted.orderNo, at })
  return wanted
}
const nextHeard = async (before: number) => {
  await until(async () => heard.length > before, 10_000, 'a callback')
  return heard[before] as Sent
}
const refusalOf = (sent: Sent, by = provider) => {
  try {
    return by.readCallback(sent.headers, sent.body).kind
  } catch (error) {
    return error instanceof CallbackRefused ? error.reason : error
  }
}

describe('S0-6c an order at the provider', () => {
  test('S0-6c is opened, paid, told of under signature and seal, and known when it is asked for', async () => {
    const wanted = order()
    const opened = await provider.openOrder(wanted)
    expect(opened).toEqual({ codeUrl: expect.stringMatching(/^weixin:/), page: null })
    expect(await provider.openOrder(wanted)).toEqual(opened)
    expect(await provider.tradeOf(wanted.orderNo)).toMatchObject({ state: 'UNPAID', tradeNo: null, amountFen: null })
    const before = heard.length
    await told('pay', { orderNo: wanted.orderNo })
    const sent = await nextHeard(before)
    const trade = {
      orderNo: wanted.orderNo,
      state: 'SUCCESS',
      amountFen: 7501n,
      currency: 'CNY',
      merchantId: provider.merchantId,
    }
    expect(provider.readCallback(sent.headers, sent.body)).toMatchObject({ kind: 'TRADE', trade })
    expect(await provider.tradeOf(wanted.orderNo)).toMatchObject({ ...trade, tradeNo: expect.stringMatching(/^4200/) })
    expect(await provider.closeOrder(wanted.orderNo)).toBe('PAID')
    await expect(provider.openOrder(wanted)).rejects.toMatchObject({ kind: 'REFUSED', code: 'ORDERPAID' })
  })

  test('S0-6c that nobody pays is closed, and then nobody can', async () => {
    const wanted = order()
    await provider.openOrder(wanted)
    expect(await provider.closeOrder(wanted.orderNo)).toBe('CLOSED')
    expect(await provider.tradeOf(wanted.orderNo)).toMatchObject({ state: 'CLOSED' })
    const late = await fetch(`${sandbox.url}/sandbox/pay`, {
      method: 'POST',
      body: JSON.stringify({ orderNo: wanted.orderNo }),
    })
    expect(late.status).toBe(400)
    expect([await provider.tradeOf(newNonce()), await provider.closeOrder(newNonce())]).toEqual([null, 'CLOSED'])
  })

  test('S0-6c of a page inside the provider’s app is signed for that page', async () => {
    const { page } = await provider.openOrder(order({ openId: 'o-1' }))
    expect(page).toMatchObject({
      appId: settings.appId,
      package: expect.stringMatching(/^prepay_id=/),
      signType: 'RSA',
    })
  })

  test('S0-6c is as it was however often it is asked for again after no answer, and after the provider was killed', async () => {
    const wanted = order()
    await told('torment', { fail: 2 })
    expect((await provider.openOrder(wanted)).codeUrl).toMatch(/^weixin:/)
    await told('pay', { orderNo: wanted.orderNo })
    sandbox.kill('SIGKILL')
    await sandbox.exited
    await expect(provider.tradeOf(wanted.orderNo)).rejects.toMatchObject({ kind: 'UNREACHABLE' })
    sandbox = await start(sandbox.port)
    expect(await provider.tradeOf(wanted.orderNo)).toMatchObject({ state: 'SUCCESS', amountFen: 7501n })
  })

  test('S0-6c is given back once, whole, and told of', async () => {
    const { orderNo } = await paid()
    const refund = { refundNo: newNonce(), orderNo, amountFen: 7501n, ofFen: 7501n, reason: '重复交纳' }
    const before = heard.length
    expect(await provider.refund(refund)).toMatchObject({ state: 'PROCESSING', amountFen: 7501n })
    expect(await provider.refund(refund)).toMatchObject({ refundNo: refund.refundNo })
    await until(async () => (await provider.refundOf(refund.refundNo))?.state === 'SUCCESS', 10_000, 'the refund')
    await until(async () => heard.slice(before).some(sent => refusalOf(sent) === 'REFUND'), 10_000, 'its callback')
    expect(await provider.tradeOf(orderNo)).toMatchObject({ state: 'REFUND' })
    await expect(provider.refund({ ...refund, refundNo: newNonce() })).rejects.toMatchObject({ kind: 'REFUSED' })
    expect(await provider.refundOf(newNonce())).toBeNull()
  })
})

describe('S0-6c what is not certain is not believed', () => {
  test.each([
    ['WRONG_SIGNATURE', 'SIGNATURE_WRONG'],
    ['WRONG_SERIAL', 'SERIAL_UNKNOWN'],
    ['OLD_TIMESTAMP', 'TIMESTAMP_REFUSED'],
    ['BROKEN_SEAL', 'SEAL_BROKEN'],
    ['WRONG_AMOUNT', 'TRADE'],
  ])('S0-6c a callback with %s: %s', async (torment, wanted) => {
    const { orderNo } = order()
    await told('torment', { orderNo, callbacks: [torment] })
    const before = heard.length
    await paid({ orderNo })
    expect(refusalOf(await nextHeard(before))).toBe(wanted)
  })

  test('S0-6c a callback is sent again until it is taken', async () => {
    const before = heard.length
    answered = 500
    await paid()
    await until(async () => heard.length >= before + 2, 10_000, 'the second time')
    answered = 204
    expect(new Set(heard.slice(before).map(({ body }) => body)).size).toBe(1)
  })

  test.each([
    ['serial', 'REFUSED'],
    ['key', 'REFUSED'],
    ['platform', 'UNTRUSTED'],
  ])('S0-6c with another %s nothing is done', async (what, kind) => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const { merchant } = settings
    const changed: WeChatPaySettings = {
      ...settings,
      ...(what === 'serial' ? { merchant: () => ({ ...merchant(), serial: 'AA' }) } : {}),
      ...(what === 'key' ? { merchant: () => ({ ...merchant(), key: other.privateKey }) } : {}),
      ...(what === 'platform'
        ? { platformKeys: () => new Map([...settings.platformKeys()].map(([serial]) => [serial, other.publicKey])) }
        : {}),
    }
    await expect(createWeChatPay(changed, { now, newNonce }).openOrder(order())).rejects.toMatchObject({ kind })
  })

  test('S0-6c a clock that is five minutes off is told', async () => {
    const slow = createWeChatPay(settings, { now: () => new Date(Date.now() - 310_000), newNonce })
    await expect(slow.openOrder(order())).rejects.toMatchObject({ kind: 'REFUSED', code: 'SIGN_ERROR' })
  })
})

describe('S0-6c the bill of a day', () => {
  const day = '2026-03-05'
  const at = `${day}T04:00:00Z`

  test('S0-6c has what was paid that day in Asia/Shanghai, with the fee, as it is handed on to the bank', async () => {
    await told('torment', { feePerTenThousand: 60 })
    const one = await paid({ amountFen: 7501n }, at)
    const early = await paid({ amountFen: 1n }, '2026-03-04T16:00:00Z')
    await paid({ amountFen: 5n }, '2026-03-04T15:59:59Z')
    const bill = await provider.tradeBill(day)
    expect(bill?.rows.map(({ orderNo, amountFen, kind }) => [orderNo, amountFen, kind])).toEqual([
      [one.orderNo, 7501n, 'PAID'],
      [early.orderNo, 1n, 'PAID'],
    ])
    expect(bill?.rows.map(({ feeMilliFen }) => feeMilliFen)).toEqual([45_006n, 6n])
    expect(await told(`settlement?day=${day}`)).toMatchObject({ paidFen: 7502, feeFen: 45, netFen: 7457 })
    await told('torment', { feePerTenThousand: 0 })
  })

  test('S0-6c is none where nothing was paid, and refuses a day that is none', async () => {
    expect(await provider.tradeBill('2020-01-01')).toBeNull()
    await expect(provider.tradeBill('2026-3-5')).rejects.toMatchObject({ kind: 'REFUSED', code: 'PARAM_ERROR' })
  })
})
