import { describe, expect, test } from '@jest/globals'
import { averageOf, definitionsOf, type Point, putTogether, seriesOf } from './series.ts'

const index = (of: 'MEMBER' | 'BRANCH', combine: 'SUM' | 'MEAN') => ({
  ...{ key: 'LOYALTY', title: '忠诚指数', of, combine, from: { groups: ['LIFE'] } },
})

describe('S0-32 what an index comes to', () => {
  test.each([
    ['people, five', 'MEMBER', 'MEAN', 500, 5, { value: 1, gap: null }],
    ['people, four', 'MEMBER', 'MEAN', 400, 4, { value: null, gap: 'TOO_FEW' }],
    ['a sum of five people', 'MEMBER', 'SUM', 505, 5, { value: 5.05, gap: null }],
    ['a sum of four people', 'MEMBER', 'SUM', 404, 4, { value: null, gap: 'TOO_FEW' }],
    ['a sum of one branch', 'BRANCH', 'SUM', 250, 1, { value: 2.5, gap: null }],
    ['an average of four branches', 'BRANCH', 'MEAN', 400, 4, { value: null, gap: 'TOO_FEW' }],
    ['an average of five branches', 'BRANCH', 'MEAN', 501, 5, { value: 1, gap: null }],
    ['nobody', 'BRANCH', 'SUM', 0, 0, { value: null, gap: 'NOTHING_KNOWN' }],
  ] as const)('S0-32 %s', (_, of, combine, sum, count, wanted) => {
    expect(putTogether(index(of, combine), sum, count)).toEqual(wanted)
  })

  test('S0-32 peers are at least five', () => {
    expect(averageOf(1_000, 4)).toEqual({ value: null, gap: 'TOO_FEW' })
    expect(averageOf(1_000, 5)).toEqual({ value: 2, gap: null })
    expect(averageOf(0, 0)).toEqual({ value: null, gap: 'NOTHING_KNOWN' })
  })

  test('S0-32 the last twelve periods, the earliest first, of each index of the pack', () => {
    const points: Point[] = Array.from({ length: 14 }, (_, n) => ({
      ...{ index: 'LOYALTY', from: `20${40 - n}-01-01`, until: `20${40 - n}-12-31` },
      ...{ sheets: 5, value: n, gap: null, peers: { organisations: 0, value: null, gap: 'NOTHING_KNOWN' as const } },
    }))
    const other = { ...(points[0] as Point), index: 'STYLE' }
    const [found, ...rest] = seriesOf('a', [index('MEMBER', 'SUM')], [other, ...points])
    expect(rest).toEqual([])
    expect(found?.points.map(({ from }) => from.slice(0, 4))).toEqual(
      Array.from({ length: 12 }, (_, n) => String(2029 + n)),
    )
  })

  test('S0-32 an index says from which points it is, pack by pack', () => {
    const pack = { version: 2, document: { indices: [index('MEMBER', 'SUM')], peers: 'KIND' as const } }
    expect(definitionsOf([pack])).toEqual([
      {
        ...{ pack_version: 2, key: 'LOYALTY', of: 'MEMBER', combine: 'SUM', same_kind: true },
        ...{ whole: false, groups: ['LIFE'], indicators: null },
      },
    ])
  })
})
