import { describe, expect, test } from '@jest/globals'
import { themeDayDue } from '@linghang/rulebook'
import { isMissed, monthOf } from './theme-day.ts'

describe('S3-9 a theme day not held by the county’s day', () => {
  test.each([
    ['2026-06-20', null, false],
    ['2026-06-21', null, true],
    ['2026-06-21', 'REASON', false],
    ['2026-06-21', 'MEETING', false],
  ] as const)('S3-9 due on 20 June, on %s, closed by %s: missed %s', (today, closedBy, missed) =>
    expect(isMissed({ closedBy, dueOn: themeDayDue(monthOf(today), 20) }, today)).toBe(missed),
  )
})
