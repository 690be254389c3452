import { describe, expect, test } from '@jest/globals'
import { reminderDay, reminderMoment } from './office-hours.ts'

const at = (instant: string) => Date.parse(instant)

describe('S0-38 when reminders go out', () => {
  test.each([
    ['2027-03-03T00:59:59Z', 540, '2027-03-02'],
    ['2027-03-03T01:00:00Z', 540, '2027-03-03'],
    ['2027-03-02T15:59:59Z', 0, '2027-03-02'],
    ['2027-03-02T16:00:00Z', 0, '2027-03-03'],
    ['2027-03-03T05:29:59Z', 810, '2027-03-02'],
    ['2027-03-03T05:30:00Z', 810, '2027-03-03'],
  ])('S0-38 at %s, offices opening %i minutes after midnight, the day is %s', (instant, opensAtMinute, day) => {
    expect(reminderDay(at(instant), opensAtMinute)).toBe(day)
    expect(reminderMoment(day, opensAtMinute)).toBeLessThanOrEqual(at(instant))
  })
})
