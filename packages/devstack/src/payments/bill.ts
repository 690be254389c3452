import { type Book, inShanghai } from './book.ts'
import type { SandboxKeys } from './keys.ts'

interface Row {
  orderNo: string
  tradeNo: string
  at: string
  tradeType: string
  openId: string
  description: string
  attach: string
  paidFen: number
  refund: { no: string; id: string; fen: number } | null
}

const header =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注'
const sumHeader = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额'

const yuan = (fen: number): string => (fen / 100).toFixed(2)
/** Five decimals, as of parts of a fen. */
const feeYuan = (milliFen: number): string => (milliFen / 100_000).toFixed(5)
const line = (cells: readonly string[]): string => cells.map(cell => `\`${cell}`).join(',')

/** What was paid and given back on a day, with the differences that were planted. */
const rowsOf = (book: Book, day: string): Row[] => {
  const paid = book.paidOn(day).map(
    (order): Row => ({
      ...{ orderNo: order.orderNo, tradeNo: order.tradeNo ?? '', at: order.paidAt ?? '', tradeType: order.tradeType },
      ...{ openId: order.openId, description: order.description, attach: order.attach },
      ...{ paidFen: order.totalFen, refund: null },
    }),
  )
  const refunded = book.refundedOn(day).flatMap((refund): Row[] => {
    const order = book.order(refund.orderNo)
    if (!order) return []
    return [
      {
        ...{ orderNo: order.orderNo, tradeNo: order.tradeNo ?? '', at: refund.createdAt, tradeType: order.tradeType },
        ...{ openId: order.openId, description: order.description, attach: order.attach, paidFen: 0 },
        refund: { no: refund.refundNo, id: refund.refundId, fen: refund.refundFen },
      },
    ]
  })
  let rows = [...paid, ...refunded]
  for (const { orderNo, change, amountFen, attach } of book.changesOf(day)) {
    const of = rows.find(row => row.orderNo === orderNo && row.refund === null)
    const plain = { orderNo, tradeNo: `4200009999${orderNo.slice(-18)}`, at: `${day}T04:00:00Z`, tradeType: 'NATIVE' }
    const row: Row = of ?? {
      ...plain,
      openId: 'o-extra',
      description: '党费',
      attach,
      paidFen: amountFen,
      refund: null,
    }
    if (change === 'MISSING') rows = rows.filter(one => one.orderNo !== orderNo)
    if (change === 'AMOUNT') rows = rows.map(one => (one === of ? { ...one, paidFen: amountFen } : one))
    if (change === 'EXTRA') rows = [...rows, row]
    if (change === 'REFUNDED')
      rows = [...rows, { ...row, paidFen: 0, refund: { no: `X${orderNo.slice(-20)}`, id: '50000', fen: amountFen } }]
  }
  return rows
}

/**
 * The bill of a day and what is handed on to the bank for it.
 *
 * @param feePerTenThousand what the provider keeps of each payment, and gives back with each refund
 */
export const billOf = (book: Book, keys: SandboxKeys, day: string, feePerTenThousand: number) => {
  const rows = rowsOf(book, day)
  const feeOf = ({ paidFen, refund }: Row): number => ((paidFen - (refund?.fen ?? 0)) * feePerTenThousand) / 10
  const sum = (of: (row: Row) => number): number => rows.reduce((total, row) => total + of(row), 0)
  const cells = (row: Row): string[] => [
    ...[inShanghai(row.at).slice(0, 19).replace('T', ' '), keys.appId, keys.merchantId, '0', '', row.tradeNo],
    ...[row.orderNo, row.openId, row.tradeType, row.refund ? 'REFUND' : 'SUCCESS', 'OTHERS', 'CNY', yuan(row.paidFen)],
    ...['0.00', row.refund?.id ?? '0', row.refund?.no ?? '0', yuan(row.refund?.fen ?? 0), '0.00'],
    ...[row.refund ? 'ORIGINAL' : '', row.refund ? 'SUCCESS' : '', row.description, row.attach, feeYuan(feeOf(row))],
    ...[`${(feePerTenThousand / 100).toFixed(2)}%`, yuan(row.paidFen), yuan(row.refund?.fen ?? 0), ''],
  ]
  const [paidFen, refundedFen] = [sum(row => row.paidFen), sum(row => row.refund?.fen ?? 0)]
  const [feeMilliFen, paid, refunded] = [sum(feeOf), yuan(paidFen), yuan(refundedFen)]
  const sums = [String(rows.length), paid, refunded, '0.00', feeYuan(feeMilliFen), paid, refunded]
  const text = `\uFEFF${[header, ...rows.map(row => line(cells(row))), sumHeader, line(sums)].join('\r\n')}\r\n`
  const feeFen = Math.round(feeMilliFen / 1000)
  return { rows: rows.length, text, netFen: paidFen - refundedFen - feeFen, feeFen, paidFen, refundedFen }
}
