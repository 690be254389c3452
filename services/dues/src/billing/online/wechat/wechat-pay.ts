import { createHash, type KeyObject } from 'node:crypto'
import type { z } from 'zod'
import { type Callback, CallbackRefused, type PaymentProvider, ProviderFault } from '../payment-provider.ts'
import { createClient, type Merchant, readAs } from './client.ts'
import {
  billMade,
  callbackMessage,
  openedByCode,
  openedForPage,
  refundMessage,
  refundNotice,
  tradeMessage,
} from './messages.ts'
import { openSeal } from './seal.ts'
import { type PlatformKeys, paySignOf, requirePlatform } from './signature.ts'
import { readTradeBill } from './trade-bill.ts'

export type WeChatPaySettings = {
  baseUrl: string
  /** Keys are asked for each time: they may be changed. The merchant's number stays. */
  merchant: () => Merchant
  appId: string
  /** 32 bytes, with which callbacks are sealed. */
  apiV3Key: () => string
  platformKeys: () => PlatformKeys
  /** Where the provider sends callbacks, as it reaches us. */
  notifyUrl: string
}

const orders = '/v3/pay/transactions'
const refunds = '/v3/refund/domestic/refunds'
const billBytes = 32 * 1_048_576
const inPath = encodeURIComponent

/** What cannot be read of a callback is refused as one. */
function readSealed<T>(message: z.ZodType<T>, text: string): T {
  try {
    return readAs(message, text)
  } catch {
    throw new CallbackRefused('CONTENT_UNKNOWN')
  }
}

/**
 * WeChat Pay by its API v3 (微信支付 APIv3): requests signed with the merchant's RSA key, answers and callbacks believed by
 * the platform's, callbacks sealed with AES-GCM.
 */
export function createWeChatPay(
  settings: WeChatPaySettings,
  { now, newNonce }: { now: () => Date; newNonce: () => string },
): PaymentProvider {
  const { merchant, appId, apiV3Key, platformKeys, notifyUrl } = settings
  const { merchantId } = merchant()
  const client = createClient({ baseUrl: settings.baseUrl, merchant, platformKeys, now, newNonce })

  const pageOf = (prepayId: string, key: KeyObject) => {
    const [timeStamp, nonceStr] = [`${Math.floor(now().getTime() / 1000)}`, newNonce()]
    const sent = `prepay_id=${prepayId}`
    const paySign = paySignOf(appId, timeStamp, nonceStr, sent, key)
    return { appId, timeStamp, nonceStr, package: sent, signType: 'RSA', paySign }
  }

  return {
    merchantId,
    async openOrder({ orderNo, amountFen, description, attach, expiresAt, openId }) {
      const body = {
        ...{ appid: appId, mchid: merchantId, description, out_trade_no: orderNo, attach, notify_url: notifyUrl },
        time_expire: `${expiresAt.toISOString().slice(0, 19)}+00:00`,
        amount: { total: Number(amountFen), currency: 'CNY' },
      }
      if (openId === null) {
        const path = `${orders}/native`
        return { codeUrl: (await client.askFor(openedByCode, { method: 'POST', path, body })).code_url, page: null }
      }
      const request = { method: 'POST', path: `${orders}/jsapi`, body: { ...body, payer: { openid: openId } } } as const
      return { codeUrl: null, page: pageOf((await client.askFor(openedForPage, request)).prepay_id, merchant().key) }
    },

    async tradeOf(orderNo) {
      const path = `${orders}/out-trade-no/${inPath(orderNo)}?mchid=${inPath(merchantId)}`
      const said = await client.ask({ method: 'GET', path })
      if (said.code === 'ORDER_NOT_EXIST') return null
      if (said.code !== null) throw new ProviderFault('REFUSED', said.code)
      return readAs(tradeMessage, said.body)
    },

    async closeOrder(orderNo) {
      const path = `${orders}/out-trade-no/${inPath(orderNo)}/close`
      const said = await client.ask({ method: 'POST', path, body: { mchid: merchantId } })
      // What the provider has never heard of cannot be paid there either.
      if (said.code === null || said.code === 'ORDER_CLOSED' || said.code === 'ORDER_NOT_EXIST') return 'CLOSED'
      if (said.code === 'ORDERPAID') return 'PAID'
      throw new ProviderFault('REFUSED', said.code)
    },

    refund: ({ refundNo, orderNo, amountFen, ofFen, reason }) =>
      client.askFor(refundMessage, {
        ...{ method: 'POST', path: refunds },
        body: {
          ...{ out_trade_no: orderNo, out_refund_no: refundNo, reason, notify_url: notifyUrl },
          amount: { refund: Number(amountFen), total: Number(ofFen), currency: 'CNY' },
        },
      }),

    async refundOf(refundNo) {
      const said = await client.ask({ method: 'GET', path: `${refunds}/${inPath(refundNo)}` })
      if (said.code === 'RESOURCE_NOT_EXISTS') return null
      if (said.code !== null) throw new ProviderFault('REFUSED', said.code)
      return readAs(refundMessage, said.body)
    },

    async tradeBill(day) {
      const said = await client.ask({
        method: 'GET',
        path: `/v3/bill/tradebill?bill_date=${inPath(day)}&bill_type=ALL`,
      })
      if (said.code === 'NO_STATEMENT_EXIST') return null
      if (said.code === 'STATEMENT_CREATING') throw new ProviderFault('LATER', said.code)
      if (said.code !== null) throw new ProviderFault('REFUSED', said.code)
      const made = readAs(billMade, said.body)
      const text = await client.download(made.download_url, billBytes)
      const hash = createHash(made.hash_type.toLowerCase()).update(text).digest('hex')
      if (hash !== made.hash_value.toLowerCase()) throw new ProviderFault('UNTRUSTED', 'BILL_HASH')
      const bill = readTradeBill(text, day)
      if (bill === null) throw new ProviderFault('UNTRUSTED', 'BILL_UNREADABLE')
      return bill
    },

    readCallback(headers, body): Callback {
      requirePlatform(headers, body, platformKeys(), now().getTime())
      const { event_type, resource } = readSealed(callbackMessage, body)
      const opened = openSeal(resource, apiV3Key())
      if (opened === null) throw new CallbackRefused('SEAL_BROKEN')
      if (event_type.startsWith('TRANSACTION.')) return { kind: 'TRADE', trade: readSealed(tradeMessage, opened) }
      if (event_type.startsWith('REFUND.')) return { kind: 'REFUND', refund: readSealed(refundNotice, opened) }
      return { kind: 'OTHER' }
    },
  }
}
