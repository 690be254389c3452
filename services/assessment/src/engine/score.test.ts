import { describe, expect, test } from '@jest/globals'
import type { Asked, Ruling } from './asked.ts'
import { ask, factOf, indicator, packWith, paid, planFor, quarter, subject } from './examples.ts'
import { basisOf } from './rulings.ts'
import { score } from './score.ts'
import type { Sheet } from './sheet.ts'

type Input = Record<string, unknown>
const sheetOf = (scale: Input, asked: Partial<Asked> = {}, pack: Input = {}, period = quarter): Sheet => {
  const sheet = score(planFor(packWith(scale, pack), period), ask(asked))
  if (!sheet) throw new Error('there is a sheet')
  return sheet
}
const states = (sheet: Sheet) => sheet.lines.map(({ state }) => state)
const dues = (more: Input = {}, scale: Input = {}) => ({ indicators: [indicator(more)], ...scale })
const absent = (day: string, more = {}) =>
  factOf(
    'ATTENDANCE',
    day,
    { meetingKind: 'BRANCH_ASSEMBLY', attendance: 'ABSENT', late: false, leftEarly: false },
    more,
  )
const away = indicator({
  ...{ key: 'AWAY', kind: 'MINUS', per: 'FACT', absence: 'COUNTS', points: '2' },
  reads: { kind: 'ATTENDANCE', where: 'fact.attendance == "ABSENT"' },
})
const months = ['2026-01-01', '2026-02-01', '2026-03-01']

describe('a score, its spans and caps', () => {
  test.each([
    ['a line a month, each with its fact', months, 'COUNTED COUNTED COUNTED', 300],
    ['a month without any fact is not known, and not nothing', months.slice(1), 'NOT_KNOWN COUNTED COUNTED', 200],
    ['nothing known at all', [], 'NOT_KNOWN NOT_KNOWN NOT_KNOWN', 0],
  ])('S1-4 %s', (_, days, wanted, points) => {
    const sheet = sheetOf(dues(), { facts: days.map(day => paid(day)) })
    expect([states(sheet).join(' '), sheet.score]).toEqual([wanted, points])
  })

  test.each([
    ['2026-03-31', 'OPEN'],
    ['2026-04-01', 'NOT_MET'],
  ])('S0-21 on %s what is missing of March is %s', (asOf, wanted) => {
    const facts = [paid('2026-01-01'), paid('2026-02-01')]
    const sheet = sheetOf(dues({ absence: 'COUNTS' }), { facts, asOf })
    expect(states(sheet).at(-1)).toBe(wanted)
    expect(sheet.lines.at(-1)?.mend).toEqual(wanted === 'OPEN' ? { more: 1, points: 100, by: '2026-03-31' } : null)
  })

  test.each([
    [2, 200, [100, 100, 0]],
    [3, 300, [100, 100, 100]],
  ])('S1-4 a cap of %s points takes the earlier lines first', (cap, points, counted) => {
    const sheet = sheetOf(dues({ cap }), { facts: months.map(day => paid(day)) })
    expect([sheet.score, sheet.lines.map(line => line.counted)]).toEqual([points, counted])
  })

  test.each([
    ['2026-04-01', '2026-06-30', [100, 0, 0], 100],
    ['2026-01-01', '2026-03-31', [100, 100, 100], 300],
  ])(
    'S1-4 a cap of four points a year: in the quarter from %s there is left what the earlier ones left',
    (from, until, counted, points) => {
      const days = ['2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01', '2026-05-01', '2026-06-01']
      const facts = days.map(day => paid(day))
      const sheet = sheetOf(dues({ cap: 4, capPer: 'YEAR' }), { facts, asOf: '2026-07-01' }, {}, { from, until })
      expect([sheet.lines.map(line => line.counted), sheet.score]).toEqual([counted, points])
    },
  )

  test('S1-6 groups are weighed and capped, and the scale has its base, floor and cap', () => {
    const facts = months.map(day => paid(day))
    const groups = (more: Input) => ({ groups: [{ key: 'LIFE', title: '党内生活', ...more }] })
    expect(sheetOf(dues({}, groups({ weight: 0.4 })), { facts }).score).toBe(120)
    expect(sheetOf(dues({}, groups({ weight: 0.3335 })), { facts }).score).toBe(100)
    expect(sheetOf(dues({}, groups({ cap: 2.5 })), { facts }).score).toBe(250)
    expect(sheetOf(dues({}, { base: 98, cap: 100 }), { facts }).score).toBe(10_000)
    expect(sheetOf(dues({}, { base: -5, floor: 0 }), { facts }).score).toBe(0)
  })

  test('S0-18 what was not drawn keeps the score of the quarter before, with the fact that it comes from', () => {
    const last = paid('2025-11-20', { quantity: 8_750 })
    const carried = indicator({ per: 'PERIOD', carry: true, points: 'latest' })
    const sheet = sheetOf({ indicators: [carried] }, { facts: [last] })
    expect(sheet.lines[0]).toMatchObject({ state: 'COUNTED', points: 8_750, carried: true })
    expect(sheet.lines[0]?.facts[0]?.source).toEqual(last.source)
    const own = sheetOf({ indicators: [carried] }, { facts: [last, paid('2026-02-01', { quantity: 9_000 })] })
    expect(own.lines[0]).toMatchObject({ points: 9_000, carried: false })
  })

  test('S3-24 a line of a year stands in the sheet in which the year ends', () => {
    const yearly = dues({ per: 'YEAR', absence: 'COUNTS' })
    expect(sheetOf(yearly).lines).toEqual([])
    const last = { from: '2026-10-01', until: '2026-12-31' }
    const sheet = sheetOf(yearly, { facts: [paid('2026-02-01')], asOf: '2027-01-01' }, {}, last)
    expect(sheet.lines.map(({ span, points }) => [span.from, points])).toEqual([['2026-01-01', 100]])
  })

  test('S2-15 scores of those below give points, and none where there are none', () => {
    const mean = indicator({ per: 'PERIOD', reads: { scores: 'MEMBERS' }, points: 'mean / 10.0' })
    const members = { scores: [8_000, 9_050], of: 3, lit: {} }
    expect(sheetOf({ indicators: [mean] }, { members }).score).toBe(853)
    expect(states(sheetOf({ indicators: [mean] }))).toEqual(['NOT_KNOWN'])
  })
})

