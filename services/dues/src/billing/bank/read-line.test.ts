import { describe, expect, test } from '@jest/globals'
import { fingerprintsOf } from './bank-line.ts'
import { type Candidates, proposeFor } from './propose.ts'
import { readLine, type StatementLine } from './read-line.ts'

const blank = {
  ...{ bookedOn: '2026-11-28', credit: '', debit: '', amount: '', direction: '', balance: '' },
  ...{ other: '', otherNumber: '', summary: '', purpose: '', remark: '', serial: '' },
}
const amountOf = (cells: Partial<typeof blank>) => {
  const read = readLine({ ...blank, ...cells })
  return read === null ? 'skipped' : 'wanted' in read ? 'refused' : read.amountFen
}

describe('S0-5 a line of a bank’s statement', () => {
  test.each<[string, Partial<typeof blank>, bigint | string]>([
    ['credit', { credit: '75.01', debit: '' }, 7501n],
    ['credit beside a debit of nothing', { credit: '1,234.50', debit: '0.00' }, 123_450n],
    ['credit beside a dash', { credit: '75.01', debit: '—' }, 7501n],
    ['debit', { credit: '', debit: '75.01' }, -7501n],
    ['both', { credit: '1.00', debit: '1.00' }, 'refused'],
    ['neither', {}, 'refused'],
    ['nothing in both', { credit: '0.00', debit: '0.00' }, 'refused'],
    ['one sum', { amount: '+75.01' }, 7501n],
    ['one sum with a sign', { amount: '-75.01' }, -7501n],
    ['one sum in brackets', { amount: '(75.01)' }, -7501n],
    ['one sum that came', { amount: '75.01', direction: '贷' }, 7501n],
    ['one sum that came in full width', { amount: '７５.０１', direction: '收入' }, 7501n],
    ['one sum that went', { amount: '75.01', direction: '借方' }, -7501n],
    ['one sum that went, with a sign too', { amount: '-75.01', direction: '支出' }, -7501n],
    ['a sum below nothing that came', { amount: '-75.01', direction: '贷' }, 'refused'],
    ['a direction that is none', { amount: '75.01', direction: '平' }, 'refused'],
    ['a sum beside the credit', { amount: '75.01', credit: '75.01' }, 7501n],
    ['a sum that is not the credit', { amount: '75.02', credit: '75.01' }, 'refused'],
    ['a tenth of a fen', { credit: '0.001' }, 'refused'],
    ['one fen', { credit: '0.01' }, 1n],
    ['words instead', { credit: '七十五' }, 'refused'],
    ['a balance of words', { credit: '1.00', balance: '很多' }, 'refused'],
    ['no day', { bookedOn: '2026-13-01', credit: '1.00' }, 'refused'],
    ['sums below', { bookedOn: '合计', credit: '1.00' }, 'skipped'],
    ['sums beside', { bookedOn: '', summary: '本页小计', credit: '1.00' }, 'skipped'],
  ])('S0-5 with %s', (_, cells, wanted) => {
    expect(amountOf(cells)).toBe(wanted)
  })

  test.each([
    ['2026-11-28', '2026-11-28'],
    ['20261128', '2026-11-28'],
    ['2026/11/28 09:10:11', '2026-11-28'],
    ['2026年11月28日', '2026-11-28'],
    ['2026.11.8', '2026-11-08'],
  ])('S0-5 of %s is of %s', (bookedOn, wanted) => {
    expect(readLine({ ...blank, bookedOn, credit: '1.00' })).toMatchObject({ bookedOn: wanted })
  })
})

const line: StatementLine = {
  ...{
    bookedOn: '2026-11-28',
    amountFen: 7501n,
    balanceFen: null,
    other: '张三',
    otherNumber: '',
    words: '党费',
    serial: '',
  },
}
const none: Candidates = { settlements: [], payments: [], cashFen: 0n }
const day = (id: string, on = '2026-11-27', netFen = 7501n) => ({ id, day: on, netFen })
const paid = (id: string, receivedOn = '2026-11-27', amountFen = 7501n) => ({ id, receivedOn, amountFen })
const tenpay = { other: '财付通支付科技有限公司' }
const cash = { other: '', words: '现金存入' }

describe('S0-5 what a line may be is proposed', () => {
  test.each<[string, Partial<StatementLine>, Partial<Candidates>, object | null]>([
    ['a day of the provider', tenpay, { settlements: [day('s')] }, { kind: 'SETTLEMENT', id: 's' }],
    ['two days alike', tenpay, { settlements: [day('s'), day('t')] }, null],
    ['a fen less than the day', tenpay, { settlements: [day('s', '2026-11-27', 7502n)] }, null],
    ['a day that comes later', tenpay, { settlements: [day('s', '2026-11-29')] }, null],
    ['a day ten days ago', tenpay, { settlements: [day('s', '2026-11-18')] }, { kind: 'SETTLEMENT', id: 's' }],
    ['a day eleven days ago', tenpay, { settlements: [day('s', '2026-11-17')] }, null],
    ['a payment', {}, { payments: [paid('p')] }, { kind: 'PAYMENT', id: 'p' }],
    ['two payments alike', {}, { payments: [paid('p'), paid('q')] }, null],
    ['a payment of another sum', {}, { payments: [paid('p', '2026-11-27', 7500n)] }, null],
    ['a payment long ago', {}, { payments: [paid('p', '2026-11-17')] }, null],
    ['the provider’s, though a payment fits', tenpay, { payments: [paid('p')] }, null],
    ['cash', cash, { cashFen: 7501n }, { kind: 'CASH_DEPOSIT', id: null }],
    ['more cash than there is', cash, { cashFen: 7500n }, null],
    ['interest', { words: '结息' }, {}, { kind: 'INTEREST', id: null }],
    ['what went', { amountFen: -7501n, words: '结息' }, { payments: [paid('p')] }, null],
    ['nothing', {}, {}, null],
  ])('S0-5 %s', (_, change, candidates, wanted) => {
    expect(proposeFor({ ...line, ...change }, { ...none, ...candidates }, new Set())).toEqual(wanted)
  })

  test('S0-5 one thing is proposed for one line', () => {
    expect(proposeFor(line, { ...none, payments: [paid('p')] }, new Set(['p']))).toBeNull()
  })

  test('S0-5 lines that say the same are two in one file, and the same two in the next', () => {
    const [one, two, three] = fingerprintsOf([line, line, { ...line, amountFen: 1n }])
    expect(new Set([one, two, three].map(print => print?.toString('hex'))).size).toBe(3)
    expect(fingerprintsOf([line, line])).toEqual([one, two])
  })
})
