import { describe, expect, test } from '@jest/globals'
import { findingsOf, readPack } from './findings.ts'
import { broken, lawfulPack } from './lawful-pack.ts'

const told = (pack: unknown) =>
  findingsOf(pack).flatMap(({ kind, code, path }) => (kind === 'NOTE' ? [] : [`${code} ${path}`]))
type Part = Record<string, unknown>
const first = (parts: readonly Part[]): Part => parts[0] ?? {}

describe('S1-14 what is wrong with a pack is said with its place', () => {
  test.each([
    ['no text', null, 'SHAPE '],
    ['a list', [], 'SHAPE '],
    ['a title that is missing', { ...lawfulPack(), title: undefined }, 'SHAPE title'],
    ['a title too long', { ...lawfulPack(), title: '办'.repeat(101) }, 'SHAPE title'],
    ['a period of a week', { ...lawfulPack(), period: 'WEEK' }, 'SHAPE period'],
    ['a field that nobody knows', { ...lawfulPack(), colour: 'red' }, 'SHAPE '],
    [
      'a key in small letters',
      broken(({ scales }) => Object.assign(first(scales[0].indicators), { key: 'class' })),
      'SHAPE scales[0].indicators[0].key',
    ],
    [
      'points of three decimals',
      broken(({ scales }) => Object.assign(scales[0], { base: 60.005 })),
      'SHAPE scales[0].base',
    ],
  ])('its shape: %s', (_, pack, expected) => {
    expect(told(pack)).toEqual([expected])
  })

  test('of two forms that both do not fit, what is wrong with the nearer one is told', () => {
    const pack = broken(({ scales }) => Object.assign(first(scales[0].indicators), { reads: { kind: 5 } }))
    expect(findingsOf(pack).map(({ path, zh }) => [path, zh])).toEqual([
      ['scales[0].indicators[0].reads.kind', 'scales[0].indicators[0].reads.kind：缺少或填写有误，应为文字'],
    ])
  })

  test('a place within one of two forms is told, and not that neither fits', () => {
    const pack = broken(({ scales }) =>
      Object.assign(first(scales[0].indicators), { reads: { kind: 'ATTENDANCE', whose: 'ALL' } }),
    )
    expect(findingsOf(pack).map(({ path, zh }) => [path, zh])).toEqual([
      ['scales[0].indicators[0].reads', 'scales[0].indicators[0].reads：没有“whose”这个项目，请删去'],
    ])
  })

  test.each([
    [
      'a group',
      ({ scales }) => Object.assign(first(scales[0].indicators), { group: 'DUTY' }),
      'UNKNOWN_REFERENCE scales[0].indicators[0].group',
    ],
    [
      'a remedy',
      ({ scales }) => Object.assign(first(scales[0].indicators), { remedy: 'PRAY' }),
      'UNKNOWN_REFERENCE scales[0].indicators[0].remedy',
    ],
    [
      'an exempt indicator',
      ({ scales }) => Object.assign(first(scales[0].exemptions), { indicators: ['X'] }),
      'UNKNOWN_REFERENCE scales[0].exemptions[0].indicators',
    ],
    [
      'an own scale',
      ({ scales }) => Object.assign(first(scales[0].exemptions), { effect: 'OWN_SCALE' }),
      'UNKNOWN_REFERENCE scales[0].exemptions[0].scale',
    ],
    [
      'a scale of others as the own',
      ({ scales }) => Object.assign(first(scales[0].exemptions), { effect: 'OWN_SCALE', scale: 'BRANCH' }),
      'UNKNOWN_REFERENCE scales[0].exemptions[0].scale',
    ],
    [
      'the indicator of the draw',
      pack => Object.assign(pack.draw, { indicator: 'PEOPLE' }),
      'UNKNOWN_REFERENCE draw.indicator',
    ],
    [
      'two items of the draw of one name',
      pack => {
        const item = { key: 'TRUE', title: '真实', most: 50 }
        Object.assign(pack.draw, { items: [item, { ...item, title: '有效' }] })
      },
      'KEY_TWICE draw.items[1].key',
    ],
    [
      'a group of an index',
      ({ indices }) => Object.assign(first(indices), { from: { groups: ['LIFE'] } }),
      'UNKNOWN_REFERENCE indices[0].from',
    ],
    [
      'an indicator of an index',
      ({ indices }) => Object.assign(first(indices), { from: { indicators: ['CLASS'] } }),
      'UNKNOWN_REFERENCE indices[0].from',
    ],
    [
      'facts of people on a scale of branches',
      ({ scales }) =>
        Object.assign(first(scales[1].indicators), { reads: { kind: 'HONOUR' }, carry: false, points: '1' }),
      'READS_WHOSE scales[1].indicators[0].reads.of',
    ],
    [
      'facts of branches on a scale of members',
      ({ scales }) =>
        Object.assign(first(scales[0].indicators), { reads: { kind: 'LEDGER_CHECK' }, absence: 'NOT_KNOWN' }),
      'READS_WHOSE scales[0].indicators[0].reads.of',
    ],
    [
      'scores below a branch',
      ({ scales }) => Object.assign(scales[1].indicators[1] ?? {}, { reads: { scores: 'BELOW' } }),
      'SCORES_WHOSE scales[1].indicators[1].reads.scores',
    ],
    [
      'scores for each fact',
      ({ scales }) => Object.assign(scales[1].indicators[1] ?? {}, { per: 'FACT' }),
      'SCORES_PER_FACT scales[1].indicators[1].per',
    ],
    [
      'a cap of a quarter for a year',
      ({ scales }) => Object.assign(first(scales[0].indicators), { per: 'YEAR', cap: 3 }),
      'CAP_SHORTER scales[0].indicators[0].capPer',
    ],
  ] as [string, (pack: ReturnType<typeof lawfulPack>) => unknown, string][])(
    'what it names and is not there: %s',
    (_, change, expected) => {
      expect(told(broken(pack => void change(pack)))).toContain(expected)
    },
  )

  test.each([
    ['scales', pack => Object.assign(pack.scales[1], { key: 'MEMBER' }), 'KEY_TWICE scales[1].key'],
    [
      'groups',
      ({ scales }) => scales[0].groups.push({ key: 'LIFE', title: '又一类' }),
      'KEY_TWICE scales[0].groups[1].key',
    ],
    [
      'indicators',
      ({ scales }) => Object.assign(scales[1].indicators[1] ?? {}, { key: 'LEDGER' }),
      'KEY_TWICE scales[1].indicators[1].key',
    ],
    [
      'grades',
      ({ scales }) => Object.assign(scales[0].grades[1] ?? {}, { key: 'GOOD' }),
      'KEY_TWICE scales[0].grades[1].key',
    ],
  ] as [string, (pack: ReturnType<typeof lawfulPack>) => unknown, string][])(
    'two %s of one key',
    (_, change, expected) => {
      expect(told(broken(pack => void change(pack)))).toEqual([expected])
    },
  )

  test.each([
    [
      'grades from below',
      ({ scales }) => Object.assign(scales[0].grades[0] ?? {}, { from: null }),
      'ORDER scales[0].grades[0].from',
    ],
    [
      'a last grade with a beginning',
      ({ scales }) => Object.assign(scales[0].grades[1] ?? {}, { from: 10 }),
      'ORDER scales[0].grades[1].from',
    ],
    [
      'a light that goes out above where it goes on',
      ({ scales }) => Object.assign(first(scales[1].lights), { by: { lit: 'RED', on: 0.2, off: 0.21 } }),
      'ORDER scales[1].lights[0].by.off',
    ],
    [
      'a light that goes out below where it goes on',
      ({ scales }) => Object.assign(first(scales[1].lights), { by: { score: true, below: 60, off: 59 } }),
      'ORDER scales[1].lights[0].by.off',
    ],
    [
      'a light of members for a share of members',
      ({ scales }) => scales[0].lights.push(...scales[1].lights),
      'ORDER scales[0].lights[0].by',
    ],
    ['a base above its cap', ({ scales }) => Object.assign(scales[0], { cap: 59 }), 'ORDER scales[0].base'],
    [
      'a floor above its cap',
      ({ scales }) => Object.assign(first(scales[0].groups), { floor: 2, cap: 1 }),
      'ORDER scales[0].groups[0].floor',
    ],
    [
      'a scale behind one that takes all',
      ({ scales }) =>
        Object.assign(scales[1], {
          subject: 'MEMBER',
          key: 'REST',
          indicators: scales[0].indicators,
          groups: scales[0].groups,
          lights: [],
          exemptions: scales[0].exemptions,
        }),
      'SCALE_UNREACHABLE scales[1].key',
    ],
  ] as [string, (pack: ReturnType<typeof lawfulPack>) => unknown, string][])(
    'out of order: %s',
    (_, change, expected) => {
      expect(told(broken(pack => void change(pack)))).toContain(expected)
    },
  )

  test.each([
    [
      'where',
      ({ scales }) =>
        Object.assign(first(scales[0].indicators), {
          reads: { kind: 'ATTENDANCE', where: "fact.meetingKind == 'CLAS'" },
        }),
      'EXPRESSION_WORD scales[0].indicators[0].reads.where',
    ],
    [
      'when',
      ({ scales }) => Object.assign(first(scales[0].indicators), { when: 'count' }),
      'EXPRESSION_TYPE scales[0].indicators[0].when',
    ],
    [
      'points',
      ({ scales }) => Object.assign(first(scales[0].indicators), { points: 'true' }),
      'EXPRESSION_TYPE scales[0].indicators[0].points',
    ],
    ['for', ({ scales }) => Object.assign(scales[0], { for: 'subject.age > 60' }), 'EXPRESSION_NAME scales[0].for'],
    [
      'missed',
      ({ scales }) =>
        Object.assign(first(scales[1].lights), {
          by: { reads: { kind: 'MEETING_HELD' }, missed: 'count * count', on: 2, off: 1 },
        }),
      'EXPRESSION_PRODUCT scales[1].lights[0].by.missed',
    ],
  ] as [string, (pack: ReturnType<typeof lawfulPack>) => unknown, string][])(
    'an expression that does not do: %s',
    (_, change, expected) => {
      expect(told(broken(pack => void change(pack)))).toEqual([expected])
    },
  )
})

