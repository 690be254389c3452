import { describe, expect, test } from '@jest/globals'
import { ask, packWith, planFor } from '../../engine/examples.ts'
import { score } from '../../engine/score.ts'
import type { Sheet } from '../../engine/sheet.ts'
import type { Changed } from '../scoring/score-touched.ts'
import { clearedNews, isCorrected, lightNews } from './news.ts'

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
  const on = (today: string, ...all: Changed[]) => lightNews(all, quarter, today).map(({ about, day }) => [about, day])

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
      { orgId: scored.orgId, about: 'MEMBERS', day: '2026-02-01', colours: ['GREY', 'YELLOW'] },
      { orgId: scored.orgId, about: 'ORGANISATION', day: '2026-02-01', colours: ['RED'] },
    ])
  })
})

describe('S1-15 S2-16 a light that is out again', () => {
  const out = (today: string, ...all: Changed[]) => clearedNews(all, quarter, today)
  const wasOn = { lights: [red('2026-02-01')] }
  const told = { orgId: scored.orgId, about: 'MEMBERS', colours: ['RED'] }

  test.each([
    ['off now', {}, wasOn, true],
    ['still on', { lights: [red('2026-02-01')] }, wasOn, false],
    ['on since another day', { lights: [red('2026-03-01')] }, wasOn, false],
    ['off before too', {}, { lights: [] }, false],
    ['of a first sheet', {}, null, false],
    ['a green one, which told of nothing amiss', {}, { lights: [{ ...red('2026-02-01'), colour: 'GREEN' }] }, false],
  ])('S1-15 %s', (_, sheet, before, wanted) => {
    const news = out('2026-03-10', changed({ lights: [], ...sheet }, before))
    expect(news).toEqual(wanted ? [{ ...told, day: '2026-03-10' }] : [])
  })

  test.each([
    ['2025-12-31', false],
    ['2026-01-01', true],
    ['2026-03-31', true],
    ['2026-04-01', true],
    ['2026-04-30', true],
    ['2026-05-01', false],
  ])(
    'S1-15 of the time that goes on, and in the month behind it, when its last month is judged: %s',
    (today, wanted) => {
      expect(out(today, changed({ lights: [] }, wasOn)).length).toBe(wanted ? 1 : 0)
    },
  )

  test('S2-16 of a branch’s members it is said once that there are fewer, and not who', () => {
    const cleared = (subjectId: string, colour: string) =>
      changed({ subjectId, lights: [] }, { lights: [{ ...red('2026-02-01'), colour }] })
    const own = changed({ subjectType: 'ORGANISATION', subjectId: scored.orgId, lights: [] }, wasOn)
    expect(out('2026-03-10', cleared('a', 'YELLOW'), cleared('b', 'GREY'), own)).toEqual([
      { ...told, day: '2026-03-10', colours: ['GREY', 'YELLOW'] },
      { ...told, about: 'ORGANISATION', day: '2026-03-10' },
    ])
  })
})
