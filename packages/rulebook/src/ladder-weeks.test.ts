import { describe, expect, test } from '@jest/globals'
import { addDays } from './calendar.ts'
import type { DeadlineRule } from './deadline.ts'
import { deadlineRules } from './deadline.ts'
import { caseLadders, type Ladder, type Rung } from './ladder.ts'
import { currentPoint, dateKey, ladderOf, nextPoint, overdueRepetitionsAtMost, planByWeeks } from './ladder-weeks.ts'

const dueOn = '2027-05-21'
const watched = (rule: DeadlineRule, nature: 'LATEST' | 'EARLIEST' = 'LATEST') => ({ rule, dueOn, nature })

describe('S0-38 a ladder whose last rung comes back every week', () => {
  test.each<[string, [Rung, number] | null, [Rung, number, string] | null]>([
    ['2026-11-20', null, ['HALF_YEAR_AHEAD', 0, '2026-11-21']],
    ['2026-11-21', ['HALF_YEAR_AHEAD', 0], ['QUARTER_AHEAD', 0, '2027-02-21']],
    ['2027-04-21', ['MONTH_AHEAD', 0], ['WEEK_AHEAD', 0, '2027-05-14']],
    ['2027-05-13', ['MONTH_AHEAD', 0], ['WEEK_AHEAD', 0, '2027-05-14']],
    ['2027-05-14', ['WEEK_AHEAD', 0], ['OVERDUE', 0, '2027-05-22']],
    ['2027-05-21', ['WEEK_AHEAD', 0], ['OVERDUE', 0, '2027-05-22']],
    ['2027-05-22', ['OVERDUE', 0], ['OVERDUE', 1, '2027-05-29']],
    ['2027-05-28', ['OVERDUE', 0], ['OVERDUE', 1, '2027-05-29']],
    ['2027-05-29', ['OVERDUE', 1], ['OVERDUE', 2, '2027-06-05']],
    ['2028-05-19', ['OVERDUE', 51], ['OVERDUE', 52, '2028-05-20']],
    ['2028-05-20', ['OVERDUE', 52], null],
    ['2040-01-01', ['OVERDUE', 52], null],
  ])('S0-38 on %s the end of probation on 2027-05-21 stands on %j, and next comes %j', (today, current, next) => {
    const ladder = caseLadders.PROBATION_ENDS
    const point = currentPoint(dueOn, today, ladder)
    expect(point && [point.rung, point.week]).toEqual(current)
    const following = nextPoint(dueOn, today, ladder)
    expect(following && [following.rung, following.week, following.on]).toEqual(next)
  })

  test('S0-38 a date from which something is allowed is reached, and never overdue, whatever a county has set', () => {
    const ladders = { ACTIVIST_ONE_YEAR: ['MONTH_AHEAD', 'REACHED', 'OVERDUE'] as Ladder }
    expect(ladderOf(watched('ACTIVIST_ONE_YEAR', 'EARLIEST'), ladders)).toEqual(['MONTH_AHEAD', 'REACHED'])
    expect(ladderOf(watched('ACTIVIST_ONE_YEAR', 'LATEST'), ladders)).toEqual(['MONTH_AHEAD', 'REACHED', 'OVERDUE'])
    expect(ladderOf(watched('OATH'), ladders)).toEqual([])
  })

  test.each(deadlineRules)('S0-38 %s has a ladder that time can climb: no rung comes before the one below it', rule => {
    const ladder = caseLadders[rule]
    expect(ladder.length).toBeGreaterThan(0)
    const falling: string[] = []
    for (let today = '2026-01-01', before = -1; today < '2027-07-01'; today = addDays(today, 1)) {
      const place = ladder.indexOf(currentPoint(dueOn, today, ladder)?.rung as Rung)
      if (place < before) falling.push(today)
      before = place
    }
    expect(falling).toEqual([])
  })
})

describe('S0-38 the plan of reminders that come back', () => {
  test.each<[string, string, string | undefined, [Rung, number][], string | null]>([
    ['the day before a week ahead', '2027-05-13', undefined, [], '2027-05-14'],
    ['a week ahead', '2027-05-14', undefined, [['WEEK_AHEAD', 0]], '2027-05-22'],
    ['a week ahead, reminded', '2027-05-14', '2027-05-14', [], '2027-05-22'],
    ['on the due day', '2027-05-21', '2027-05-14', [], '2027-05-22'],
    ['the day after', '2027-05-22', '2027-05-14', [['OVERDUE', 0]], '2027-05-29'],
    ['six days later', '2027-05-28', '2027-05-22', [], '2027-05-29'],
    ['seven days later', '2027-05-29', '2027-05-22', [['OVERDUE', 1]], '2027-06-05'],
    ['months later and never reminded: once', '2027-08-01', undefined, [['OVERDUE', 10]], '2027-08-07'],
    ['after the last repetition', '2030-01-01', '2028-05-20', [], null],
  ])('S0-38 %s', (_, today, upTo, remindNow, nextOn) => {
    const oath = watched('OATH')
    const found = planByWeeks([oath], today, upTo ? { [dateKey(oath)]: upTo } : {}, caseLadders)
    expect(found.remindNow.map(({ rung, week }) => [rung, week])).toEqual(remindNow)
    expect(found.nextOn).toBe(nextOn)
  })

  test('S0-38 a rung that a county takes out later is not reminded of when time stands behind it', () => {
    const oath = watched('PROBATION_ENDS')
    const upTo = { [dateKey(oath)]: '2027-04-21' }
    const shorter = { PROBATION_ENDS: ['QUARTER_AHEAD', 'OVERDUE'] as Ladder }
    expect(planByWeeks([oath], '2027-04-25', upTo, shorter).remindNow).toEqual([])
  })

  test.each(deadlineRules)(
    'S0-38 lived through day by day, %s reminds of each point once and only on planned days',
    rule => {
      const date = watched(rule, rule === 'ACTIVIST_ONE_YEAR' || rule === 'NOTICE_ENDS' ? 'EARLIEST' : 'LATEST')
      let upTo: Record<string, string> = {}
      let expectedOn: string | null = null
      const points: string[] = []
      const unplanned: string[] = []
      for (let today = '2026-01-01'; today < '2029-01-01'; today = addDays(today, 1)) {
        const { remindNow, nextOn } = planByWeeks([date], today, upTo, caseLadders)
        if (expectedOn !== null && remindNow.length > 0 !== (today === expectedOn)) unplanned.push(today)
        for (const { rung, week, on } of remindNow) {
          points.push(`${rung}/${week}`)
          upTo = { ...upTo, [dateKey(date)]: on }
        }
        expectedOn = nextOn ?? '9999-12-31'
      }
      expect(unplanned).toEqual([])
      const ladder = ladderOf(date, caseLadders)
      const repeated = ladder.at(-1) === 'OVERDUE' ? overdueRepetitionsAtMost : 0
      expect(points).toEqual([
        ...ladder.map(rung => `${rung}/0`),
        ...Array.from({ length: repeated }, (_, n) => `OVERDUE/${n + 1}`),
      ])
    },
  )
})
