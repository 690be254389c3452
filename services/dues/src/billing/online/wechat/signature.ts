import { createSign, createVerify, type KeyObject } from 'node:crypto'
import { type CallbackHeaders, CallbackRefused } from '../payment-provider.ts'

/** Whose signature is taken: the platform's keys by their serial number or id. */
export type PlatformKeys = ReadonlyMap<string, KeyObject>

const scheme = 'WECHATPAY2-SHA256-RSA2048'
/** Older or newer than this by our clock, and what was signed may have been overheard and kept. */
const windowSeconds = 300

const lines = (parts: readonly string[]): string => parts.map(part => `${part}\n`).join('')
const signed = (text: string, key: KeyObject): string => createSign('RSA-SHA256').update(text).sign(key, 'base64')

/** What says who asks: merchant, certificate, and a signature over method, path with query, moment, nonce and body. */
export function authorizationOf(
  { method, path, body }: { method: string; path: string; body: string },
  { merchantId, serial, key }: { merchantId: string; serial: string; key: KeyObject },
  { seconds, nonce }: { seconds: number; nonce: string },
): string {
  const said = {
    ...{ mchid: merchantId, nonce_str: nonce, timestamp: `${seconds}`, serial_no: serial },
    signature: signed(lines([method, path, `${seconds}`, nonce, body]), key),
  }
  return `${scheme} ${Object.entries(said)
    .map(([name, value]) => `${name}="${value}"`)
    .join(',')}`
}

/** With what a page inside the provider's app proves that the order is ours. */
export const paySignOf = (appId: string, timeStamp: string, nonceStr: string, sent: string, key: KeyObject): string =>
  signed(lines([appId, timeStamp, nonceStr, sent]), key)

const headerOf = (headers: CallbackHeaders, name: string): string => {
  const value = headers[name]
  return typeof value === 'string' ? value : ''
}

/**
 * That a body came from the platform just now, by the headers beside it.
 * @param nowMs by our clock
 * @throws CallbackRefused
 */
export function requirePlatform(headers: CallbackHeaders, body: string, keys: PlatformKeys, nowMs: number): void {
  const [signature, serial] = [headerOf(headers, 'wechatpay-signature'), headerOf(headers, 'wechatpay-serial')]
  const [seconds, nonce] = [headerOf(headers, 'wechatpay-timestamp'), headerOf(headers, 'wechatpay-nonce')]
  if (!signature || !serial || !seconds || !nonce) throw new CallbackRefused('SIGNATURE_MISSING')
  const key = keys.get(serial)
  if (!key) throw new CallbackRefused('SERIAL_UNKNOWN')
  if (!/^\d{1,12}$/.test(seconds) || Math.abs(nowMs - Number(seconds) * 1000) > windowSeconds * 1000)
    throw new CallbackRefused('TIMESTAMP_REFUSED')
  const isRight = createVerify('RSA-SHA256')
    .update(lines([seconds, nonce, body]))
    .verify(key, signature, 'base64')
  if (!isRight) throw new CallbackRefused('SIGNATURE_WRONG')
}
