import { describe, expect, test } from '@jest/globals'
import { hasReachedAge } from './age.ts'
import { addDays, addMonths, addYears, isIsoDate } from './calendar.ts'
import { idCheckCharacter, readIdNumber } from './id-number.ts'

describe('calendar dates', () => {
  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-02-28', 1, '2026-03-28'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2027-08-31', 6, '2028-02-29'],
    ['2026-03-31', 3, '2026-06-30'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2026-12-31', 2, '2027-02-28'],
    ['2027-05-21', -6, '2026-11-21'],
    ['2026-08-31', -6, '2026-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
  ])('1.1 adds months to %p by %p as %p: it keeps the day or takes the month end', (date, months, wanted) => {
    expect(addMonths(date, months)).toBe(wanted)
  })

  test('1.1 adds years and days', () => {
    expect([addYears('2024-02-29', 1), addYears('2024-02-29', 4)]).toEqual(['2025-02-28', '2028-02-29'])
    expect([addDays('2026-12-31', 1), addDays('2028-03-01', -1)]).toEqual(['2027-01-01', '2028-02-29'])
  })

  test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY])('1.1 does not reckon with %p days or months', count => {
    expect(() => addDays('2026-01-01', count)).toThrow(RangeError)
    expect(() => addMonths('2026-01-01', count)).toThrow(RangeError)
  })

  test.each([
    ['2026-02-28', true],
    ['2026-02-29', false],
    ['2028-02-29', true],
    ['1900-02-29', false],
    ['2000-02-29', true],
    ['2026-04-31', false],
    ['2026-13-01', false],
    ['2026-00-10', false],
    ['2026-01-00', false],
    ['2026-1-1', false],
    ['2026-01-01T00:00', false],
    ['', false],
  ])('1.1 takes %p for a date: %p', (text, wanted) => {
    expect(isIsoDate(text)).toBe(wanted)
  })

  test.each(['2026-02-29', '2026-2-1', 'today'])('1.1 does not reckon with %p', date => {
    expect(() => addMonths(date, 1)).toThrow(RangeError)
  })

  test.each([
    ['2008-11-22', '2026-11-22', true],
    ['2008-11-22', '2026-11-21', false],
    ['2008-02-29', '2026-02-28', true],
    ['2008-02-29', '2026-02-27', false],
  ])('1.1/1 a person born on %p is 18 on %p: %p', (birthDate, date, wanted) => {
    expect(hasReachedAge(birthDate, 18, date)).toBe(wanted)
  })
})

describe('citizen identity numbers', () => {
  test('1.1 reads the example of the standard (GB 11643-1999)', () => {
    expect(readIdNumber('11010519491231002X')).toEqual({
      number: '11010519491231002X',
      regionCode: '110105',
      birthDate: '1949-12-31',
      sex: 'FEMALE',
    })
    expect(readIdNumber('440524188001010014')).toEqual({ fault: 'IMPOSSIBLE_BIRTH_DATE' })
  })

  test('1.1 finds every single wrong digit and every swap of neighbours', () => {
    const number = '11010519491231002X'
    for (let at = 0; at < 17; at++) {
      for (const digit of '0123456789') {
        const wrong = number.slice(0, at) + digit + number.slice(at + 1)
        expect('fault' in readIdNumber(wrong)).toBe(digit !== number[at])
      }
      const swapped = number.slice(0, at) + number[at + 1]! + number[at]! + number.slice(at + 2)
      expect('fault' in readIdNumber(swapped)).toBe(swapped !== number)
    }
    expect(idCheckCharacter('11010519491231002')).toBe('X')
  })
})
