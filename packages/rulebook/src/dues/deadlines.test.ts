import { describe, expect, test } from '@jest/globals'
import { duesDeadlineRefused, fixingDeadline, periodOver, statementDeadline, usualDuesDeadlines } from './deadlines.ts'

describe('1.4 the days of a year of dues', () => {
  test.each([
    [2027, 31, '2027-01-31'],
    [2027, 1, '2027-01-01'],
    [2027, 59, '2027-02-28'],
    [2028, 60, '2028-02-29'],
  ])('1.4 the fixing of %i within %i days is done by %s', (year, fixingWithin, on) => {
    expect(fixingDeadline(year, { ...usualDuesDeadlines, fixingWithin }).dueOn).toBe(on)
  })

  test.each([
    ['SUMMARY', '2026-12-31', '2026-07-01', '2026-10-01'],
    ['SUMMARY', '2027-01-01', '2026-10-01', '2027-01-01'],
    ['SUMMARY', '2027-03-31', '2026-10-01', '2027-01-01'],
    ['SUMMARY', '2027-04-01', '2027-01-01', '2027-04-01'],
    ['PUBLICATION', '2026-12-31', '2025-01-01', '2026-01-01'],
    ['REPORT', '2027-01-01', '2026-01-01', '2027-01-01'],
  ] as const)('S3-21 of a %s on %s the time from %s to before %s is over', (kind, today, from, before) => {
    expect(periodOver(kind, today)).toEqual({ from, before })
  })

  test.each([
    ['SUMMARY', '2027-01-01', '2027-01-15', '工作惯例'],
    ['PUBLICATION', '2027-01-01', '2027-03-31', '第二十六条'],
    ['REPORT', '2027-01-01', '2027-03-31', '第二十八条'],
    ['REPORT', '2028-01-01', '2028-03-30', '第二十八条'],
  ] as const)('S3-21 a %s of what was over before %s is due on %s (%s)', (kind, before, dueOn, article) => {
    expect(statementDeadline(kind, before, usualDuesDeadlines)).toMatchObject({ dueOn, article, nature: 'LATEST' })
  })

  test('S3-21 no county reports later than the end of April, in a leap year either', () => {
    const latest = { ...usualDuesDeadlines, reportWithin: 120 }
    const days = ['2027-01-01', '2028-01-01'].map(before => statementDeadline('REPORT', before, latest).dueOn)
    expect(days).toEqual(['2027-04-30', '2028-04-29'])
  })

  test.each([
    ['fixingWithin', 90],
    ['summaryWithin', 45],
    ['publicationWithin', 181],
    ['reportWithin', 120],
  ] as const)('1.4 %s is 1 to %i days', (key, most) => {
    const refused = [0, 1, most, most + 1, 1.5].map(days => duesDeadlineRefused({ ...usualDuesDeadlines, [key]: days }))
    expect(refused).toEqual([key, null, null, key, key])
  })
})
