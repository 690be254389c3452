import { describe, expect, test } from '@jest/globals'
import { DomainError } from '@linghang/subgraph/errors'
import type { LineState } from '../../engine/sheet.ts'
import type { IndicatorKind } from '../../packs/documents/pack.ts'
import { requireDecided, requireProposed, requireTogether } from './deduction.ts'

const codeOf = (run: () => unknown): string | null => {
  try {
    run()
    return null
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return error.code
  }
}
const now = (
  kind: IndicatorKind,
  state: LineState,
  points = -100,
  adjusted: { from: number; reason: string } | null = null,
) => ({
  ...{ indicator: { kind }, line: { key: 'k', state, points, adjusted } },
})

describe('R8 what is decided of a deduction is decided of what was seen', () => {
  test.each<[IndicatorKind, LineState, number, string | null]>([
    ['MINUS', 'PROPOSED', -100, null],
    ['VETO', 'PROPOSED', -100, null],
    ['MINUS', 'PROPOSED', -99, 'DEDUCTION_CHANGED'],
    ['MINUS', 'PROPOSED', -101, 'DEDUCTION_CHANGED'],
    ['MINUS', 'COUNTED', -100, 'DEDUCTION_CHANGED'],
    ['MINUS', 'DISMISSED', -100, 'DEDUCTION_CHANGED'],
    ['MINUS', 'OPEN', -100, 'DEDUCTION_CHANGED'],
    ['BASE', 'COUNTED', -100, 'DEDUCTION_CHANGED'],
    ['PLUS', 'PROPOSED', -100, 'DEDUCTION_CHANGED'],
  ])('R8 a %s that is %s, seen with %i: %s', (kind, state, seen, refused) =>
    expect(codeOf(() => requireProposed(now(kind, state), seen))).toBe(refused),
  )

  test.each<[IndicatorKind, LineState, { from: number; reason: string } | null, string | null]>([
    ['MINUS', 'COUNTED', null, null],
    ['MINUS', 'DISMISSED', null, null],
    ['VETO', 'COUNTED', null, null],
    ['MINUS', 'PROPOSED', null, 'DEDUCTION_CHANGED'],
    ['BASE', 'COUNTED', null, 'DEDUCTION_CHANGED'],
    ['MINUS', 'COUNTED', { from: -100, reason: '' }, 'DEDUCTION_SETTLED_BY_APPEAL'],
  ])('R8 a %s that is %s, adjusted %j, is taken back: %s', (kind, state, adjusted, refused) =>
    expect(codeOf(() => requireDecided(now(kind, state, -100, adjusted)))).toBe(refused),
  )

  const of = (sheetId: string, orgId: string, indicator: string) => ({ sheetId, orgId, indicator })
  test.each([
    ['one', [of('s', 'a', 'A')], null],
    ['of one sheet', [of('s', 'a', 'A'), of('s', 'a', 'B')], null],
    ['of one indicator at one branch', [of('s', 'a', 'A'), of('t', 'a', 'A')], null],
    ['of two sheets and indicators', [of('s', 'a', 'A'), of('t', 'a', 'B')], 'DEDUCTIONS_APART'],
    ['of one indicator at two branches', [of('s', 'a', 'A'), of('t', 'b', 'A')], 'DEDUCTIONS_APART'],
  ])('R8 %s at once: %j %s', (_, lines, refused) => expect(codeOf(() => requireTogether(lines))).toBe(refused))
})
