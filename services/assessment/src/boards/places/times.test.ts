import { describe, expect, test } from '@jest/globals'
import { runningMonths, timeAt, timesOf, yearAt } from './times.ts'

const month = (of: string) => ({
  from: `${of}-01`,
  until: { '02': `${of}-28`, '04': `${of}-30`, '11': `${of}-30` }[of.slice(5)] ?? `${of}-31`,
})
const year = { from: '2026-01-01', until: '2026-12-31' }
const saying = (times: ReturnType<typeof timesOf>) => times.map(({ period, by }) => `${period.from} ${by}`)

test('S3-27 a month that is published is read from its sheets, and another as its reports told it', () => {
  expect(saying(timesOf([month('2026-03'), year], ['2026-02-01', '2026-03-01', '2026-12-01']))).toEqual([
    ...['2026-12-01 REPORTS', '2026-01-01 SHEETS', '2026-03-01 SHEETS', '2026-02-01 REPORTS'],
  ])
})

test.each([
  [null, '2026-03-01'],
  ['2026-02-28', '2026-02-01'],
  ['2026-03-01', '2026-03-01'],
  ['2026-04-01', undefined],
])('S1-3 the time of %s is that which begins on %s', (on, expected) => {
  expect(timeAt(timesOf([month('2026-03'), month('2026-02')], []), on)?.period.from).toBe(expected)
})

test('S3-27 of a day in a published year and a month that reports told the month is meant', () => {
  expect(timeAt(timesOf([year], ['2026-05-01']), '2026-05-09')?.period.from).toBe('2026-05-01')
})

test.each([
  [['2025-12', '2026-01'], null, '2025-01-01'],
  [['2025-11', '2026-01'], null, undefined],
  [['2024-12', '2025-12'], '2024-06-01', '2024-01-01'],
  [['2024-12', '2025-12'], '2026-01-01', undefined],
] as const)('S3-24 with %p published the year of %s begins on %s', (published, on, expected) => {
  expect(yearAt(published.map(month), on)?.from).toBe(expected)
})

describe('S3-27 three months running', () => {
  test.each([
    [
      ['2026-03', '2026-02', '2026-01'],
      ['2026-03-01', '2026-02-01', '2026-01-01'],
    ],
    [
      ['2026-04', '2026-03', '2026-02', '2026-01'],
      ['2026-04-01', '2026-03-01', '2026-02-01'],
    ],
    [
      ['2026-01', '2025-12', '2025-11'],
      ['2026-01-01', '2025-12-01', '2025-11-01'],
    ],
    [['2026-03', '2026-02'], null],
    [['2026-04', '2026-02', '2026-01', '2025-12'], null],
    [[], null],
  ])('S3-27 of %p these run: %p', (published, expected) => {
    expect(runningMonths(timesOf(published.map(month), []))?.map(({ period }) => period.from) ?? null).toEqual(expected)
  })

  test('S3-27 a year or quarter that is published is no month', () => {
    expect(runningMonths(timesOf([year, { from: '2026-01-01', until: '2026-03-31' }], []))).toBe(null)
  })

  test('S3-27 months of sheets and of reports run on together', () => {
    expect(runningMonths(timesOf([month('2026-03')], ['2026-02-01', '2026-01-01']))?.map(({ by }) => by)).toEqual([
      ...['SHEETS', 'REPORTS', 'REPORTS'],
    ])
  })
})
