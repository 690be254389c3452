import { describe, expect, test } from '@jest/globals'
import { electionSteps, timelineTo } from './timeline.ts'

describe('S0-12 the timeline', () => {
  test('S0-12 counts from the day of the assembly, each step with its office', () => {
    expect(timelineTo('2027-03-01').map(({ step, dueOn, office }) => `${step} ${dueOn} ${office}`)).toEqual([
      'PLAN 2026-12-31 OWN',
      'REQUEST 2027-01-15 OWN',
      'REPLY 2027-01-20 SUPERIOR',
      'NOMINATION 2027-01-25 OWN',
      'RECOMMENDATION 2027-01-30 OWN',
      'CONSULTATION 2027-02-01 OWN',
      'CANDIDATES_REQUEST 2027-02-04 OWN',
      'CANDIDATES_REPLY 2027-02-14 SUPERIOR',
      'ANNOUNCEMENT 2027-02-19 OWN',
      'SUMMONS 2027-02-22 OWN',
      'PREPARATION 2027-02-26 OWN',
      'ASSEMBLY 2027-03-01 OWN',
      'REPORT 2027-03-04 OWN',
      'RESULT_REPLY 2027-03-31 SUPERIOR',
    ])
  })

  test('S0-12 each step stands once, and each of the 37 papers belongs to one', () => {
    const steps = timelineTo('2027-03-01')
    expect(steps.map(({ step }) => step)).toEqual([...electionSteps])
    expect(steps.flatMap(({ papers }) => papers).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 37 }, (_, i) => i + 1),
    )
  })
})
