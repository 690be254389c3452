import { expect, test } from '@jest/globals'
import type { Refund as Told } from './payment-provider.ts'
import { judgeRefund, type RefundState } from './refund.ts'

const told: Told = { refundNo: 'r', orderNo: 'o', state: 'SUCCESS', amountFen: 100n, currency: 'CNY' }
test.each<[RefundState, Partial<Told>, object]>([
  ['OPENED', {}, { do: 'BOOK' }],
  ['PROCESSING', {}, { do: 'BOOK' }],
  ['PROCESSING', { state: 'PROCESSING' }, { do: 'WAIT' }],
  ['PROCESSING', { state: 'ABNORMAL' }, { do: 'FAIL', found: 'ABNORMAL' }],
  ['PROCESSING', { state: 'CLOSED' }, { do: 'FAIL', found: 'CLOSED' }],
  ['PROCESSING', { amountFen: 99n }, { do: 'DISPUTE', found: '99 CNY o' }],
  ['PROCESSING', { amountFen: 101n }, { do: 'DISPUTE', found: '101 CNY o' }],
  ['PROCESSING', { orderNo: 'p' }, { do: 'DISPUTE', found: '100 CNY p' }],
  ['PROCESSING', { currency: 'USD' }, { do: 'DISPUTE', found: '100 USD o' }],
  ['SUCCESS', {}, { do: 'NOTHING' }],
  ['SUCCESS', { state: 'ABNORMAL' }, { do: 'NOTHING' }],
  ['FAILED', {}, { do: 'NOTHING' }],
])('S0-6c a refund that is %s, told %j: %j', (state, said, wanted) => {
  expect(judgeRefund({ state, amountFen: 100n, orderNo: 'o' }, { ...told, ...said })).toEqual(wanted)
})
