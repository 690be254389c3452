import { describe, expect, test } from '@jest/globals'
import { DomainError } from '@linghang/subgraph/errors'
import { isOverdue, type RemarkState, remarkLimits, requireAnswerable, requireRemark } from './remark.ts'

const codeOf = (run: () => unknown): string | null => {
  try {
    run()
    return null
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return error.code
  }
}
const today = '2026-06-10'

describe('S0-35 what a superior says of a record', () => {
  test.each<[string | null, number, string | null]>([
    [null, 0, null],
    ['2026-06-10', 0, null],
    ['2026-06-09', 0, 'REMARK_DUE_IN_PAST'],
    [null, remarkLimits.ofMeeting - 1, null],
    [null, remarkLimits.ofMeeting, 'RECORD_REMARKS_FULL'],
  ])('S0-35 to be answered by %s, after %i others: %s', (dueOn, others, refused) =>
    expect(codeOf(() => requireRemark(dueOn, today, others))).toBe(refused),
  )

  test.each<[RemarkState, number, string | null]>([
    ['OPEN', 0, null],
    ['ANSWERED', remarkLimits.answers - 1, null],
    ['ANSWERED', remarkLimits.answers, 'REMARK_ANSWERS_FULL'],
    ['SETTLED', 0, 'REMARK_SETTLED'],
  ])('S0-35 one that is %s with %i answers takes another: %s', (state, answers, refused) =>
    expect(codeOf(() => requireAnswerable({ state, settledAt: null }, answers))).toBe(refused),
  )

  test.each<[RemarkState, string | null, boolean]>([
    ['OPEN', '2026-06-09', true],
    ['OPEN', '2026-06-10', false],
    ['OPEN', null, false],
    ['ANSWERED', '2026-06-09', false],
    ['SETTLED', '2026-06-09', false],
  ])('S0-35 one that is %s and due on %s is overdue: %s', (state, dueOn, overdue) =>
    expect(isOverdue({ state, dueOn }, today)).toBe(overdue),
  )
})
