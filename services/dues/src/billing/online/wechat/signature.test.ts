import { createSign, createVerify, generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { CallbackRefused } from '../payment-provider.ts'
import { authorizationOf, requirePlatform } from './signature.ts'

const ours = generateKeyPairSync('rsa', { modulusLength: 2048 })
const platform = generateKeyPairSync('rsa', { modulusLength: 2048 })
const keys = new Map([['PUB_KEY_ID_1', platform.publicKey]])
const nowMs = Date.parse('2026-11-29T08:00:00Z')
const nowSeconds = nowMs / 1000

describe('platform requests to the provider', () => {
  test('platform say who asks, and sign method, path with query, moment, nonce and body', () => {
    const request = { method: 'POST', path: '/v3/pay/transactions/native?a=1', body: '{"x":"党费"}' }
    const header = authorizationOf(
      request,
      { merchantId: '1900000001', serial: 'AB12', key: ours.privateKey },
      { seconds: 1_700_000_000, nonce: 'n0nce' },
    )
    const [scheme, said = ''] = header.split(' ')
    expect(scheme).toBe('WECHATPAY2-SHA256-RSA2048')
    const { signature, ...others } = Object.fromEntries(
      said.split(',').map(part => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 2, -1)]),
    )
    expect(others).toEqual({ mchid: '1900000001', nonce_str: 'n0nce', timestamp: '1700000000', serial_no: 'AB12' })
    const text = 'POST\n/v3/pay/transactions/native?a=1\n1700000000\nn0nce\n{"x":"党费"}\n'
    expect(
      createVerify('RSA-SHA256')
        .update(text)
        .verify(ours.publicKey, signature ?? '', 'base64'),
    ).toBe(true)
  })
})

/** What `requirePlatform` says of a body signed at a moment, with something of it changed. */
function refusalOf(change: { seconds?: number; headers?: object; body?: string; key?: typeof ours.privateKey } = {}) {
  const { seconds = nowSeconds, body = '{"id":"EV-1"}', key = platform.privateKey } = change
  const headers = {
    ...{ 'wechatpay-serial': 'PUB_KEY_ID_1', 'wechatpay-timestamp': `${seconds}`, 'wechatpay-nonce': 'abc' },
    'wechatpay-signature': createSign('RSA-SHA256').update(`${seconds}\nabc\n{"id":"EV-1"}\n`).sign(key, 'base64'),
    ...change.headers,
  }
  try {
    requirePlatform(headers, body, keys, nowMs)
    return null
  } catch (error) {
    return error instanceof CallbackRefused ? error.reason : error
  }
}

describe('platform what comes from the provider', () => {
  test.each([
    ['as it was signed', {}, null],
    ['five minutes ago', { seconds: nowSeconds - 300 }, null],
    ['a second more ago', { seconds: nowSeconds - 301 }, 'TIMESTAMP_REFUSED'],
    ['five minutes ahead', { seconds: nowSeconds + 300 }, null],
    ['a second more ahead', { seconds: nowSeconds + 301 }, 'TIMESTAMP_REFUSED'],
    ['at no moment', { headers: { 'wechatpay-timestamp': 'x' } }, 'TIMESTAMP_REFUSED'],
    ['with another body', { body: '{"id":"EV-2"}' }, 'SIGNATURE_WRONG'],
    ['with another nonce', { headers: { 'wechatpay-nonce': 'abd' } }, 'SIGNATURE_WRONG'],
    ['with a moment put forward', { headers: { 'wechatpay-timestamp': `${nowSeconds - 1}` } }, 'SIGNATURE_WRONG'],
    ['signed by somebody else', { key: ours.privateKey }, 'SIGNATURE_WRONG'],
    ['to try us', { headers: { 'wechatpay-signature': 'WECHATPAY/SIGNTEST/abc' } }, 'SIGNATURE_WRONG'],
    ['with a serial of nobody', { headers: { 'wechatpay-serial': 'PUB_KEY_ID_2' } }, 'SERIAL_UNKNOWN'],
    ['without a signature', { headers: { 'wechatpay-signature': '' } }, 'SIGNATURE_MISSING'],
    ['with two signatures', { headers: { 'wechatpay-signature': ['a', 'b'] } }, 'SIGNATURE_MISSING'],
  ])('platform %s it is %j: %s', (_, change, wanted) => {
    expect(refusalOf(change)).toBe(wanted)
  })
})
