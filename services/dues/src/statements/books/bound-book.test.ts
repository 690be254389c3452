import { describe, expect, test } from '@jest/globals'
import { textOf } from '@linghang/documents'
import { type Book, type BookLine, type BookSum, bookPartOf } from './book.ts'
import { bookDocument } from './book-document.ts'
import { requireFewLines } from './bound-book.ts'

const period = { from: '2026-01-01', until: '2026-01-31' }
const sum: BookSum = {
  ...{ accountId: 'a', month: '2026-01-01', reason: 'DUES_PAID', use: null },
  ...{ inFen: 2_050n, outFen: 0n, entries: 1 },
}
const bookWith = (sums: readonly BookSum[], fundSums: readonly BookSum[] = []): Book => ({
  ...{ ...period, accountId: 'a', orgId: 'o' },
  own: bookPartOf({ accountId: 'a', fund: null }, period, sums, { heldFen: 7n, holds: [] }),
  funds: [
    bookPartOf(
      {
        accountId: 'f',
        fund: { id: 'f', orgId: 'o', keeperId: 'k', name: '慰问', purpose: 'HARDSHIP', openedOn: '2026-01-01' },
      },
      period,
      fundSums,
      { heldFen: 0n, holds: [] },
    ),
  ],
})
const line: BookLine = {
  ...{ accountId: 'a', journalId: 'j', countsOn: '2026-01-05', n: 1n, reason: 'DUES_PAID', takesBack: false },
  ...{ use: null, note: '收现金党费', purpose: null, payee: null, evidence: ['2026-000012'] },
  ...{ inFen: 2_050n, outFen: 0n, balanceFen: 2_050n },
}
const bound = { orgName: '某支部', bank: { bank: 'ICBC', bankDigits: '4567' }, closed: true, madeOn: '2026-02-01' }

describe('S0-24 a treasurer’s book as a document', () => {
  test.each([
    ['XLSX', 1_999, 1, true],
    ['XLSX', 2_000, 0, true],
    ['XLSX', 2_000, 1, false],
    ['XLSX', 2_001, 0, false],
    ['DOCX', 499, 1, true],
    ['DOCX', 499, 2, false],
  ] as const)('S0-24 as %s with %i entries and %i of a fund: %s', (format, own, fund, goes) => {
    const book = bookWith([{ ...sum, entries: own }], [{ ...sum, accountId: 'f', entries: fund }])
    const made = () => requireFewLines(book, format)
    if (goes) expect(made).not.toThrow()
    else expect(made).toThrow(expect.objectContaining({ code: 'BOOK_TOO_MANY_LINES' }))
  })

  test('S0-24 says whose it is, of when, each entry with its paper, and what is left', () => {
    const text = textOf(bookDocument({ ...bound, book: bookWith([sum]), lines: new Map([['a', [line]]]) }))
    for (const said of [
      ...['某支部，2026年1月1日至2026年1月31日', '本期各月已结账', '中国工商银行，尾号 4567', '20.50', '0.07'],
      ...['党费收入：收现金党费\n凭证：2026-000012', '期末余额'],
    ])
      expect(text).toContain(said)
    expect(text).not.toContain('慰问')
  })

  test('S0-24 says that its months are open, and of a fund what is its own', () => {
    const fund = { ...sum, accountId: 'f', reason: 'SET_ASIDE' as const }
    const text = textOf(
      bookDocument({ ...bound, closed: false, bank: null, book: bookWith([], [fund]), lines: new Map() }),
    )
    expect(text).toContain('尚有月份未结账')
    expect(text).toContain('专项：慰问')
    expect(text).toContain('划入专项')
    expect(text).not.toContain('开户银行')
  })
})
