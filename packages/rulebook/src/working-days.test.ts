import { describe, expect, test } from '@jest/globals'
import {
  isWorkingDay,
  isYearPublished,
  lastWorkingDay,
  noticeEnds,
  workingDayFrom,
  workingDaysLeftOn,
} from './working-days.ts'

describe('working days follow the State Council’s calendar', () => {
  test.each([
    ['2026-09-30', true, 'the Wednesday before National Day'],
    ['2026-10-01', false, 'National Day'],
    ['2026-10-07', false, 'the last day of the holiday'],
    ['2026-10-08', true, 'the first day after it'],
    ['2026-10-10', true, 'a Saturday worked in exchange'],
    ['2026-10-11', false, 'a Sunday'],
    ['2026-02-14', true, 'a Saturday worked before Spring Festival'],
    ['2026-02-16', false, 'a Monday in Spring Festival'],
  ])('1.1 %s works: %s (%s)', (date, works) => {
    expect(isWorkingDay(date)).toBe(works)
  })

  test.each([
    ['2026-06-01', 5, '2026-06-05', false, 'Monday to Friday'],
    ['2026-06-06', 5, '2026-06-12', false, 'begun on a Saturday, which does not count'],
    ['2026-09-29', 5, '2026-10-10', false, 'over National Day, ending on a Saturday that is worked'],
    ['2026-09-28', 5, '2026-10-09', false, 'a day earlier, ending a day earlier'],
    ['2026-12-25', 5, '2026-12-31', false, 'ends in a published year'],
    ['2026-12-28', 5, '2027-01-01', true, 'reaches into a year that is not published'],
    ['2026-06-01', 1, '2026-06-01', false, 'the first day counts'],
  ])('S2-11 a notice from %s over %i working days ends on %s (provisional: %s)', (from, days, on, provisional) => {
    expect(lastWorkingDay(from, days)).toEqual({ on, provisional })
  })

  test('1.1 a year is published once its first holiday is', () => {
    expect([isYearPublished('2026'), isYearPublished('2027')]).toEqual([true, false])
  })

  test.each([0, 251, 1.5])('1.1 refuses to count %d working days', days => {
    expect(() => lastWorkingDay('2026-06-01', days)).toThrow(RangeError)
  })
})

describe('1.1/7 the day on which a notice is hung out', () => {
  test.each([
    // 2024-03-04 is a Monday.
    ['counts where the county counts it', '2024-03-04', true, '2024-03-08'],
    ['does not where it counts from the next day', '2024-03-04', false, '2024-03-11'],
    ['is a Friday, counted', '2024-03-08', true, '2024-03-14'],
    ['is a Friday, not counted', '2024-03-08', false, '2024-03-15'],
    ['is a Saturday: both ways count from Monday', '2024-03-09', true, '2024-03-15'],
    ['is a Saturday, not counted', '2024-03-09', false, '2024-03-15'],
  ])('1.1/7 %s', (_, from, countsFirstDay, until) => {
    expect(noticeEnds(from, { workingDays: 5, countsFirstDay }).on).toBe(until)
  })
})

describe('S3-21 the last working days of a month', () => {
  test.each([
    ['2026-11-29', 1, '2026-11-30'],
    ['2026-11-29', 2, '2026-11-27'],
    ['2026-11-01', 3, '2026-11-26'],
    ['2026-02-28', 1, '2026-02-28'],
    ['2026-02-01', 2, '2026-02-27'],
    ['2026-02-01', 5, '2026-02-24'],
    ['2026-02-01', 6, '2026-02-14'],
    ['2026-10-31', 10, '2026-10-19'],
    ['2027-05-03', 1, '2027-05-31'],
  ])('S3-21 in the month of %s %i are left on %s', (month, left, on) => {
    expect(workingDaysLeftOn(month, left)).toBe(on)
  })

  test.each([0, 11, 2.5])('S3-21 nobody asks when %d are left', left => {
    expect(() => workingDaysLeftOn('2026-11-01', left)).toThrow(RangeError)
  })

  test.each([
    ['2026-11-27', '2026-11-27'],
    ['2026-11-28', '2026-11-30'],
    ['2026-10-01', '2026-10-08'],
    ['2026-10-10', '2026-10-10'],
    ['2026-10-11', '2026-10-12'],
  ])('S3-21 offices work from %s on, on %s at first', (from, on) => {
    expect(workingDayFrom(from)).toBe(on)
  })
})
