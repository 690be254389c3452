import { describe, expect, test } from '@jest/globals'
import { reaches } from './counting.ts'
import { plenaryQuorums, type StepDays, stepDayFault } from './rules.ts'
import { timelineTo } from './timeline.ts'

describe('S0-12 what a county may have otherwise in elections', () => {
  test.each<[string, StepDays, ReturnType<typeof stepDayFault>]>([
    ['nothing', {}, null],
    ['a plan ninety days ahead', { PLAN: -90 }, null],
    ['a plan a year ahead', { PLAN: -365 }, null],
    ['longer than a year ahead', { PLAN: -366 }, { step: 'PLAN', found: -366, from: -365, until: 0 }],
    ['the request on the day of the plan', { REQUEST: -60 }, null],
    ['the request before the plan', { REQUEST: -61 }, { step: 'REQUEST', found: -61, from: -60, until: 0 }],
    ['half a day', { REQUEST: -45.5 }, { step: 'REQUEST', found: -45.5, from: -60, until: 0 }],
    ['a notice of seven days', { ANNOUNCEMENT: -7 }, null],
    ['a notice of six days', { ANNOUNCEMENT: -6 }, { step: 'ANNOUNCEMENT', found: -6, from: -15, until: -7 }],
    ['an assembly on another day', { ASSEMBLY: 1 }, { step: 'ASSEMBLY', found: 1, from: 0, until: 0 }],
    ['a report on the day itself', { REPORT: 0 }, null],
    ['a report before the day', { REPORT: -1 }, { step: 'REPORT', found: -1, from: 0, until: 90 }],
    ['a reply after ninety days', { RESULT_REPLY: 90 }, null],
    ['a reply after ninety-one', { RESULT_REPLY: 91 }, { step: 'RESULT_REPLY', found: 91, from: 3, until: 90 }],
  ])('S0-12 %s', (_, days, fault) => expect(stepDayFault(days)).toEqual(fault))

  test('S0-12 a county’s own days stand in the timeline, the others as practice has them', () => {
    const due = Object.fromEntries(timelineTo('2027-03-01', { PLAN: -90 }).map(({ step, dueOn }) => [step, dueOn]))
    expect(due).toMatchObject({ PLAN: '2026-12-01', REQUEST: '2027-01-15', ASSEMBLY: '2027-03-01' })
  })

  test.each<[keyof typeof plenaryQuorums, number, number, boolean]>([
    ['FOUR_FIFTHS', 4, 5, true],
    ['FOUR_FIFTHS', 3, 5, false],
    ['TWO_THIRDS', 4, 5, true],
    ['TWO_THIRDS', 6, 9, true],
    ['TWO_THIRDS', 5, 9, false],
  ])('S0-12 the first plenary by %s: %d of %d', (quorum, present, due, is) =>
    expect(reaches(present, due, plenaryQuorums[quorum])).toBe(is),
  )
})
