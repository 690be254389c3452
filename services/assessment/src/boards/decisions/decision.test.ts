import { describe, expect, test } from '@jest/globals'
import { type Audience, type BoardKind, requireAudience, requireUntil, sizesOf, stateOn } from './decision.ts'

const codeOf = (run: () => unknown): string | null => {
  try {
    run()
    return null
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe('R2 a board holds by a decision alone', () => {
  const decision = { fromDay: '2026-03-01', untilDay: '2026-08-31', endedOn: null }
  test.each([
    [null, '2026-02-28', 'TO_COME'],
    [null, '2026-03-01', 'IN_FORCE'],
    [null, '2026-08-31', 'IN_FORCE'],
    [null, '2026-09-01', 'LAPSED'],
    ['2026-05-05', '2026-05-04', 'IN_FORCE'],
    ['2026-05-05', '2026-05-05', 'ENDED'],
    ['2026-02-10', '2026-02-11', 'ENDED'],
  ] as const)('R2 ended on %s, it is on %s %s', (endedOn, day, expected) => {
    expect(stateOn({ ...decision, endedOn }, day)).toBe(expected)
  })

  test.each([
    ['2026-03-01', '2026-02-28', 'BAD_INPUT'],
    ['2026-03-01', '2026-03-01', null],
    ['2026-03-01', '2027-03-02', null],
    ['2026-03-01', '2027-03-03', 'BAD_INPUT'],
  ])('R2 from %s it may go on until %s: %s', (from, until, expected) => {
    expect(codeOf(() => requireUntil(from, until))).toBe(expected)
  })
})

test.each<[BoardKind, Audience, string | null]>([
  ['YEAR_ORDER', 'OFFICES', null],
  ['YEAR_ORDER', 'OWN_BRANCH', 'BOARD_AUDIENCE'],
  ['YEAR_ORDER', 'OWN_COMMITTEE', null],
  ['YEAR_ORDER', 'COUNTY', 'BOARD_AUDIENCE'],
  ['MEMBERS', 'COUNTY', null],
  ['RED_BLACK', 'OWN_BRANCH', null],
])('S3-24 %s for %s is refused with %s', (kind, audience, expected) => {
  expect(codeOf(() => requireAudience(kind, audience))).toBe(expected)
})

describe('S3-27 how many stand on the lists', () => {
  test('S3-27 fifty, as the source has it, unless the county decides otherwise; none on other boards', () => {
    expect(sizesOf('RED_BLACK', { redSize: null, blackSize: null })).toEqual({ redSize: 50, blackSize: 50 })
    expect(sizesOf('RED_BLACK', { redSize: 1, blackSize: 500 })).toEqual({ redSize: 1, blackSize: 500 })
    expect(sizesOf('MEMBERS', { redSize: null, blackSize: null })).toEqual({ redSize: null, blackSize: null })
  })

  test.each<[BoardKind, number | null, number | null]>([
    ['RED_BLACK', 0, null],
    ['RED_BLACK', null, 501],
    ['RED_BLACK', 1.5, null],
    ['MEMBERS', 50, null],
    ['YEAR_ORDER', null, 50],
  ])('S3-27 %s with %s red and %s black places is refused', (kind, redSize, blackSize) => {
    expect(codeOf(() => sizesOf(kind, { redSize, blackSize }))).toBe('BAD_INPUT')
  })
})
