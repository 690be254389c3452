import { describe, expect, test } from '@jest/globals'
import { isWorkingDay, isYearPublished, lastWorkingDay } from './working-days.ts'

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
