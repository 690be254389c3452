import { describe, expect, test } from '@jest/globals'
import type { Scale } from '../../packs/documents/pack.ts'
import { averageFor, comparable, type Report, weakOf } from './report.ts'

const indicator = (key: string, more: object = {}) => ({ key, title: key, kind: 'BASE', cap: 5, ...more })
const scale = {
  indicators: [
    indicator('A', { remedy: 'ATTEND' }),
    indicator('B'),
    indicator('C', { kind: 'PLUS' }),
    indicator('D', { kind: 'MINUS' }),
    indicator('E', { remedy: 'NOT_THERE' }),
  ],
} as unknown as Scale
const report = (totals: Record<string, number>, more: Partial<Report> = {}) =>
  ({ packKey: 'p', packVersion: 1, scale: 'M', totals, ...more }) as Report
const keysOf = (totals: Record<string, number>, average: Parameters<typeof averageFor>[0] = null) =>
  weakOf({ report: report(totals), scale, average }).map(({ indicator: { key } }) => key)
const peers = (subjects: number) => ({ subjects, score: 0, groups: {}, totals: { A: 100, B: 300, C: 200 } })

describe('S1-9 what a monthly report says', () => {
  test('S1-9 the widest gap first, three at most; what is not known is none', () => {
    expect(keysOf({ A: 400, B: 100, E: 300, D: -300 })).toEqual(['B', 'D', 'E'])
    expect(keysOf({ B: 500 })).toEqual([])
    expect(keysOf({})).toEqual([])
    expect(keysOf({ C: 0 })).toEqual([])
  })

  test('S1-9 against the average of five peers, and of four against what there is to be had', () => {
    expect(averageFor(peers(4))).toBeNull()
    expect(keysOf({ A: 100, B: 200, C: 0 }, peers(5))).toEqual(['C', 'B'])
    expect(keysOf({ A: 100, B: 200, C: 0 }, peers(4))).toEqual(['A', 'B'])
  })

  test('S1-11 what helps comes from the library of remedies', () => {
    const [weak, other] = weakOf({ report: report({ A: 0, E: 100 }), scale, average: null })
    expect(weak?.remedy?.zh).toMatch('组织生活')
    expect([other?.indicator.key, other?.remedy]).toEqual(['E', null])
  })

  test('S1-9 is compared with the month before by the same rules only', () => {
    const before = report({})
    expect(comparable(report({}), before)).toBe(before)
    expect(comparable(report({}), report({}, { packKey: 'other' }))).toBeNull()
    expect(comparable(report({}), report({}, { scale: 'B' }))).toBeNull()
    expect(comparable(report({}), null)).toBeNull()
  })
})
