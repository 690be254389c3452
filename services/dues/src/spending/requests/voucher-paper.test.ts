import { expect, test } from '@jest/globals'
import { readPaperName } from './voucher-paper.ts'

test.each([
  ['发票 2026-11.PDF', '发票 2026-11.PDF'],
  ['../../etc/收据.jpg', 'etc收据.jpg'],
  ['a.jpeg', 'a.jpeg'],
  ['清单.xlsx', null],
  ['说明.docx', null],
  ['发票.pdf.exe', null],
  ['发票', null],
  ['', null],
  [`${'a'.repeat(116)}.pdf`, `${'a'.repeat(116)}.pdf`],
  [`${'a'.repeat(117)}.pdf`, null],
])('S0-16 the paper %j is kept as %j', (name, wanted) => {
  expect(readPaperName(name)).toBe(wanted)
})
