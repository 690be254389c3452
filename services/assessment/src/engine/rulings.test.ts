import { describe, expect, test } from '@jest/globals'
import type { Ruling } from './asked.ts'
import { basisOf, rule } from './rulings.ts'
import type { Line } from './sheet.ts'

const line: Line = {
  ...{ key: 'DUES/b', indicator: 'DUES', span: { from: '2026-11-01', until: '2026-11-01' }, state: 'PROPOSED' },
  ...{ points: -100, counted: 0, carried: false, adjusted: null, mend: null },
  facts: [
    {
      ...{ kind: 'DUES_MONTH', orgId: 'o', subjectId: 's', day: '2026-11-01', quantity: 100 },
      source: { type: 'DuesBill', id: 'b', version: 1 },
    },
  ],
}
const ruling = (kind: Ruling['kind'], more: Partial<Ruling> = {}): Ruling => ({
  ...{
    lineKey: line.key,
    kind,
    proposed: -100,
    points: kind === 'ADJUSTED' ? -50 : null,
    basis: basisOf(line),
    reason: '',
  },
  ...more,
})

describe('R8 what offices have decided of a line, one after the other', () => {
  test.each<[string, Ruling[], [string, number]]>([
    ['nothing', [], ['PROPOSED', -100]],
    ['confirmed', [ruling('CONFIRMED')], ['COUNTED', -100]],
    ['confirmed and taken back', [ruling('CONFIRMED'), ruling('TAKEN_BACK')], ['PROPOSED', -100]],
    ['not made and taken back', [ruling('DISMISSED'), ruling('TAKEN_BACK')], ['PROPOSED', -100]],
    ['taken back and confirmed', [ruling('CONFIRMED'), ruling('TAKEN_BACK'), ruling('CONFIRMED')], ['COUNTED', -100]],
    ['confirmed, then put right by an appeal', [ruling('CONFIRMED'), ruling('ADJUSTED')], ['COUNTED', -50]],
    ['put right, of what was corrected since', [ruling('ADJUSTED', { basis: ['DuesBill/b/0/s'] })], ['PROPOSED', -100]],
  ])('R8 %s', (_, rulings, [state, points]) => expect(rule(line, 'MINUS', rulings)).toMatchObject({ state, points }))
})
