/** Who takes money from payers in our name and hands it on to the bank (支付机构). Amounts are whole fen of CNY. */
export type PaymentProvider = {
  /** Our number there (商户号). */
  merchantId: string
  /**
   * Opens an order at the provider. The same number with the same order again is the same order.
   * @throws ProviderFault
   */
  openOrder(order: NewOrder): Promise<OpenedOrder>
  /** What the provider says of an order; null where it knows none of this number. @throws ProviderFault */
  tradeOf(orderNo: string): Promise<Trade | null>
  /** Nobody can pay it afterwards. `PAID`: somebody has, and it stays as it is. @throws ProviderFault */
  closeOrder(orderNo: string): Promise<'CLOSED' | 'PAID'>
  /** Gives an order's money back. The same number with the same sum again is the same refund. @throws ProviderFault */
  refund(refund: NewRefund): Promise<Refund>
  /** What the provider says of a refund; null where it knows none of this number. @throws ProviderFault */
  refundOf(refundNo: string): Promise<Refund | null>
  /** All trades of a day (Asia/Shanghai); null where there were none. @throws ProviderFault, `LATER` before it is made */
  tradeBill(day: string): Promise<TradeBill | null>
  /** What the provider tells us unasked, once it is certain that it does. @throws CallbackRefused */
  readCallback(headers: CallbackHeaders, body: string): Callback
}

export type NewOrder = {
  orderNo: string
  amountFen: bigint
  /** What the payer reads. */
  description: string
  /** Comes back with the trade and in the bill, so that a trade is known again whose order we have lost. */
  attach: string
  expiresAt: Date
  /** Who pays, as the provider's app knows them; null for a code that anybody may scan. */
  openId: string | null
}
/** With what the payer goes on: a code to scan, or what a page inside the provider's app asks for. */
export type OpenedOrder = { codeUrl: string; page: null } | { codeUrl: null; page: PayPage }
export type PayPage = {
  appId: string
  timeStamp: string
  nonceStr: string
  package: string
  signType: string
  paySign: string
}

/** REFUND: paid and given back, in whole or in part. UNPAID: nobody has paid yet. */
export const tradeStates = ['SUCCESS', 'REFUND', 'UNPAID', 'CLOSED', 'PAYERROR'] as const
export type TradeState = (typeof tradeStates)[number]
export type Trade = {
  orderNo: string
  merchantId: string
  state: TradeState
  /** The provider's own number of the payment; null before there is one. */
  tradeNo: string | null
  /** Null where the provider names none, as of an order that nobody has paid. */
  amountFen: bigint | null
  currency: string | null
  paidAt: Date | null
}

export type NewRefund = { refundNo: string; orderNo: string; amountFen: bigint; ofFen: bigint; reason: string }
export const refundStates = ['SUCCESS', 'CLOSED', 'PROCESSING', 'ABNORMAL'] as const
export type Refund = {
  refundNo: string
  orderNo: string
  state: (typeof refundStates)[number]
  amountFen: bigint
  currency: string
}

/** A row of the daily bill: a payment, or a refund of one. */
export type BillRow = {
  kind: 'PAID' | 'REFUNDED'
  orderNo: string
  tradeNo: string
  /** Of a refund, our number of it. */
  refundNo: string | null
  amountFen: bigint
  /** What the provider keeps of it, in thousandths of a fen; below 0 where it gives that back. */
  feeMilliFen: bigint
  attach: string
}
export type TradeBill = { day: string; rows: readonly BillRow[] }

export type CallbackHeaders = Readonly<Record<string, string | string[] | undefined>>
export type Callback = { kind: 'TRADE'; trade: Trade } | { kind: 'REFUND'; refund: Refund } | { kind: 'OTHER' }

/**
 * The provider did not do it. UNREACHABLE: nobody knows whether it did. LATER: it says so. REFUSED: it says why.
 * UNTRUSTED: what came is not certainly the provider's.
 */
export class ProviderFault extends Error {
  override name = 'ProviderFault'
  readonly kind: 'UNREACHABLE' | 'LATER' | 'REFUSED' | 'UNTRUSTED'
  /** The provider's own word for it. */
  readonly code: string

  constructor(kind: ProviderFault['kind'], code: string) {
    super(`${kind}: ${code}`)
    this.kind = kind
    this.code = code
  }
}

export const callbackRefusals = [
  ...(['SIGNATURE_MISSING', 'SERIAL_UNKNOWN', 'TIMESTAMP_REFUSED', 'SIGNATURE_WRONG'] as const),
  ...(['SEAL_BROKEN', 'CONTENT_UNKNOWN'] as const),
] as const
/** What came is not certainly from the provider, or says nothing that can be read. */
export class CallbackRefused extends Error {
  override name = 'CallbackRefused'
  readonly reason: (typeof callbackRefusals)[number]

  constructor(reason: CallbackRefused['reason']) {
    super(reason)
    this.reason = reason
  }
}