describe('deductions are proposed, and a person decides (R8)', () => {
  const facts = [absent('2026-02-10')]
  const proposed = sheetOf({ base: 100, indicators: [away] }, { facts })
  const line = proposed.lines[0]
  if (!line) throw new Error('one is proposed')
  const ruled = (more: Partial<Ruling> = {}, told = facts) =>
    sheetOf(
      { base: 100, indicators: [away] },
      {
        facts: told,
        rulings: [
          {
            ...{ lineKey: line.key, kind: 'CONFIRMED', proposed: -200, points: null, basis: basisOf(line), reason: '' },
            ...more,
          },
        ],
      },
    )

  test('R8 what is only proposed takes nothing', () => {
    expect([line.state, line.points, line.counted, proposed.score]).toEqual(['PROPOSED', -200, 0, 10_000])
  })
  test.each([
    ['CONFIRMED', 'COUNTED', 9_800],
    ['DISMISSED', 'DISMISSED', 10_000],
  ] as const)('R8 %s it is %s', (kind, state, points) => {
    const sheet = ruled({ kind })
    expect([sheet.lines[0]?.state, sheet.score]).toEqual([state, points])
  })
  test('S0-21 what an appeal has put in its place stands beside what was worked out', () => {
    const sheet = ruled({ kind: 'ADJUSTED', points: -50, reason: '因公出差' })
    expect(sheet.lines[0]).toMatchObject({ counted: -50, adjusted: { from: -200, reason: '因公出差' } })
  })
  test('R8 a fact that was corrected since makes it a proposal again', () => {
    const corrected = facts.map(fact => ({ ...fact, source: { ...fact.source, version: 2 } }))
    expect(ruled({}, corrected).lines[0]?.state).toBe('PROPOSED')
    expect(ruled({ proposed: -100 }).lines[0]?.state).toBe('PROPOSED')
  })
  test('R8 an earned point is not confirmed by anybody, nor taken by a dismissal', () => {
    const sheet = sheetOf(dues(), {
      facts: [paid('2026-01-01')],
      rulings: [{ lineKey: 'DUES/2026-01-01', kind: 'DISMISSED', proposed: 100, points: null, basis: [], reason: '' }],
    })
    expect(states(sheet)[0]).toBe('COUNTED')
  })
  test('S3-26 a veto that was confirmed gives the last grade, whatever the points', () => {
    const grades = [
      { key: 'GOOD', title: '好', from: 90 },
      { key: 'FAIR', title: '一般', from: 60 },
      { key: 'POOR', title: '差', from: null },
    ]
    const veto = (kind: Ruling['kind'] | null) => {
      const rulings =
        kind === null
          ? []
          : [{ lineKey: line.key, kind, proposed: -200, points: null, basis: basisOf(line), reason: '' }]
      const indicators = [{ ...away, kind: 'VETO' }]
      return sheetOf({ base: 95, indicators, grades }, { facts, rulings }).grade
    }
    expect([veto(null), veto('DISMISSED'), veto('CONFIRMED')]).toEqual(['GOOD', 'GOOD', 'POOR'])
  })
  test.each([
    [89.99, 'FAIR'],
    [90, 'GOOD'],
  ])('S3-26 with %s points the grade is %s', (base, grade) => {
    const grades = [
      { key: 'GOOD', title: '好', from: 90 },
      { key: 'FAIR', title: '一般', from: null },
    ]
    expect(sheetOf({ base, grades, indicators: [away] }).grade).toBe(grade)
  })
})

