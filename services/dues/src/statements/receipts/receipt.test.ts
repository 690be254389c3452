import { describe, expect, test } from '@jest/globals'
import { textOf } from '@linghang/documents'
import { linesOf, type Receipt, receiptState, writtenNumber } from './receipt.ts'
import { receiptDocument } from './receipt-document.ts'

const receipt: Receipt = {
  kind: 'DUES',
  ...{ id: 'r', orgId: 'o', memberId: 'm', year: 2026, number: 12, orgName: '青禾第一党支部', amountFen: 100_110n },
  ...{ fromOn: '2026-11-02', untilOn: '2026-11-02', issuedOn: '2026-11-03', issuedAt: new Date(0), issuedBy: null },
  ...{ voidedAt: null, voidReason: null, takenBack: false },
}

test.each([
  [1, '2026-000001'],
  [999_999, '2026-999999'],
  [1_000_000, '2026-1000000'],
])('S0-23 number %d of a year is written %s', (number, written) => {
  expect(writtenNumber({ year: 2026, number })).toBe(written)
})

test.each([
  [null, false, 'VALID'],
  [null, true, 'TO_VOID'],
  [new Date(0), false, 'VOIDED'],
  [new Date(0), true, 'VOIDED'],
] as const)('S0-23 voided at %s and taken back %s, it is %s', (voidedAt, takenBack, state) => {
  expect(receiptState({ voidedAt, takenBack })).toBe(state)
})

const plain = { kind: 'DUES' as const, amountFen: 0n }

test('S0-23 a receipt says month by month what several payments were for, then what was ahead and what was besides', () => {
  const [october, november] = ['2026-10-01', '2026-11-01'] as const
  expect(
    linesOf([
      { ...plain, advanceFen: 0n, voluntaryFen: 7n, shares: [{ month: november, amountFen: 2n }] },
      {
        ...{ ...plain, advanceFen: 0n, voluntaryFen: 1n },
        shares: [
          { month: october, amountFen: 5n },
          { month: november, amountFen: 3n },
        ],
      },
    ]),
  ).toEqual([
    { item: 'DUES', month: october, amountFen: 5n },
    { item: 'DUES', month: november, amountFen: 5n },
    { item: 'VOLUNTARY', month: null, amountFen: 8n },
  ])
  expect(linesOf([{ ...plain, advanceFen: 4n, voluntaryFen: 0n, shares: [] }])).toEqual([
    { item: 'ADVANCE', month: null, amountFen: 4n },
  ])
})

describe('S0-23 the receipt as a document', () => {
  const lines = [
    { item: 'DUES' as const, month: '2026-11-01', amountFen: 100_000n },
    { item: 'VOLUNTARY' as const, month: null, amountFen: 110n },
  ]
  test('S0-23 has number, organisation, day, items, the sum in capitals and figures, and no mark', () => {
    const text = textOf(receiptDocument(receipt, lines))
    for (const words of [
      '2026-000012',
      '青禾第一党支部（盖章）',
      '2026年11月2日',
      '2026年11月党费',
      '1000.00',
      '自愿多交党费',
      '1.10',
    ])
      expect(text).toContain(words)
    expect(text).toContain('人民币壹仟零壹元壹角')
    expect(text).toContain('￥1001.10')
    expect(text).not.toContain('作废')
  })
  test('1.4/11 of a large due says that it is the centre’s, whose receipt it does not replace', () => {
    const large = [{ kind: 'LARGE' as const, amountFen: 100_110n, advanceFen: 0n, voluntaryFen: 0n, shares: [] }]
    expect(linesOf(large)).toEqual([{ item: 'LARGE', month: null, amountFen: 100_110n }])
    const text = textOf(receiptDocument({ ...receipt, kind: 'LARGE' }, linesOf(large)))
    for (const words of ['大额党费代收凭证', '大额党费', '￥1001.10', '全部上缴中央', '中央组织部', '第十一条'])
      expect(text).toContain(words)
    expect(text).not.toContain('党费收据')
    expect(textOf(receiptDocument(receipt, lines))).not.toContain('中央')
  })
  test('S0-23 says that it is void, and why, or that it is to be voided', () => {
    const voided = { ...receipt, voidedAt: new Date(0), voidReason: '抬头写错' }
    expect(textOf(receiptDocument(voided, lines))).toContain('【作废】本收据已作废。原因：抬头写错')
    expect(textOf(receiptDocument({ ...receipt, takenBack: true }, lines))).toContain('【作废】所列党费已冲销')
  })
})
