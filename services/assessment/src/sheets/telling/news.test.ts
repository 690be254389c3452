import { describe, expect, test } from '@jest/globals'
import { ask, packWith, planFor } from '../../engine/examples.ts'
import { score } from '../../engine/score.ts'
import type { Sheet } from '../../engine/sheet.ts'
import type { Changed } from '../scoring/score-touched.ts'
import { isCorrected, lightNews } from './news.ts'

const scored = score(planFor(packWith({})), ask())
if (!scored) throw new Error('there is a sheet')
const quarter = { from: '2026-01-01', until: '2026-03-31' }
const red = (since: string) => ({ key: 'L', colour: 'RED', since })
const changed = (sheet: Partial<Sheet>, before: Partial<Changed['before']> | null, more: Partial<Changed> = {}) => ({
  ...{ id: 'sheet', version: 2, publishedOn: '2026-04-02', sheet: { ...scored, score: 100, grade: 'GOOD', ...sheet } },
  ...{ before: before && { orgId: 'o', score: 100, grade: 'GOOD', lights: [], ...before }, ...more },
})

describe('S0-21 what was published and is another one now', () => {
  test.each([
    ['the same score for other facts', changed({}, {}), false],
    ['another score', changed({}, { score: 99 }), true],
    ['another grade', changed({}, { grade: 'FAIR' }), true],
    ['a score that nobody has read', changed({}, { score: 99 }, { publishedOn: null }), false],
    ['a first one', changed({}, null), false],
  ])('S0-21 %s', (_, one, wanted) => {
    expect(isCorrected(one)).toBe(wanted)
  })
})

describe('S1-15 S2-16 a light that has come on', () => {
  const on = (today: string, ...all: Changed[]) =>
    lightNews(all, quarter, today).map(({ about, since }) => [about, since])

  test.each([
    ['off before', { lights: [] }, [['MEMBERS', '2026-02-01']]],
    ['on before', { lights: [red('2026-02-01')] }, []],
    ['of a time that began this month', null, [['MEMBERS', '2026-02-01']]],
  ])('S1-15 %s', (_, before, wanted) => {
    expect(on('2026-02-10', changed({ lights: [red('2026-02-01')] }, before))).toEqual(wanted)
  })

  test('S1-15 what has been on for longer is not told of anew with each new sheet', () => {
    expect(on('2026-02-10', changed({ lights: [red('2026-01-31')] }, null))).toEqual([])
  })

  test.each([
    ['2025-12-31', []],
    ['2026-01-01', [['MEMBERS', '2026-02-01']]],
    ['2026-03-31', [['MEMBERS', '2026-02-01']]],
    ['2026-04-01', []],
  ])('S1-15 only of the time that goes on: %s', (today, wanted) => {
    expect(on(today, changed({ lights: [red('2026-02-01')] }, { lights: [] }))).toEqual(wanted)
  })

  test('S2-16 of a branch’s members it is said once that there are some, and not who', () => {
    const lit = (subjectId: string, colour: string) =>
      changed({ subjectId, lights: [{ ...red('2026-02-01'), colour }] }, { lights: [] })
    const own = changed({ subjectType: 'ORGANISATION', subjectId: scored.orgId, lights: [red('2026-02-01')] }, {})
    expect(lightNews([lit('a', 'YELLOW'), lit('b', 'GREY'), own], quarter, '2026-02-10')).toEqual([
      { orgId: scored.orgId, about: 'MEMBERS', since: '2026-02-01', colours: ['GREY', 'YELLOW'] },
      { orgId: scored.orgId, about: 'ORGANISATION', since: '2026-02-01', colours: ['RED'] },
    ])
  })
})
