import { describe, expect, test } from '@jest/globals'
import { reminderDay, reminderMoment, workingMoment } from './office-hours.ts'

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

describe('S3-21 when somebody is reminded of what is theirs', () => {
  test.each([
    ['Monday, ten past midnight', '2026-11-29T16:10:00Z', '2026-11-30T01:00:00Z'],
    ['a minute before offices open', '2026-11-30T00:59:00Z', '2026-11-30T01:00:00Z'],
    ['when they open', '2026-11-30T01:00:00Z', '2026-11-30T01:00:00Z'],
    ['in the afternoon', '2026-11-30T08:59:59Z', '2026-11-30T08:59:59Z'],
    ['when they close', '2026-11-30T09:00:00Z', '2026-12-01T01:00:00Z'],
    ['Friday evening', '2026-11-27T12:00:00Z', '2026-11-30T01:00:00Z'],
    ['Sunday', '2026-11-29T04:00:00Z', '2026-11-30T01:00:00Z'],
    ['the eve of National Day', '2026-09-30T10:00:00Z', '2026-10-08T01:00:00Z'],
    ['a Saturday worked in exchange', '2026-10-10T04:00:00Z', '2026-10-10T04:00:00Z'],
  ])('S3-21 %s', (_, now, shown) => {
    expect(new Date(workingMoment(at(now))).toISOString().replace('.000', '')).toBe(shown)
  })
})
