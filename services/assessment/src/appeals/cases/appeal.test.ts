import { describe, expect, test } from '@jest/globals'
import { DomainError } from '@linghang/subgraph/errors'
import type { Line, LineState } from '../../engine/sheet.ts'
import { type Appeal, answersFor, isOvertaken, requireAppealable, requireState, requireUpheld } from './appeal.ts'

const codeOf = (run: () => unknown): string | null => {
  try {
    run()
    return null
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return error.code
  }
}
const source = (version: number) => ({ type: 'DuesBill', id: 'b', version })
const line = (points: number, more: Partial<Line> & { version?: number } = {}): Line => {
  const { version = 1, ...rest } = more
  return {
    ...{
      key: 'DUES/b',
      indicator: 'DUES',
      span: { from: '2026-11-01', until: '2026-11-01' },
      state: 'PROPOSED',
      points,
    },
    facts: [
      { kind: 'DUES_MONTH', orgId: 'o', subjectId: 's', day: '2026-11-01', quantity: 100, source: source(version) },
    ],
    ...{ counted: 0, carried: false, adjusted: null, mend: null, ...rest },
  }
}
const answered = (more: Partial<Appeal>) => ({
  ...{ state: 'ANSWERED' as const, outcome: 'UPHELD' as const, basis: ['DuesBill/b/1/s'], proposed: -100, points: -50 },
  ...more,
})

describe('R8 what can be appealed, and what an answer may say', () => {
  test.each<[LineState, string | null]>([
    ['PROPOSED', null],
    ['COUNTED', null],
    ['NOT_MET', null],
    ['NOT_KNOWN', null],
    ['EXEMPT', null],
    ['OPEN', 'APPEAL_LINE_UNDECIDED'],
    ['DISMISSED', 'APPEAL_LINE_UNDECIDED'],
  ])('R8 a line that is %s is appealed: %s', (state, refused) =>
    expect(codeOf(() => requireAppealable({ key: 'k', state }))).toBe(refused),
  )

  test.each<[Appeal['state'], Appeal['state'][], string | null]>([
    ['OPEN', ['OPEN', 'HEARD'], null],
    ['HEARD', ['OPEN', 'HEARD'], null],
    ['ANSWERED', ['OPEN', 'HEARD'], 'APPEAL_STATE'],
    ['OPEN', ['HEARD'], 'APPEAL_STATE'],
    ['WITHDRAWN', ['OPEN', 'HEARD'], 'APPEAL_STATE'],
  ])('R8 one that is %s where it takes %j: %s', (state, wanted, refused) =>
    expect(codeOf(() => requireState({ state }, ...wanted))).toBe(refused),
  )

  test.each<['MINUS' | 'VETO' | 'BASE' | 'PLUS', number | undefined, Line, number, string | null]>([
    ['MINUS', undefined, line(-100), -100, null],
    ['MINUS', undefined, line(-100), 0, null],
    ['MINUS', undefined, line(-100), -101, 'APPEAL_POINTS'],
    ['MINUS', undefined, line(-100), 1, 'APPEAL_POINTS'],
    // What an office has put in its place before is no bound: what was worked out is.
    ['MINUS', undefined, line(-50, { adjusted: { from: -100, reason: '' } }), -100, null],
    ['VETO', undefined, line(-100), 0, null],
    ['VETO', undefined, line(-100), -1, 'APPEAL_POINTS'],
    ['BASE', 2, line(100), 100, null],
    ['BASE', 2, line(100), 200, null],
    ['BASE', 2, line(100), 99, 'APPEAL_POINTS'],
    ['BASE', 2, line(100), 201, 'APPEAL_POINTS'],
    ['PLUS', undefined, line(0), 1_000_000, null],
    ['PLUS', undefined, line(0), 1_000_001, 'APPEAL_POINTS'],
  ])('R8 a %s with the cap %s, worked out to %j, has %i after it: %s', (kind, cap, now, points, refused) => {
    const indicator = cap === undefined ? { kind } : { kind, cap }
    expect(codeOf(() => requireUpheld(now, indicator, points))).toBe(refused)
  })
})

describe('R8 an answer holds while the line rests on what was answered about', () => {
  test.each<[string, Partial<Appeal>, Line, boolean]>([
    ['the very same, put right', {}, line(-50, { adjusted: { from: -100, reason: '' } }), false],
    ['the same fact corrected, and as much is taken again', {}, line(-100, { version: 2 }), true],
    ['it is corrected to what was answered', {}, line(-50, { version: 2 }), false],
    ['it is corrected to just less', {}, line(-51, { version: 2 }), true],
    ['a veto was not made, and is proposed again', { points: 0 }, line(-100, { version: 2 }), true],
    ['rejected, of the very same', { outcome: 'REJECTED', points: null }, line(-100), false],
    ['rejected, and corrected to as much', { outcome: 'REJECTED', points: null }, line(-100, { version: 2 }), true],
    [
      'rejected, and corrected to more than there was',
      { outcome: 'REJECTED', points: null },
      line(-99, { version: 2 }),
      false,
    ],
    ['not answered yet', { state: 'HEARD', outcome: null }, line(-100, { version: 2 }), false],
    ['taken back', { state: 'WITHDRAWN', outcome: null }, line(-100, { version: 2 }), false],
  ])('R8 %s: it is open again: %j %j %s', (_, more, now, overtaken) =>
    expect(isOvertaken(answered(more), now)).toBe(overtaken),
  )

  test.each<[Partial<Appeal>, Line, boolean]>([
    [{}, line(-100), true],
    [{}, line(-100, { version: 2 }), false],
    [{}, line(-99), false],
    [{ state: 'WITHDRAWN', outcome: null }, line(-100), false],
  ])('R8 %j answers for %j: %s', (more, now, answers) => expect(answersFor(answered(more), now)).toBe(answers))
})
