import { describe, expect, test } from '@jest/globals'
import { answered, daysToCome, type Entry, keepWritten, type Plan, progressOf, type Topic, waits } from './plan.ts'

const topic = (text: string, more: Partial<Topic> = {}): Topic => ({
  ...{ text, why: 'REGULATION', memberId: null, dueOn: null, article: '第十六条', source: '条例' },
  ...{ certainty: 'VERIFIED', discussion: null, ...more },
})
const entry = (id: string, more: Partial<Entry> = {}): Entry => ({
  ...{
    id,
    planId: 'plan',
    kind: 'THEME_DAY',
    onDay: '2026-03-16',
    windowFrom: '2026-03-01',
    windowUntil: '2026-03-31',
  },
  ...{ origin: 'REGULAR', article: '第十六条', source: '条例', certainty: 'VERIFIED', topics: [topic('交纳党费')] },
  ...more,
})

describe('S0-11 a plan that is made anew keeps what the branch has put into it', () => {
  test('what it wrote, its own topics, the day that it chose and its own meetings', () => {
    const before = [
      entry('old', {
        onDay: '2026-03-20',
        topics: [topic('交纳党费', { discussion: '逐人核对' }), topic('走访', { why: 'OWN' })],
      }),
      entry('own', { origin: 'OWN', kind: 'CLASS' }),
    ]
    const made = [entry('new', { topics: [topic('交纳党费'), topic('学习新主题', { why: 'THEME' })] })]
    const [kept, own, ...more] = keepWritten(made, before, '2026-03-01')
    expect(kept).toMatchObject({ id: 'old', onDay: '2026-03-20' })
    expect(kept?.topics.map(({ text, discussion }) => [text, discussion])).toEqual([
      ['交纳党费', '逐人核对'],
      ['学习新主题', null],
      ['走访', null],
    ])
    expect([own?.id, more]).toEqual(['own', []])
  })

  test.each([
    ['2026-03-20', '2026-03-20'],
    ['2026-03-21', '2026-03-24'],
  ])('on %s a day that was chosen for the 20th is %s', (today, wanted) => {
    const [kept] = keepWritten([entry('new', { onDay: '2026-03-24' })], [entry('old', { onDay: '2026-03-20' })], today)
    expect(kept?.onDay).toBe(wanted)
  })

  test('what is not asked for any more is gone, with what was written of it', () => {
    expect(keepWritten([], [entry('old')], '2026-03-01')).toEqual([])
  })
})

describe('S0-26 a plan is compared with what was held', () => {
  const held = { id: 'meeting', kind: 'THEME_DAY', heldOn: '2026-03-31' }
  test.each([
    ['2026-03-16', [], 'TO_COME'],
    ['2026-03-17', [], 'DUE'],
    ['2026-03-31', [], 'DUE'],
    ['2026-04-01', [], 'MISSED'],
    ['2026-04-01', [held], 'HELD'],
    ['2026-04-01', [{ ...held, heldOn: '2026-04-01' }], 'MISSED'],
  ])('on %s with %j: %s', (today, meetings, state) => {
    expect(progressOf([entry('one')], meetings, today).get('one')?.state).toBe(state)
  })
})

describe('S0-11 the calendar has what is still to come of a plan', () => {
  const year: Plan = {
    ...{ id: 'year', orgId: 'branch', every: 'YEAR', fromDay: '2026-01-01', untilDay: '2026-12-31', state: 'DRAFT' },
    ...{ themeDay: 15, revision: 1, madeAt: new Date(0), filedAt: null, approvalId: null },
  }
  const march: Plan = { ...year, id: 'march', every: 'MONTH', fromDay: '2026-03-01', untilDay: '2026-03-31' }
  const daysOf = (today: string, others: Plan[] = [], held: { id: string; kind: string; heldOn: string }[] = []) =>
    daysToCome(year, [year, ...others], [entry('one'), entry('two', { kind: 'CLASS' })], held, today).map(
      ({ dueOn }) => dueOn,
    )

  test.each([
    ['2026-03-16', ['2026-03-16']],
    ['2026-03-17', []],
  ])('on %s: %j, each day once', (today, wanted) => {
    expect(daysOf(today)).toEqual(wanted)
  })

  test('what was held is not to come any more', () => {
    const held = ['THEME_DAY', 'CLASS'].map(kind => ({ id: kind, kind, heldOn: '2026-03-02' }))
    expect(daysOf('2026-03-10', [], held.slice(0, 1))).toEqual(['2026-03-16'])
    expect(daysOf('2026-03-10', [], held)).toEqual([])
  })

  test('a month that has a plan of its own is left to it, that of another organisation is not', () => {
    expect(daysOf('2026-03-10', [march])).toEqual([])
    expect(daysOf('2026-03-10', [{ ...march, orgId: 'another' }])).toEqual(['2026-03-16'])
    expect(daysOf('2026-03-10', [{ ...march, fromDay: '2026-04-01', untilDay: '2026-04-30' }])).toEqual(['2026-03-16'])
    expect(daysOf('2026-03-10', [{ ...year, id: 'another' }])).toEqual(['2026-03-16'])
  })
})

describe('S0-6d a plan waits for the superior where it was asked, and hears that answer alone', () => {
  const filed: Plan = {
    ...{ id: 'plan', orgId: 'branch', every: 'MONTH', fromDay: '2026-03-01', untilDay: '2026-03-31', state: 'FILED' },
    ...{ themeDay: 15, revision: 3, madeAt: new Date(0), filedAt: new Date(1), approvalId: 'asked' },
  }

  test.each([
    ['APPROVED', 'APPROVED', filed.filedAt],
    ['RETURNED', 'DRAFT', null],
    ['REFUSED', 'DRAFT', null],
  ] as const)('%s: it is %s, and what was said stays to be read', (outcome, state, filedAt) => {
    expect(answered(filed, 'asked', outcome)).toEqual({ ...filed, state, filedAt })
  })

  test.each<[string, Plan, boolean]>([
    ['filed with a request', filed, true],
    ['filed where nobody is asked', { ...filed, approvalId: null }, false],
    ['approved', { ...filed, state: 'APPROVED' }, false],
    ['sent back', { ...filed, state: 'DRAFT', filedAt: null }, false],
  ])('%s', (_, plan, waiting) => {
    expect(waits(plan)).toBe(waiting)
    expect(answered(plan, 'asked', 'APPROVED') !== null).toBe(waiting)
    expect(answered(plan, 'an earlier one', 'APPROVED')).toBeNull()
  })
})
