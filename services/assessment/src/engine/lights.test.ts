import { describe, expect, test } from '@jest/globals'
import type { Asked, Below } from './asked.ts'
import { ask, factOf, indicator, packWith, planFor, subject } from './examples.ts'
import { score } from './score.ts'

const basis = { certainty: 'SEED', source: 'S1-15', article: '' }
const sheetOf = (light: Record<string, unknown>, asked: Partial<Asked> = {}, base = 0, scale = {}) => {
  const month = { from: '2026-06-01', until: '2026-06-30' }
  const document = packWith(
    { ...scale, base, lights: [{ key: 'L', title: '灯', colour: 'RED', basis, ...light }] },
    { period: 'MONTH' },
  )
  const sheet = score(planFor(document, month), ask({ asOf: '2026-07-01', ...asked }))
  if (!sheet) throw new Error('there is a sheet')
  return sheet
}
const since = (light: Record<string, unknown>, asked: Partial<Asked> = {}, base = 0) =>
  sheetOf(light, asked, base).lights[0]?.since ?? null

describe('lights and when they go on and off', () => {
  const life = (on: number, off: number) => ({
    by: { reads: { kind: 'ATTENDANCE', where: 'fact.attendance == "PRESENT"' }, missed: 'count == 0', on, off },
  })
  const came = (...months: string[]) => ({
    facts: months.map(month =>
      factOf('ATTENDANCE', `2026-${month}-10`, {
        meetingKind: 'THEME_DAY',
        attendance: 'PRESENT',
        late: false,
        leftEarly: false,
      }),
    ),
    subject: { ...subject, knownFrom: '2026-01-01' },
  })

  test.each([
    ['one month missed', ['01', '02', '03', '04', '05'], null],
    ['two in a row', ['01', '02', '03', '04'], '2026-07-01'],
    ['three in a row: since the second', ['01', '02', '03'], '2026-06-01'],
    ['two, and not in a row', ['01', '02', '03', '05'], null],
  ])('S1-15 red after two months without organisational life: %s', (_, months, wanted) => {
    expect(since(life(2, 1), came(...months))).toBe(wanted)
  })

  test.each([
    [1, ['01', '02', '05'], null],
    [2, ['01', '02', '05'], '2026-05-01'],
    [2, ['01', '02', '05', '06'], null],
    [2, ['01', '02', '06'], '2026-05-01'],
  ])('S1-15 two months were missed: it goes out after %s good ones (came in %p: %s)', (off, months, wanted) => {
    expect(since(life(2, off), came(...months))).toBe(wanted)
  })

  test('R10 months before anything was known, and those of an exemption, change nothing', () => {
    const facts = came('04').facts
    expect(since(life(2, 1), { facts, subject: { ...subject, knownFrom: '2026-05-02' } })).toBe(null)
    const ill = { reason: 'ILL', from: '2026-05-10', until: '2026-05-20' } as const
    expect(since(life(2, 1), { facts, subject: { ...subject, knownFrom: '2026-04-01', exemptions: [ill] } })).toBe(null)
    expect(since(life(2, 1), { facts, subject: { ...subject, knownFrom: '2026-04-01' } })).toBe('2026-07-01')
  })

  test('S1-15 a sheet says in which months it was on, for the share of the branch', () => {
    expect(sheetOf(life(2, 1), came('01', '02')).litMonths).toEqual({ RED: ['2026-06-01', '2026-05-01', '2026-04-01'] })
  })

  const fifth = { by: { lit: 'RED', on: 0.2, off: 0.15 } }
  const members = (lit: Record<string, number>, of = 100): { members: Below } => ({
    members: { scores: [], of, lit: { RED: lit } },
  })
  test.each([
    [{ '2026-06-01': 19 }, null],
    [{ '2026-06-01': 20 }, '2026-07-01'],
    [{ '2026-05-01': 20, '2026-06-01': 15 }, '2026-06-01'],
    [{ '2026-05-01': 20, '2026-06-01': 14 }, null],
    [{ '2026-05-01': 15, '2026-06-01': 19 }, null],
  ])('S1-15 a fifth of the members lit, and off below what stands there for it: %p', (lit, wanted) => {
    expect(since(fifth, members(lit))).toBe(wanted)
  })
  test('S1-15 nobody there, nobody lit', () => {
    expect(since(fifth, members({}, 0))).toBe(null)
  })

  const low = { by: { score: true, below: 60, off: 65 } }
  test.each([
    [60, null, null],
    [59.99, null, '2026-07-01'],
    [64.99, '2026-04-01', '2026-04-01'],
    [65, '2026-04-01', null],
  ])('S2-16 with %s points, lit since %s before: %s', (base, lit, wanted) => {
    const litBefore = lit === null ? [] : [{ key: 'L', colour: 'RED', since: lit }]
    expect(since(low, { litBefore }, base)).toBe(wanted)
  })

  test('S2-16 a score that still grows lights nobody, and puts no light out', () => {
    const asOf = '2026-06-30'
    const lit = [{ key: 'L', colour: 'RED', since: '2026-06-01' }]
    expect(since(low, { asOf }, 0)).toBe(null)
    expect(since(low, { asOf, litBefore: lit }, 100)).toBe('2026-06-01')
  })

  test('R10 S2-16 what nobody knows lights nobody: forty-one of a hundred points', () => {
    const dues = (absence: string) =>
      indicator({ per: 'MONTH', points: '41', cap: 41, reads: { kind: 'DUES_MONTH' }, absence })
    const sheet = (absence: string) =>
      sheetOf({ ...low }, {}, 59, { cap: 100, indicators: [dues(absence)] }).lights.length
    expect([sheet('NOT_KNOWN'), sheet('COUNTS')]).toEqual([0, 1])
  })
})
