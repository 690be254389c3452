import { describe, expect, test } from '@jest/globals'
import { canRemind, monthToRemindOf, usualMemberReminders } from './member-reminders.ts'

describe('S3-21 the gentle reminder at the end of a month', () => {
  test.each([
    ['2026-11-25', 3, null],
    ['2026-11-26', 3, '2026-11-01'],
    ['2026-11-30', 3, '2026-11-01'],
    ['2026-12-01', 3, null],
    ['2026-11-29', 1, null],
    ['2026-11-30', 1, '2026-11-01'],
    ['2026-11-30', 0, null],
  ])('S3-21 on %s, when %i working days are left, is of the month %s', (today, remindBefore, month) => {
    expect(monthToRemindOf(today, { ...usualMemberReminders, remindBefore })).toBe(month)
  })

  test.each([
    [-1, false],
    [0, true],
    [10, true],
    [11, false],
    [1.5, false],
  ])('S3-21 %d working days before the end can be kept: %s', (remindBefore, can) => {
    expect(canRemind({ ...usualMemberReminders, remindBefore })).toBe(can)
  })
})