describe('who is not measured as the others (R10)', () => {
  const floating = { reason: 'FLOATING', from: '2026-02-01', until: '2026-02-28' } as const
  const exempt = (effect: string, more: Input = {}) => ({ exemptions: [{ reason: 'FLOATING', effect, ...more }] })
  const by = (until: string | null) => ({
    subject: { ...subject, exemptions: [{ ...floating, from: '2025-12-31', until }] },
  })

  test('R10 a month in which it does not count is neither missed nor lost, and what was earned stays', () => {
    const own = { subject: { ...subject, exemptions: [floating] } }
    const scale = dues({ absence: 'COUNTS' }, exempt('NOT_COUNTED'))
    expect(states(sheetOf(scale, own))).toEqual(['NOT_MET', 'EXEMPT', 'NOT_MET'])
    expect(states(sheetOf(scale, { ...own, facts: [paid('2026-02-01')] }))).toEqual(['NOT_MET', 'COUNTED', 'NOT_MET'])
    const deduction = sheetOf(
      { indicators: [away], ...exempt('NOT_COUNTED') },
      { ...own, facts: [absent('2026-02-28'), absent('2026-03-01')] },
    )
    expect(states(deduction)).toEqual(['EXEMPT', 'PROPOSED'])
  })
  test('R10 indicators that are not named still count', () => {
    const own = { subject: { ...subject, exemptions: [floating] } }
    expect(states(sheetOf(dues({ absence: 'COUNTS' }, exempt('NOT_COUNTED', { indicators: ['OTHER'] })), own))[1]).toBe(
      'NOT_MET',
    )
  })
  test.each([
    ['2026-03-31', null],
    [null, null],
    ['2026-03-30', 'a sheet'],
  ])('R10 exempt until %s, there is %s', (until, wanted) => {
    const plan = planFor(packWith(dues({}, exempt('NOT_SCORED'))))
    expect(score(plan, ask(by(until))) === null ? null : 'a sheet').toBe(wanted)
  })
  test('R10 a scale of their own', () => {
    const senior = { ...packWith(dues()).scales[0], key: 'SENIOR', for: 'false', base: 40 }
    const document = packWith(dues({}, exempt('OWN_SCALE', { scale: 'SENIOR' })))
    const plan = planFor({ ...document, scales: [...document.scales, senior as (typeof document.scales)[number]] })
    expect(score(plan, ask(by(null)))).toMatchObject({ scale: 'SENIOR', score: 4_000 })
    expect(score(plan, ask())).toMatchObject({ scale: 'MEMBER', score: 0 })
  })
  test.each([
    ['2026-02-01', 'NOT_KNOWN NOT_MET NOT_MET'],
    ['2026-02-02', 'NOT_KNOWN NOT_KNOWN NOT_MET'],
  ])('R10 known since %s: what was before is not known, and not missing', (knownFrom, wanted) => {
    const sheet = sheetOf(dues({ absence: 'COUNTS' }), { subject: { ...subject, knownFrom } })
    expect(states(sheet).join(' ')).toBe(wanted)
  })
  test.each([
    ['2026-03-31', [], 'a sheet'],
    ['2026-04-01', [], null],
    ['2026-04-01', [paid('2026-03-01')], 'a sheet'],
  ])('R10 known since %s, with %p, there is %s for the quarter', (knownFrom, facts, wanted) => {
    const known = score(planFor(packWith(dues())), ask({ facts, subject: { ...subject, knownFrom } }))
    expect(known === null ? null : 'a sheet').toBe(wanted)
  })
  test('R10 what could be had is what is known and counts', () => {
    const capped = dues({ absence: 'COUNTS', cap: 12, capPer: 'YEAR' })
    expect(sheetOf(capped).attainable).toBe(300)
    expect(sheetOf(capped, { subject: { ...subject, knownFrom: '2026-02-15' } }).attainable).toBe(100)
  })
})

test('S0-21 the same facts, rulings and pack give the same bytes', () => {
  const facts = [...months.map(day => paid(day)), absent('2026-02-10')]
  const scale = { indicators: [indicator(), away], base: 60 }
  const bytes = () => JSON.stringify(sheetOf(scale, { facts: structuredClone(facts) }))
  expect(bytes()).toBe(bytes())
})
