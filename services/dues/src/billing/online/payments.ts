import type { PaymentProvider } from './payment-provider.ts'
import { createWeChatPay, type WeChatPaySettings } from './wechat/wechat-pay.ts'

/** Through whom dues are taken online, and for whom. */
export type Payments = {
  provider: PaymentProvider
  /** Whether the provider pays out to the dues account of the committee with this code. */
  takesFor(committeeCode: string): boolean
}

/** @param settings.committees codes, or `*` for any */
export const createPayments = (
  { committees, ...settings }: WeChatPaySettings & { committees: readonly string[] },
  { now, newId }: { now: () => Date; newId: () => string },
): Payments => ({
  provider: createWeChatPay(settings, { now, newNonce: () => newId().replaceAll('-', '') }),
  takesFor: code => committees.includes('*') || committees.includes(code),
})
