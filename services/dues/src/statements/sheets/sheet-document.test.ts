import { expect, test } from '@jest/globals'
import { textOf } from '@linghang/documents'
import { type Sheet, sheetDocument } from './sheet-document.ts'

const sheet: Sheet = {
  ...{ year: 2027, orgName: '青禾第一党支部', fromMonth: '2027-01-01', baseFen: 500_001n, dueFen: 7_500n },
  ...{ explained: '按 1.5% 计算', version: 3, printedOn: '2027-01-05' },
}

test('S3-5 a sheet has year, branch, base, sum, month, how it was worked out, its version, and places to sign', () => {
  const text = textOf(sheetDocument(sheet))
  for (const words of [
    ...['2027年党费核定表', '青禾第一党支部', '5000.01', '75.00', '2027年1月起', '第3版', '按 1.5% 计算'],
    ...['签名', '本人确认', '组电明字〔2017〕5号一（1）', '2027年1月5日'],
  ])
    expect(text).toContain(words)
  expect(text).not.toContain('object')
})

test('S3-5 of whoever needs no base, and for whoever does not see what was received, the sheet says no more', () => {
  const text = textOf(sheetDocument({ ...sheet, baseFen: null, dueFen: 20n, explained: null }))
  expect(text).toContain('无')
  expect(text).toContain('0.20')
  expect(text).not.toContain('计算说明')
})
