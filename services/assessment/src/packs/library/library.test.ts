import { describe, expect, test } from '@jest/globals'
import type { PackDocument, Scale } from '../documents/pack.ts'
import { pointsOf } from '../expressions/expression.ts'
import { findingsOf } from '../validation/findings.ts'
import { libraryPack, packLibrary } from './library.ts'

const pack = (key: string): PackDocument => libraryPack(key) as PackDocument
const scaleOf = (key: string, scale: string): Scale => pack(key).scales.find(one => one.key === scale) as Scale
const found = (key: string, scale: string, indicator: string) =>
  scaleOf(key, scale).indicators.find(one => one.key === indicator) as Scale['indicators'][number]
const keysOf = (scale: Scale) => scale.indicators.map(({ key }) => key)
const range = (letter: string, ...spans: readonly [number, number][]) =>
  spans.flatMap(([from, to]) =>
    Array.from({ length: to - from + 1 }, (_, i) => `${letter}${String(from + i).padStart(2, '0')}`),
  )

describe('S0-7 the library of packs', () => {
  test('R1 R2 R3 R14 every pack is lawful, and each of its numbers names where it comes from', () => {
    for (const document of packLibrary) {
      expect([document.key, findingsOf(document).filter(({ kind }) => kind !== 'NOTE')]).toEqual([document.key, []])
      for (const { basis, key } of document.scales.flatMap(({ indicators }) => indicators)) {
        expect([key, ['SEED', 'LAW', 'PRACTICE'].includes(basis.certainty)]).toEqual([key, true])
        if (basis.certainty === 'PRACTICE')
          expect([key, basis.source]).toEqual([key, expect.stringMatching(/^公开做法 [A-Z]：/)])
        if (basis.certainty === 'SEED') expect([key, basis.article.length > 3]).toEqual([key, true])
      }
    }
    expect(packLibrary.map(({ key, period }) => [key, period])).toEqual([
      ['s0-quarterly', 'QUARTER'],
      ['s1-monthly', 'MONTH'],
      ['s2-health', 'QUARTER'],
      ['s3-yearly', 'YEAR'],
      ['s4-year-plan', 'YEAR'],
    ])
  })

  test('R2 a key that no pack has is none', () => {
    expect(libraryPack('s9')).toBeNull()
  })

  test('R10 who is old, ill, away or abroad is spared in every scale of members', () => {
    for (const scale of packLibrary.flatMap(({ scales }) => scales.filter(({ subject }) => subject === 'MEMBER'))) {
      const reasons = scale.exemptions.map(({ reason }) => reason)
      expect(reasons).toEqual(['OLD', 'ILL', 'FLOATING', 'SECONDED', 'ABROAD'])
    }
  })
})

describe('S0-17 S0-18 S0-32 the pack of the organ committee', () => {
  test('S0-18 what was not drawn keeps the ledger score of the quarter before', () => {
    expect(found('s0-quarterly', 'BRANCH', 'LEDGER')).toMatchObject({
      carry: true,
      per: 'PERIOD',
      points: 'latest * 0.7',
      cap: 70,
    })
    expect(pack('s0-quarterly').draw?.indicator).toBe('LEDGER')
    expect(scaleOf('s0-quarterly', 'BRANCH').indicators.filter(({ carry }) => carry)).toHaveLength(1)
  })

  test('S0-20 featured work adds, late and poor work is proposed as a deduction', () => {
    const kinds = ['FEATURED', 'TASK_LATE', 'TASK_POOR'].map(key => found('s0-quarterly', 'BRANCH', key).kind)
    expect(kinds).toEqual(['PLUS', 'MINUS', 'MINUS'])
  })

  test('S0-32 six indices, each from what the article names', () => {
    expect(pack('s0-quarterly').indices.map(({ key, title, from }) => [key, title, Object.values(from)[0]])).toEqual([
      ['LOYALTY', '忠诚指数', true],
      ['FORTRESS', '堡垒指数', ['BUSINESS']],
      ['PURITY', '纯洁指数', ['BREACHES', 'DISCIPLINE']],
      ['VANGUARD', '先锋指数', ['HONOURS']],
      ['ACTIVITY', '活跃指数', ['FEATURED']],
      ['STYLE', '作风指数', ['STYLE']],
    ])
    expect(scaleOf('s0-quarterly', 'BRANCH').groups.find(({ key }) => key === 'BUSINESS')?.weight).toBe(0)
  })
})

