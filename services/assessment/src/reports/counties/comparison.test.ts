import { describe, expect, test } from '@jest/globals'
import type { DecidedPack } from '../../packs/decisions/decision.ts'
import { packDocument } from '../../packs/documents/pack.ts'
import { broken, lawfulPack } from '../../packs/validation/lawful-pack.ts'
import { compareCounties, timeOf } from './comparison.ts'
import { type CountySum, scoresOf } from './county-sum.ts'

type Stretch = 'MONTH' | 'QUARTER' | 'YEAR'
const decided = (effectiveFrom: string, until: string | null, period: Stretch = 'QUARTER'): DecidedPack => ({
  ...{ version: 1, effectiveFrom, until, title: '办法', number: '1号', organ: '县委', decidedOn: effectiveFrom },
  ...{ key: 'county', document: packDocument.parse(broken(pack => Object.assign(pack, { period }))) },
})
const packsOf = (...packs: (DecidedPack | null)[]) =>
  new Map(packs.map((pack, n): [string, DecidedPack[]] => [`c${n}`, pack ? [pack] : []]))
const since = decided('2026-01-01', null)

describe('S3-2 which time is compared', () => {
  test.each<[string, (DecidedPack | null)[], string | null, unknown]>([
    ['the last quarter that is over', [since, since], null, { from: '2026-07-01', until: '2026-09-30' }],
    ['that of a day', [since, since], '2026-04-01', { from: '2026-04-01', until: '2026-06-30' }],
    ['none where one scores alone', [since, null], null, 'FEW'],
    ['none where nobody scores', [null, null], null, 'FEW'],
    ['none where one has ended', [since, decided('2026-01-01', '2026-10-09')], null, 'FEW'],
    ['one where it ends today', [since, decided('2026-01-01', '2026-10-10')], null, { from: '2026-07-01' }],
    ['none for a quarter beside a year', [since, decided('2026-01-01', null, 'YEAR')], null, 'UNLIKE'],
    ['none for a day before anybody scored', [since, since], '2025-12-31', 'FEW'],
  ])('S3-2 %s', (_, packs, on, wanted) => {
    const found = timeOf(packsOf(...packs), on, '2026-10-10')
    if (typeof wanted === 'object') expect(found).toMatchObject(wanted as object)
    else expect(found).toBe(wanted)
  })
})

const sum = (part: CountySum['part'], scale: string, key: string, sheets: number, points: number): CountySum => ({
  ...{
    from: '2026-07-01',
    until: '2026-09-30',
    part,
    packVersion: 1,
    scale,
    key,
    sheets,
    points,
    published: 0,
    lit: 1,
  },
})
const time = { from: '2026-07-01', until: '2026-09-30' }

describe('S3-2 what counties have side by side', () => {
  const sums = new Map([
    ['c0', [sum('SHEETS', 'MEMBER', '', 5, 40_001), sum('INDICATOR', 'MEMBER', 'CLASS', 4, 1_200)]],
    ['c1', [sum('SHEETS', 'MEMBER', '', 4, 30_000), sum('INDEX', '', 'LOYALTY', 1, 7_000)]],
  ])
  const found = compareCounties(['c1', 'c0', 'c2'], packsOf(since, since, null), sums, time)
  const valuesOf = (part: string, key: string) =>
    found.measures
      .find(one => one.part === part && one.key === key)
      ?.values.map(({ countyId, value, gap }) => [countyId, value, gap])

  test('S3-2 in the order in which they were named; an average of four is none, of five it is', () => {
    expect(valuesOf('SCORE', 'MEMBER')).toEqual([
      ['c1', null, 'TOO_FEW'],
      ['c0', 80, null],
    ])
    expect(valuesOf('INDICATOR', 'CLASS')).toEqual([
      ['c1', null, 'NOTHING_KNOWN'],
      ['c0', null, 'TOO_FEW'],
    ])
  })

  test('S3-2 a sum over branches names nobody and is told of one', () => {
    expect(valuesOf('INDEX', 'LOYALTY')).toEqual([
      ['c1', 70, null],
      ['c0', null, 'NOTHING_KNOWN'],
    ])
  })

  test('S3-2 it says what is compared, what is left out and who did not score, in both languages', () => {
    expect(found.said).toEqual({
      zh: '2026-07-01 至 2026-09-30：只对照 2 个县（市、区）规定完全相同的 2 项总分、1 项指数、3 项指标；1 个县（市、区）当时没有计分，不在其内；没有不列入的项目。',
      en: '2026-07-01 to 2026-09-30: 2 counties are compared by what all of them count alike, 2 scores, 1 indices and 3 indicators; 1 did not score then; nothing is left out.',
    })
  })

  test('S3-2 where nothing is counted alike it says so, and compares nothing', () => {
    const other = { ...since, document: packDocument.parse(lawfulPack()) }
    for (const scale of other.document.scales) for (const one of scale.indicators) one.key = `OTHER_${one.key}`
    const none = compareCounties(['c0', 'c1'], packsOf(since, other), sums, time)
    expect(none.measures).toEqual([])
    expect(none.said.zh).toContain('没有规定完全相同的项目，各县自有的 8 项都不列入')
    expect(none.counties.map(({ leftOut }) => leftOut.length)).toEqual([4, 4])
  })

  test('S3-2 whose pack began after the time did not score then', () => {
    const none = compareCounties(['c0', 'c1'], packsOf(since, decided('2026-10-01', null)), sums, time)
    expect(none).toMatchObject({ measures: [], said: { zh: expect.stringContaining('不足两个') } })
    expect(compareCounties(['c0', 'c1'], packsOf(since, decided('2026-07-01', null)), sums, time).period).toEqual(time)
  })

  test.each([
    ['FEW', '不足两个'],
    ['UNLIKE', '计分周期不同'],
  ] as const)('S3-2 where there is no time to compare (%s) it says why', (why, said) => {
    const none = compareCounties(['c0', 'c1'], packsOf(since, since), sums, why)
    expect(none).toMatchObject({ period: null, measures: [], said: { zh: expect.stringContaining(said) } })
  })
})

test('S3-2 a county’s sums stand by their times, the newest first, as the pack of the time says', () => {
  const earlier = { ...sum('SHEETS', 'MEMBER', '', 5, 500), from: '2026-04-01', until: '2026-06-30' }
  const unexplained = { ...sum('SHEETS', 'MEMBER', '', 5, 500), packVersion: 9 }
  const found = scoresOf(
    [since],
    [earlier, sum('SHEETS', 'GONE', '', 5, 1), sum('SHEETS', 'MEMBER', '', 6, 600), unexplained],
  )
  expect(found.map(({ from, scales }) => [from, scales.map(({ scale, value }) => [scale, value])])).toEqual([
    ['2026-07-01', [['党员', 1]]],
    ['2026-04-01', [['党员', 1]]],
  ])
  expect(found[0]?.indices).toMatchObject([{ key: 'LOYALTY', value: null, gap: 'NOTHING_KNOWN' }])
})
