import { describe, expect, test } from '@jest/globals'
import { hides, isOverdue, type NamingState, requireAskable } from './naming.ts'

const codeOf = (run: () => unknown): string | null => {
  try {
    run()
    return null
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe('S1-3 who asked not to be named', () => {
  test.each<[NamingState, boolean]>([
    ['WAITING', true],
    ['GRANTED', true],
    ['REFUSED', false],
    ['WITHDRAWN', false],
  ])('S1-3 by a request that is %s nobody is shown: %s', (state, expected) => {
    expect(hides({ state })).toBe(expected)
  })

  test.each<[NamingState | null, string | null, string | null]>([
    [null, null, null],
    ['WAITING', null, 'NAMING_ASKED_ALREADY'],
    ['GRANTED', '2026-01-01', 'NAMING_ASKED_ALREADY'],
    ['WITHDRAWN', '2026-06-29', null],
    ['REFUSED', '2026-01-01', null],
    ['REFUSED', '2026-01-02', 'NAMING_REFUSED_LATELY'],
  ])(
    'S1-3 after one that is %s, answered on %s, another on 2026-06-30 is refused with %s',
    (state, answeredOn, code) => {
      const last = state && { state, answeredOn, askedOn: '2025-12-20' }
      expect(codeOf(() => requireAskable(last, '2026-06-30'))).toBe(code)
    },
  )

  test.each<[NamingState, string, boolean]>([
    ['WAITING', '2026-06-30', false],
    ['WAITING', '2026-06-29', true],
    ['GRANTED', '2026-06-29', false],
  ])('S1-3 %s and due on %s it is overdue on 2026-06-30: %s', (state, answerBy, expected) => {
    expect(isOverdue({ state, answerBy }, '2026-06-30')).toBe(expected)
  })
})