describe('S1-14 a document as it is sent', () => {
  test('a lawful one is read', () => {
    const { findings, document } = readPack(JSON.stringify(lawfulPack()))
    expect(findings.map(({ kind }) => kind)).toEqual(['NOTE'])
    expect(document?.scales[0]?.indicators[0]?.key).toBe('CLASS')
  })

  test.each([
    ['what is no JSON', '{"format": 1,', 'NOT_JSON'],
    ['more than 200,000 characters', `"${'x'.repeat(199_999)}"`, 'TOO_LONG'],
    ['200,000 characters that are no pack', `"${'x'.repeat(199_998)}"`, 'SHAPE'],
  ])('%s is refused', (_, text, code) => {
    const { findings, document } = readPack(text)
    expect([findings.map(one => one.code), document]).toEqual([[code], null])
  })

  test.each([
    ['many titles', JSON.stringify({ scales: Array(15_000).fill({ title: 'x' }) })],
    ['one long title', JSON.stringify({ title: 'install'.repeat(28_000) })],
    ['many spaces', JSON.stringify({ title: 'l '.repeat(99_000) })],
    ['deep nesting', `${'['.repeat(99_000)}${']'.repeat(99_000)}`],
    [
      'many unknown fields',
      JSON.stringify(Object.fromEntries(Array.from({ length: 12_000 }, (_, i) => [`board${i}`, 1]))),
    ],
  ])('a hostile one costs little and tells little: %s', (_, text) => {
    const began = performance.now()
    const { findings, document } = readPack(text)
    expect(performance.now() - began).toBeLessThan(3_000)
    expect([document, findings.length <= 200, JSON.stringify(findings).length < 500_000]).toEqual([null, true, true])
  })
})
