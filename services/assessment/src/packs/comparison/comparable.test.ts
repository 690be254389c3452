import { describe, expect, test } from '@jest/globals'
import { packDocument } from '../documents/pack.ts'
import { packLibrary } from '../library/library.ts'
import { broken, lawfulPack } from '../validation/lawful-pack.ts'
import { comparable } from './comparable.ts'

type Draft = ReturnType<typeof lawfulPack>
const parse = (pack: unknown) => packDocument.parse(pack)
const own = parse(lawfulPack())
const changed = (change: (pack: Draft) => void) => parse(broken(change))
const told = (others: readonly ReturnType<typeof parse>[]) =>
  comparable([own, ...others]).measures.map(({ part, key }) => `${part} ${key}`)

const everything = [
  ...['SCORE MEMBER', 'SCORE BRANCH', 'INDEX LOYALTY'],
  ...['INDICATOR CLASS', 'INDICATOR LEDGER', 'INDICATOR PEOPLE'],
]
const member = (pack: Draft) => pack.scales[0]
const classOf = (pack: Draft) => member(pack).indicators[0] as object

describe('S3-2 what packs of counties count alike', () => {
  test('S3-2 the same pack is compared by all that it counts, and nothing is left out', () => {
    expect(told([own])).toEqual(everything)
    expect(comparable([own, own]).leftOut).toEqual([[], []])
  })

  test.each<[string, (pack: Draft) => void]>([
    ['is called otherwise', pack => Object.assign(classOf(pack), { title: '上党课' })],
    [
      'stands on another basis',
      pack => Object.assign(classOf(pack), { basis: { certainty: 'LAW', source: '条例', article: '' } }),
    ],
    ['has another remedy', pack => Object.assign(classOf(pack), { remedy: 'PAY_DUES' })],
    ['has other grades', pack => void member(pack).grades.pop()],
    ['has another light', pack => void pack.scales[1].lights.pop()],
    ['has its scale under another key', pack => Object.assign(member(pack), { key: 'PERSON' })],
  ])('S3-2 what %s counts alike', (_, change) => {
    expect(told([changed(change)])).toEqual(everything)
  })

  test.each<[string, (pack: Draft) => void]>([
    ['another source', pack => Object.assign(classOf(pack), { reads: { kind: 'ATTENDANCE' } })],
    ['another expression', pack => Object.assign(classOf(pack), { points: '4' })],
    ['another span', pack => Object.assign(classOf(pack), { per: 'MONTH' })],
    ['a condition', pack => Object.assign(classOf(pack), { when: 'count > 1' })],
    ['a cap', pack => Object.assign(classOf(pack), { cap: 2 })],
    ['another meaning of nothing', pack => Object.assign(classOf(pack), { absence: 'NOT_KNOWN' })],
    ['other people', pack => Object.assign(member(pack), { for: "subject.kind == 'FULL'" })],
    ['one exemption less', pack => void member(pack).exemptions.pop()],
    ['another key', pack => Object.assign(classOf(pack), { key: 'LESSON' })],
  ])('S3-2 an indicator with %s is left out, with the index and the score that rest on it', (_, change) => {
    const other = changed(change)
    // The branches' average of their people rests on it too.
    expect(told([other])).toEqual(['INDICATOR LEDGER'])
    expect(comparable([own, other]).leftOut).toEqual(Array(2).fill(['忠诚指数', '参加党课', '党员平均分']))
  })

  test('S3-2 a base that differs changes the score and what is made of it, not the indicators', () => {
    const other = changed(pack => Object.assign(member(pack), { base: 50 }))
    expect(told([other])).toEqual(['INDICATOR CLASS', 'INDICATOR LEDGER'])
    const branch = changed(pack => Object.assign(pack.scales[1], { base: 50 }))
    expect(told([branch])).toEqual(everything.filter(one => one !== 'SCORE BRANCH' && one !== 'INDEX LOYALTY'))
  })

  test('S3-2 a heading that weighs otherwise changes what is made of it', () => {
    const other = changed(pack => Object.assign(member(pack).groups[0] ?? {}, { weight: 0.5 }))
    expect(told([other])).not.toContain('SCORE MEMBER')
    expect(told([other])).toContain('INDICATOR CLASS')
  })

  test('S3-2 of three what all of them count, and no more', () => {
    const second = changed(pack => Object.assign(classOf(pack), { points: '4' }))
    const third = changed(pack => void pack.scales[1].indicators.pop())
    expect(told([second, third])).toEqual(['INDICATOR LEDGER'])
    expect(comparable([own, second, third]).leftOut.map(({ length }) => length)).toEqual([3, 3, 2])
  })

  test('S3-2 packs that make sheets for other times have nothing to compare', () => {
    const yearly = changed(pack => Object.assign(pack, { period: 'YEAR' }))
    expect(comparable([own, yearly])).toMatchObject({ samePeriod: false, measures: [] })
    expect(comparable([own, yearly]).leftOut[0]).toEqual(['忠诚指数', '参加党课', '台账检查', '党员平均分'])
  })

  test('S3-2 the library’s packs each count all of what they count themselves', () => {
    for (const pack of packLibrary) {
      const { measures, leftOut } = comparable([pack, pack])
      expect(leftOut).toEqual([[], []])
      expect(measures.length).toBeGreaterThan(pack.scales.length)
    }
  })
})
