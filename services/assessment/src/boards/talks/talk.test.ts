import { describe, expect, test } from '@jest/globals'
import { isOverdue, requireDue, requireHeldOn, toCallIn } from './talk.ts'

const codeOf = (run: () => unknown): string | null => {
  try {
    run()
    return null
  } catch (error) {
    return (error as { code: string }).code
  }
}
const months = ['2026-03-01', '2026-02-01', '2026-01-01']

describe('S3-27 who is called in', () => {
  test.each([
    ['in all three', [['a'], ['a'], ['a']], {}, ['a']],
    ['not in the newest', [[], ['a'], ['a']], {}, []],
    ['not in the middle one', [['a'], [], ['a']], {}, []],
    ['not in the first', [['a'], ['a'], []], {}, []],
    [
      'each for itself, in the order of ids',
      [
        ['b', 'a', 'c'],
        ['c', 'b'],
        ['b', 'c'],
      ],
      {},
      ['b', 'c'],
    ],
    ['called in before these months', [['a'], ['a'], ['a']], { a: '2025-12-01' }, ['a']],
    ['called in for the first of them', [['a'], ['a'], ['a']], { a: '2026-01-01' }, []],
    ['called in for these', [['a'], ['a'], ['a']], { a: '2026-03-01' }, []],
    ['of fewer months than run', [['a'], ['a']], {}, []],
  ] as const)('S3-27 %s', (_, black, talked, expected) => {
    const sets = black.map(ids => new Set<string>(ids))
    expect(toCallIn(months, sets, new Map(Object.entries(talked)))).toEqual(expected)
  })
})

test.each([
  ['2026-03-09', 'BAD_INPUT'],
  ['2026-03-10', null],
  ['2026-05-09', null],
  ['2026-05-10', 'BAD_INPUT'],
])('S3-27 a talk may be due on %s: %s', (dueOn, expected) => {
  expect(codeOf(() => requireDue(dueOn, '2026-03-10'))).toBe(expected)
})

test.each([
  ['2026-03-09', 'BAD_INPUT'],
  ['2026-03-10', null],
  ['2026-03-20', null],
  ['2026-03-21', 'BAD_INPUT'],
])('S3-27 a talk was held on %s: %s', (heldOn, expected) => {
  expect(codeOf(() => requireHeldOn(heldOn, { openedOn: '2026-03-10' }, '2026-03-20'))).toBe(expected)
})

test.each([
  ['OPEN', '2026-03-20', false],
  ['OPEN', '2026-03-19', true],
  ['HELD', '2026-03-19', false],
] as const)('S3-27 %s and due on %s it is overdue on 2026-03-20: %s', (state, dueOn, expected) => {
  expect(isOverdue({ state, dueOn }, '2026-03-20')).toBe(expected)
})
