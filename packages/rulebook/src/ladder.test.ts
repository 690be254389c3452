import { describe, expect, test } from '@jest/globals'
import { addDays } from './calendar.ts'
import type { Deadline, DeadlineRule } from './deadline.ts'
import { currentRung, defaultLadders, nextRung, type Rung, rungDate, rungReach, rungs } from './ladder.ts'
import { dateKey, planByWeeks, type RemindedUpTo } from './ladder-weeks.ts'

const deadline = (rule: DeadlineRule, dueOn: string): Deadline => ({
  ...{ rule, dueOn, nature: rule === 'ACTIVIST_ONE_YEAR' ? 'EARLIEST' : 'LATEST', article: '', source: '' },
  ...{ certainty: 'VERIFIED', office: { role: 'SECRETARY', at: 'OWN' } },
})

describe('S0-38 the reminder ladder', () => {
  test.each(rungs)('S0-38 on any day %s is reached by the dates up to one day and by none behind it', rung => {
    for (let today = '2027-01-01'; today < '2029-01-01'; today = addDays(today, 1)) {
      const reach = rungReach(rung, today)
      expect([today, rungDate(rung, reach) <= today, rungDate(rung, addDays(reach, 1)) <= today]).toEqual([
        today,
        true,
        false,
      ])
    }
  })

  test.each<[Rung, string, string]>([
    ['YEAR_AHEAD', '2027-05-21', '2026-05-21'],
    ['HALF_YEAR_AHEAD', '2027-05-21', '2026-11-21'],
    ['QUARTER_AHEAD', '2027-05-21', '2027-02-21'],
    ['MONTH_AHEAD', '2027-05-21', '2027-04-21'],
    ['REACHED', '2027-05-21', '2027-05-21'],
    ['OVERDUE', '2027-05-21', '2027-05-22'],
    ['YEAR_AHEAD', '2028-02-29', '2027-02-28'],
    ['HALF_YEAR_AHEAD', '2027-08-31', '2027-02-28'],
    ['MONTH_AHEAD', '2028-03-31', '2028-02-29'],
    ['OVERDUE', '2026-12-31', '2027-01-01'],
  ])('S0-38 climbs %s of %p on %p', (rung, dueOn, wanted) => {
    expect(rungDate(rung, dueOn)).toBe(wanted)
  })

  test.each<[DeadlineRule, string, Rung | null, Rung | null]>([
    ['TERM_ENDS', '2026-05-20', null, 'YEAR_AHEAD'],
    ['TERM_ENDS', '2026-05-21', 'YEAR_AHEAD', 'HALF_YEAR_AHEAD'],
    ['TERM_ENDS', '2026-11-20', 'YEAR_AHEAD', 'HALF_YEAR_AHEAD'],
    ['TERM_ENDS', '2026-11-21', 'HALF_YEAR_AHEAD', 'QUARTER_AHEAD'],
    ['TERM_ENDS', '2027-02-20', 'HALF_YEAR_AHEAD', 'QUARTER_AHEAD'],
    ['TERM_ENDS', '2027-02-21', 'QUARTER_AHEAD', 'MONTH_AHEAD'],
    ['TERM_ENDS', '2027-04-21', 'MONTH_AHEAD', 'OVERDUE'],
    ['TERM_ENDS', '2027-05-21', 'MONTH_AHEAD', 'OVERDUE'],
    ['TERM_ENDS', '2027-05-22', 'OVERDUE', null],
    ['TERM_ENDS', '2030-01-01', 'OVERDUE', null],
    ['ACTIVIST_ONE_YEAR', '2026-05-21', null, 'HALF_YEAR_AHEAD'],
    ['ACTIVIST_ONE_YEAR', '2027-05-20', 'MONTH_AHEAD', 'REACHED'],
    ['ACTIVIST_ONE_YEAR', '2027-05-21', 'REACHED', null],
    ['ACTIVIST_ONE_YEAR', '2028-05-21', 'REACHED', null],
    ['PROBATION_ENDS', '2026-11-20', null, 'HALF_YEAR_AHEAD'],
    ['PROBATION_ENDS', '2026-11-21', 'HALF_YEAR_AHEAD', 'QUARTER_AHEAD'],
    ['HALF_YEARLY_REVIEW', '2027-04-20', null, 'MONTH_AHEAD'],
    ['HALF_YEARLY_REVIEW', '2027-04-21', 'MONTH_AHEAD', 'OVERDUE'],
    ['APPLICANT_TALK', '2027-04-21', 'MONTH_AHEAD', 'OVERDUE'],
    ['APPLICANT_TALK', '2027-05-22', 'OVERDUE', null],
  ])('S0-38 %s due on 2027-05-21 stands, on %p, on %s, and next comes %s', (rule, today, current, next) => {
    const ladder = defaultLadders[rule]
    expect(currentRung('2027-05-21', today, ladder)).toBe(current)
    expect(nextRung('2027-05-21', today, ladder)?.rung ?? null).toBe(next)
  })
})

