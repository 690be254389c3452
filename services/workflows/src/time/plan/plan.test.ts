import { describe, expect, test } from '@jest/globals'
import { aheadMs, delaySeconds, isLate, keepOfUse, nextReminders, shownFromMs } from './plan.ts'
import type { Watch } from './watch.ts'

const at = (instant: string) => Date.parse(instant)
const watch = (more: Partial<Watch> = {}): Watch => ({
  ...{ id: 'c', subjectId: 'm', countyId: 'k', version: 1, state: 'OPEN', stage: 'PROBATION', round: 1 },
  ...{ announcedOn: null, opensAtMinute: 540, deadlines: [{ rule: 'OATH', dueOn: '2027-03-10', nature: 'LATEST' }] },
  ladders: { OATH: ['WEEK_AHEAD', 'OVERDUE'] },
  comesBack: true,
  ...more,
})
const pointsAt = (instant: string, more: Partial<Watch> = {}, upTo: Record<string, string> = {}) =>
  nextReminders(watch(more), at(instant), upTo).remindNow.map(({ rung, week }) => `${rung}/${week}`)

describe('S0-38 when reminders go out', () => {
  test.each([
    ['2027-03-03T00:59:59Z', [], 1_000],
    ['2027-03-03T01:00:00Z', ['WEEK_AHEAD/0'], 8 * 86_400_000],
    ['2027-03-11T00:59:59Z', ['WEEK_AHEAD/0'], 1_000],
    ['2027-03-11T01:00:00Z', ['OVERDUE/0'], 7 * 86_400_000],
    ['2027-03-18T01:00:00Z', ['OVERDUE/1'], 7 * 86_400_000],
  ])('S0-38 at %s it reminds of %j and sleeps %i ms', (instant, points, waitMs) => {
    expect(pointsAt(instant)).toEqual(points)
    expect(nextReminders(watch(), at(instant), {}).waitMs).toBe(waitMs)
  })

  test.each([
    ['offices have just opened', '2027-03-11T01:00:00Z', '2026-01-01T01:00:00Z', 0],
    ['it is written ahead', '2027-03-11T00:30:00Z', '2026-01-01T01:00:00Z', 0],
    ['offices have been open for a minute', '2027-03-11T01:01:00Z', '2026-01-01T01:00:00Z', 60],
    ['its date has been known for five seconds, long after its day', '2027-05-01T04:00:05Z', '2027-05-01T04:00:00Z', 5],
  ])('S0-38 where %s its delay is counted from when it could have been there', (_, instant, known, seconds) => {
    expect(delaySeconds({ rung: 'OVERDUE', dueOn: '2027-03-10' }, at(instant), at(known))).toBe(seconds)
  })

  test.each([
    ['2027-03-02', ['WEEK_AHEAD/0']],
    ['2027-03-03', []],
    ['2027-03-04', []],
  ])('S0-14 handed in on %s, the week ahead on 2027-03-03 gives %j', (announcedOn, points) => {
    expect(pointsAt('2027-03-05T01:00:00Z', { announcedOn })).toEqual(points)
  })

  test('S0-14 what was reminded of after it was handed in is not reminded of again', () => {
    expect(
      pointsAt('2027-03-05T01:00:00Z', { announcedOn: '2027-03-01' }, { 'OATH/2027-03-10': '2027-03-03' }),
    ).toEqual([])
  })

  test('S0-38 nothing due means sleeping until something changes', () => {
    expect(nextReminders(watch({ deadlines: [] }), at('2027-03-05T01:00:00Z'), {})).toEqual({
      remindNow: [],
      waitMs: null,
    })
  })

  test.each([
    ['2027-03-12T00:59:59Z', 0, false],
    ['2027-03-12T01:00:00Z', 0, true],
    ['2027-03-19T00:59:59Z', 1, false],
    ['2027-03-19T01:00:00Z', 1, true],
  ])('S0-38 at %s the reminder of week %i is late: %p', (instant, week, late) => {
    expect(isLate({ rung: 'OVERDUE', dueOn: '2027-03-10', week }, at(instant), at('2026-01-01T01:00:00Z'))).toBe(late)
  })

  test.each([
    // Known on the 20th in the afternoon, long after its day: the same day nobody is late, the next they are.
    ['2027-03-20T06:00:00Z', '2027-03-20T06:00:05Z', false],
    ['2027-03-20T06:00:00Z', '2027-03-21T00:59:59Z', false],
    ['2027-03-20T06:00:00Z', '2027-03-21T01:00:00Z', true],
    // Known on its day, or before: its own day counts.
    ['2027-03-11T06:00:00Z', '2027-03-12T00:59:59Z', false],
    ['2027-03-11T06:00:00Z', '2027-03-12T01:00:00Z', true],
  ])('S0-38 of a date known from %s a reminder at %s is late: %p', (known, instant, late) => {
    expect(isLate({ rung: 'OVERDUE', dueOn: '2027-03-10', week: 0 }, at(instant), at(known))).toBe(late)
  })

  const half = '01990000-0000-7000-8000-000080000000'
  test.each([
    ['01990000-0000-7000-8000-000000000000', 60, 6 * 60_000],
    [half, 60, 33 * 60_000],
    ['01990000-0000-7000-8000-0000ffffffff', 60, 60 * 60_000],
    [half, 0, 0],
    [half, undefined, 0],
  ])('S0-38 the case %s writes its reminders, of %p minutes, %i ms before offices open', (id, aheadMinutes, ms) => {
    expect(aheadMs({ id, ...(aheadMinutes === undefined ? {} : { aheadMinutes }) })).toBe(ms)
  })

  test.each([
    ['2027-03-03T00:26:59Z', [], 1_000],
    ['2027-03-03T00:27:00Z', ['WEEK_AHEAD/0'], 8 * 86_400_000],
  ])('S0-38 at %s a case that writes 33 minutes ahead writes %j and sleeps %i ms', (instant, points, waitMs) => {
    const more = { id: half, aheadMinutes: 60 }
    expect(pointsAt(instant, more)).toEqual(points)
    expect(nextReminders(watch(more), at(instant), {}).waitMs).toBe(waitMs)
  })

  test.each([
    ['2027-03-03T00:30:00Z', 'WEEK_AHEAD', 0, '2027-03-03T01:00:00Z'],
    ['2027-03-03T01:00:01Z', 'WEEK_AHEAD', 0, '2027-03-03T01:00:01Z'],
    ['2027-03-05T00:30:00Z', 'WEEK_AHEAD', 0, '2027-03-05T00:30:00Z'],
    ['2027-03-18T00:30:00Z', 'OVERDUE', 1, '2027-03-18T01:00:00Z'],
  ] as const)(
    'S0-38 written at %s, %s of week %i is in the inbox when offices open, or at once',
    (instant, rung, week, shownFrom) => {
      const due = { rung, dueOn: '2027-03-10', week, opensAtMinute: 540 }
      expect(shownFromMs(due, at(instant))).toBe(at(shownFrom))
    },
  )

  test('S0-38 dates that are no longer watched are forgotten', () => {
    const upTo = { 'OATH/2027-03-10': '2027-03-03', 'OATH/2027-01-01': '2027-01-02' }
    expect(keepOfUse(upTo, watch())).toEqual({ 'OATH/2027-03-10': '2027-03-03' })
  })
})