describe('S1-4 S1-6 S1-14 S1-15 the pack of the district', () => {
  test('S1-14 33 indicators of members and 26 of branches', () => {
    expect(keysOf(scaleOf('s1-monthly', 'MEMBER'))).toEqual([
      ...range('M', [1, 8], [11, 25], [27, 30], [32, 33], [35, 36], [41, 42]),
    ])
    expect(keysOf(scaleOf('s1-monthly', 'MEMBER'))).toHaveLength(33)
    expect(keysOf(scaleOf('s1-monthly', 'BRANCH'))).toEqual(range('B', [1, 5], [7, 21], [23, 26], [50, 51]))
    expect(keysOf(scaleOf('s1-monthly', 'BRANCH'))).toHaveLength(26)
  })

  test('S1-6 four headings', () => {
    expect(scaleOf('s1-monthly', 'MEMBER').groups.map(({ title }) => title)).toEqual([
      '党内生活',
      '履行职责',
      '奉献社会',
      '道德品质',
    ])
  })

  test.each([
    ['M01', 'MONTH', '1'],
    ['M04', 'FACT', '1'],
    ['M42', 'FACT', '2'],
    ['M41', 'FACT', 'fact.quantity'],
  ])('S1-4 %s gives, for each %s, what the article says: %s', (key, per, points) => {
    expect(found('s1-monthly', 'MEMBER', key)).toMatchObject({ per, points, basis: { certainty: 'SEED' } })
  })

  test('S1-4 assembly, committee and group meetings count alike, and an hour and a half of service is a point and a half', () => {
    const { reads } = found('s1-monthly', 'MEMBER', 'M04')
    expect(reads).toMatchObject({
      where: expect.stringContaining("['BRANCH_ASSEMBLY', 'BRANCH_COMMITTEE', 'GROUP_MEETING']"),
    })
    const facts = { count: 1, total: 1, sum: 150, latest: 150 }
    const subject = { kind: 'FULL', months: 1, unitKind: null, people: 1 }
    const values = {
      facts,
      subject,
      period: { over: true, months: 1 },
      fact: { day: '2026-03-05', quantity: 150, attributes: {} },
    }
    expect(pointsOf('fact.quantity', { for: 'POINTS', factKind: 'SERVICE', each: true })(values)).toBe(150)
  })

  test('S1-14 what the article names is counted: transfers, star rating, the secretary’s key project', () => {
    expect(['B23', 'B50', 'B51'].map(key => found('s1-monthly', 'BRANCH', key).title)).toEqual([
      '组织关系接转及时',
      '党组织星级考评',
      '书记攻坚项目',
    ])
  })

  test('S1-15 red after two months without organisational life, or a fifth of members red; each goes out later than it came', () => {
    const lights = scaleOf('s1-monthly', 'BRANCH').lights
    expect(lights.map(({ colour, by }) => [colour, by])).toEqual([
      ['RED', expect.objectContaining({ missed: 'count == 0', on: 2, off: 1 })],
      ['RED', { lit: 'RED', on: 0.2, off: 0.15 }],
      ['YELLOW', expect.objectContaining({ on: 1, off: 1 })],
    ])
    expect(scaleOf('s1-monthly', 'MEMBER').lights.map(({ key, colour }) => [key, colour])).toEqual([
      ['NO_LIFE', 'RED'],
      ['DUES', 'YELLOW'],
    ])
  })
})

