import { expect, test } from '@jest/globals'
import { wordsOf } from './words.ts'

const line = { takesBack: false, use: null, note: '回单 17 号', purpose: null, payee: null, inFen: 1n }
test.each([
  [{ ...line, reason: 'INTEREST' as const }, '利息收入：回单 17 号'],
  [{ ...line, reason: 'DUES_PAID' as const, note: '' }, '党费收入'],
  [{ ...line, reason: 'PASSED_DOWN' as const, note: '' }, '上级下拨'],
  [{ ...line, reason: 'PASSED_DOWN' as const, inFen: 0n, note: '' }, '下拨'],
  [{ ...line, reason: 'PASSED_UP' as const, note: '电汇回单' }, '下级上缴：电汇回单'],
  [{ ...line, reason: 'PASSED_UP' as const, inFen: 0n, note: '电汇回单' }, '上缴：电汇回单'],
  [
    {
      ...{ ...line, reason: 'SPENT' as const, use: 'FLAGS' as const, inFen: 0n, note: 'DuesSpending:1' },
      ...{ purpose: '党旗两面', payee: '文具店' },
    },
    '党旗、党徽：党旗两面（文具店）',
  ],
  [
    {
      ...{ ...line, reason: 'SPENT' as const, use: 'FLAGS' as const, inFen: 0n, note: '买错', takesBack: true },
      ...{ purpose: '党旗两面', payee: '文具店' },
    },
    '冲销：党旗、党徽：买错',
  ],
])('S0-24 an entry of a book in words: %j is %s', (found, words) => {
  expect(wordsOf(found)).toBe(words)
})
