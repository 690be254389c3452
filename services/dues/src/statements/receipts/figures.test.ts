import { expect, test } from '@jest/globals'
import { inFigures, writtenDay, yuanOf } from './figures.ts'

test.each([
  [0n, '0.00', 0],
  [1n, '0.01', 0.01],
  [-1n, '-0.01', -0.01],
  [99n, '0.99', 0.99],
  [100n, '1.00', 1],
  [-100n, '-1.00', -1],
  [-150n, '-1.50', -1.5],
  [123_456n, '1234.56', 1234.56],
  // The most that can be posted: 15 digits, shown as they are.
  [10n ** 13n, '100000000000.00', 100_000_000_000],
  [10n ** 13n - 1n, '99999999999.99', 99_999_999_999.99],
])('S0-24 %i fen are %s yuan in a document and %d in a spreadsheet', (fen, figures, yuan) => {
  expect([inFigures(fen), yuanOf(fen)]).toEqual([figures, yuan])
  expect(yuanOf(fen).toFixed(2)).toBe(figures)
})

test('S0-24 a day is written without leading zeros', () => {
  expect(writtenDay('2026-01-09')).toBe('2026年1月9日')
})
