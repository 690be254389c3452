import { describe, expect, test } from '@jest/globals'
import { appealDueDays, commonAppealDays } from './appeals.ts'

describe('R8 by when an appeal is answered', () => {
  test.each([
    // A Monday: its own day does not count, weekends do not either.
    ['2026-06-01', { hearDays: 1, answerDays: 4 }, '2026-06-02', '2026-06-05'],
    ['2026-06-01', { hearDays: 4, answerDays: 5 }, '2026-06-05', '2026-06-08'],
    // On a Saturday it begins with the Monday.
    ['2026-06-06', { hearDays: 1, answerDays: 2 }, '2026-06-08', '2026-06-09'],
    ['2026-06-01', commonAppealDays, '2026-06-08', '2026-06-18'],
    // The week of the National Day is none: thirty days are the most, whatever offices do.
    ['2026-09-21', { hearDays: 5, answerDays: 20 }, '2026-09-29', '2026-10-21'],
  ])('R8 opened on %s with %j it is heard by %s and answered by %s', (openedOn, days, hearBy, answerBy) =>
    expect(appealDueDays(openedOn, days)).toEqual({ hearBy, answerBy }),
  )
})