describe('S2-15 S2-16 the pack of health', () => {
  test('S2-15 five virtues of twenty points each, from the five things that the article names', () => {
    const { groups, indicators, cap } = scaleOf('s2-health', 'MEMBER')
    expect(groups.map(({ title, cap: most }) => [title, most])).toEqual(
      ['德', '能', '勤', '绩', '廉'].map(title => [title, 20]),
    )
    expect(indicators.map(({ key, group }) => [key, group])).toEqual([
      ['ORG_LIFE', 'VIRTUE'],
      ['STUDY', 'ABILITY'],
      ['DUTY', 'DILIGENCE'],
      ['LEADER', 'RESULTS'],
      ['POST_RISK', 'HONESTY'],
    ])
    expect(cap).toBe(100)
  })

  test('S2-16 three colours: green from 80, yellow from 60, grey below, and a light that goes out above where it came', () => {
    const { grades, lights } = scaleOf('s2-health', 'MEMBER')
    expect(grades.map(({ key, from }) => [key, from])).toEqual([
      ['GREEN', 80],
      ['YELLOW', 60],
      ['GREY', null],
    ])
    expect(lights.map(({ colour, by }) => [colour, by])).toEqual([
      ['YELLOW', { score: true, below: 80, off: 85 }],
      ['GREY', { score: true, below: 60, off: 65 }],
    ])
  })
})

describe('S3-24 S3-25 S3-26 the pack of base and dedication', () => {
  test('S3-24 a branch comes to a hundred, and no further', () => {
    const { cap, indicators } = scaleOf('s3-yearly', 'BRANCH')
    expect([cap, indicators.reduce((sum, one) => sum + (one.cap ?? 0), 0)]).toEqual([100, 100])
  })

  test('S3-1 S3-25 a member’s base comes to a hundred from the four things that the article names, dedication has no limit', () => {
    const { groups, indicators } = scaleOf('s3-yearly', 'MEMBER')
    expect(groups.map(({ key, cap }) => [key, cap ?? null])).toEqual([
      ['BASE', 100],
      ['DEDICATION', null],
    ])
    const base = indicators.filter(({ group, kind }) => group === 'BASE' && kind === 'BASE')
    expect(base.map(({ key }) => key)).toEqual(['THEME_DAY', 'ASSEMBLY', 'MEETINGS', 'CLASS', 'CRITICISM', 'DUES'])
    expect(base.reduce((sum, one) => sum + (one.cap ?? 0), 0)).toBeGreaterThanOrEqual(100)
    expect(indicators.filter(({ group }) => group === 'DEDICATION').map(({ key }) => key)).toEqual([
      'VOLUNTEERING',
      'FIRST',
    ])
  })

  test('S3-26 four grades, and who the assembly found unqualified has the last once a person has confirmed it', () => {
    expect(scaleOf('s3-yearly', 'MEMBER').grades.map(({ title }) => title)).toEqual([
      '优秀',
      '合格',
      '基本合格',
      '不合格',
    ])
    expect(found('s3-yearly', 'MEMBER', 'UNQUALIFIED').kind).toBe('VETO')
  })
})

describe('S4-5 S4-6 S4-7 the pack of plan, supervision and award', () => {
  test.each([
    ['S4-5', 'ABOVE', ['PLAN', 'SUPERVISION', 'REPORT', 'MEAN'], ['YEAR', 'QUARTER', 'YEAR', 'PERIOD']],
    ['S4-6', 'BRANCH', ['PLAN', 'TRAINING', 'EXCHANGE', 'CONTEST'], ['YEAR', 'YEAR', 'QUARTER', 'YEAR']],
    ['S4-7', 'MEMBER', ['JOINT_STUDY', 'AWARD'], ['QUARTER', 'FACT']],
  ])('S4-5 S4-6 S4-7 %s: what %s does in a year, and how often', (_, scale, keys, spans) => {
    expect(keys.map(key => found('s4-year-plan', scale, key).per)).toEqual(spans)
  })
})
