import { expect, test } from '@jest/globals'
import { readBankNumber } from './account.ts'

test.each([
  ['6222 0212 0300 1234 567', '6222021203001234567'],
  ['１２３４-５６７８', '12345678'],
  ['1234567', null],
  ['1'.repeat(32), '1'.repeat(32)],
  ['1'.repeat(33), null],
  ['12345678a', null],
  ['', null],
])('S0-24 of the account number %j %j is kept', (typed, kept) => {
  expect(readBankNumber(typed)).toBe(kept)
})
