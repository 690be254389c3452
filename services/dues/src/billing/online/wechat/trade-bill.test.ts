import { describe, expect, test } from '@jest/globals'
import { milliFenOf, readTradeBill } from './trade-bill.ts'

const header =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注'
const sumHeader = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额'
const line = (...cells: string[]) => cells.map(cell => `\`${cell}`).join(',')
const paid = (no: string, yuan: string, fee: string, name = '党费, 十一月') =>
  line(
    ...[
      '2026-11-28 09:10:11',
      'wx1',
      '1900000001',
      '0',
      '',
      `42000${no}`,
      `order-${no}`,
      'openid',
      'NATIVE',
      'SUCCESS',
    ],
    ...[
      'ICBC_DEBIT',
      'CNY',
      yuan,
      '0.00',
      '0',
      '0',
      '0.00',
      '0.00',
      '',
      '',
      name,
      'county/keeper',
      fee,
      '0.60%',
      yuan,
      '0.00',
      '',
    ],
  )
const refunded = (no: string, yuan: string, fee: string) =>
  line(
    ...['2026-11-28 10:10:11', 'wx1', '1900000001', '0', '', `42000${no}`, `order-${no}`, 'openid', 'NATIVE', 'REFUND'],
    ...[
      'ICBC_DEBIT',
      'CNY',
      '0.00',
      '0.00',
      '500001',
      'refund-1',
      yuan,
      '0.00',
      'ORIGINAL',
      'SUCCESS',
      '党费',
      'county/keeper',
    ],
    ...[fee, '0.60%', '0.00', yuan, ''],
  )
const sums = (...cells: string[]) => line(...cells)
const bill = (...lines: string[]) => `\uFEFF${header}\r\n${lines.join('\r\n')}\r\n`

describe('platform the daily bill of the provider', () => {
  test('platform has payments and refunds, with money in fen and fees in parts of one', () => {
    const text = bill(
      paid('1', '75.01', '0.45006'),
      refunded('1', '75.01', '-0.45006'),
      paid('2', '0.01', '0.00006'),
      sumHeader,
      sums('3', '75.02', '75.01', '0.00', '0.00006', '75.02', '75.01'),
    )
    expect(readTradeBill(text, '2026-11-28')).toEqual({
      day: '2026-11-28',
      rows: [
        ['PAID', '1', 7501n, 45_006n, null],
        ['REFUNDED', '1', 7501n, -45_006n, 'refund-1'],
        ['PAID', '2', 1n, 6n, null],
      ].map(([kind, no, amountFen, feeMilliFen, refundNo]) => ({
        ...{ kind, orderNo: `order-${no}`, tradeNo: `42000${no}`, amountFen, feeMilliFen, refundNo },
        attach: 'county/keeper',
      })),
    })
  })

  const row = paid('1', '75.01', '0.00000')
  const right = sums('1', '75.01', '0.00', '0.00', '0.00000', '75.01', '0.00')
  test.each([
    ['whole', bill(row, sumHeader, right), true],
    ['cut off before its sums', bill(row, sumHeader), false],
    ['short of a row', bill(sumHeader, right), false],
    ['with a row twice', bill(row, row, sumHeader, right), false],
    [
      'with another sum',
      bill(row, sumHeader, right.replace('`75.01,`0.00', '`75.02,`0.00').replace('`75.01', '`75.02')),
      false,
    ],
    ['with another fee', bill(row, sumHeader, right.replace('0.00000', '0.00001')), false],
    [
      'with a part of a fen',
      bill(paid('1', '75.015', '0.00000'), sumHeader, right.replaceAll('75.01', '75.015')),
      false,
    ],
    ['with a state that is none', bill(row.replace('SUCCESS', 'GONE'), sumHeader, right), false],
    ['of another kind', 'a,b\r\n`1,`2\r\n', false],
    ['of nothing', '', false],
  ])('platform one that is %s is taken or not', (_, text, taken) => {
    expect(readTradeBill(text, '2026-11-28') !== null).toBe(taken)
  })

  test.each([
    ['0', 0n],
    ['0.01', 1000n],
    ['-0.45006', -45_006n],
    ['1000000.00', 100_000_000_000n],
    ['1.000001', null],
    ['1e3', null],
    ['', null],
    ['1,000.00', null],
  ])('platform %s yuan are %s thousandths of a fen', (text, wanted) => {
    expect(milliFenOf(text)).toBe(wanted)
  })
})
