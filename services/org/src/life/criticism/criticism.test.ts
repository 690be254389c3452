import { describe, expect, test } from '@jest/globals'
import { isOverdue } from './criticism.ts'

describe('S2-12 measures are followed up', () => {
  test.each([
    ['2026-06-01', null, false],
    ['2026-05-31', null, true],
    ['2026-05-31', '2026-06-01', false],
  ])('S2-12 due on %s, done on %s: overdue on 1 June %s', (dueOn, doneOn, overdue) =>
    expect(isOverdue({ dueOn, doneOn }, '2026-06-01')).toBe(overdue),
  )
})
