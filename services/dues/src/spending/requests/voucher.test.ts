import { expect, test } from '@jest/globals'
import { readVoucherNumber } from './voucher.ts'

test.each([
  ['2511 2000-a7', '25112000-A7'],
  ['２５１１', '2511'],
  ['A'.repeat(40), 'A'.repeat(40)],
  ['A'.repeat(41), null],
  ['发票17', null],
  ['', null],
])('S0-16 the number %j is read as %j', (text, number) => {
  expect(readVoucherNumber(text)).toBe(number)
})