describe('S0-38 the plan of reminders that do not come back', () => {
  const term = deadline('TERM_ENDS', '2027-05-21')
  const planOf = (dates: Deadline[], today: string, upTo: RemindedUpTo = {}) => {
    const { remindNow, nextOn } = planByWeeks(dates, today, upTo, defaultLadders, 0)
    return { remindNow: remindNow.map(({ rule, dueOn, rung, week }) => ({ rule, dueOn, rung, week })), nextOn }
  }
  const point = (rung: Rung, dueOn = term.dueOn) => ({ rule: 'TERM_ENDS', dueOn, rung, week: 0 })

  test('S0-38 reminds half a year before the term ends, then waits for the quarter', () => {
    expect(planOf([term], '2026-11-21')).toEqual({ remindNow: [point('HALF_YEAR_AHEAD')], nextOn: '2027-02-21' })
  })

  test('S0-38 reminds at once on the rung that is current, and not on those missed', () => {
    expect(planOf([term], '2027-05-01').remindNow).toEqual([point('MONTH_AHEAD')])
    expect(planOf([term], '2029-01-01')).toEqual({ remindNow: [point('OVERDUE')], nextOn: null })
  })

  test('S0-38 does not remind twice, but anew when the date has moved', () => {
    const upTo = { [dateKey(term)]: '2026-11-21' }
    expect(planOf([term], '2026-12-01', upTo)).toEqual({ remindNow: [], nextOn: '2027-02-21' })
    const moved = deadline('TERM_ENDS', '2027-05-31')
    expect(planOf([moved], '2026-12-01', upTo).remindNow).toEqual([point('HALF_YEAR_AHEAD', '2027-05-31')])
  })

  test('S0-38 looks again on the earliest day of several deadlines, and never when there is none', () => {
    const review = deadline('HALF_YEARLY_REVIEW', '2027-03-10')
    expect(planOf([term, review], '2026-11-22', { [dateKey(term)]: '2026-11-21' })).toEqual({
      remindNow: [],
      nextOn: '2027-02-10',
    })
    expect(planOf([], '2026-11-22')).toEqual({ remindNow: [], nextOn: null })
  })

  test.each<DeadlineRule>(['APPLICANT_TALK', 'HALF_YEARLY_REVIEW', 'ACTIVIST_ONE_YEAR', 'PROBATION_ENDS', 'TERM_ENDS'])(
    'S0-38 sends every rung of %s once when each day is lived through, and only on the days it plans',
    rule => {
      const watched = deadline(rule, '2028-02-29')
      const sent: Rung[] = []
      let upTo: RemindedUpTo = {}
      let expectedOn: string | null = null
      for (let today = '2026-12-01'; today < '2028-04-01'; today = addDays(today, 1)) {
        const { remindNow, nextOn } = planByWeeks([watched], today, upTo, defaultLadders, 0)
        if (expectedOn !== null) expect(remindNow.length > 0).toBe(today === expectedOn)
        for (const { rung, on } of remindNow) {
          sent.push(rung)
          upTo = { [dateKey(watched)]: on }
        }
        expectedOn = nextOn ?? '9999-12-31'
      }
      expect(sent).toEqual([...defaultLadders[rule]])
    },
  )
})
