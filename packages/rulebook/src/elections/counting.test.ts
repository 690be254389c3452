import { describe, expect, test } from '@jest/globals'
import {
  isBallotValid,
  isVoteValid,
  leastOf,
  overHalf,
  reaches,
  type Tally,
  tallyFault,
  usualCountRules,
} from './counting.ts'
import { isConsentEnough, outcomeOf, runOffOutcome } from './outcome.ts'

const count = (over: Partial<Tally> & { yes?: number[] } = {}): Tally => {
  const { yes = [16, 15, 14, 3], ...rest } = over
  const valid = (rest.returned ?? 16) - (rest.void ?? 0)
  return {
    ...{ due: 20, present: 16, issued: 16, voting: 16, returned: 16, void: 0, writeIns: [] },
    candidates: yes.map((inFavour, i) => ({
      memberId: 'abcdefgh'[i] as string,
      inFavour,
      against: valid - inFavour,
      abstained: 0,
    })),
    ...rest,
  }
}
const { quorum } = usualCountRules
const of = (tally: Tally, seats = 3, rules = usualCountRules) => outcomeOf(tally, seats, rules, quorum)

describe('1.3 the count', () => {
  test.each([
    { due: 20, present: 15, operator: 'AT_LEAST', reached: false, least: 16 },
    { due: 20, present: 16, operator: 'AT_LEAST', reached: true, least: 16 },
    { due: 20, present: 16, operator: 'MORE_THAN', reached: false, least: 17 },
    { due: 20, present: 17, operator: 'MORE_THAN', reached: true, least: 17 },
    { due: 21, present: 16, operator: 'AT_LEAST', reached: false, least: 17 },
    { due: 21, present: 17, operator: 'AT_LEAST', reached: true, least: 17 },
    { due: 0, present: 0, operator: 'AT_LEAST', reached: false, least: Number.POSITIVE_INFINITY },
  ] as const)('1.3 four fifths $operator of $due due with $present present: $reached', row => {
    const share = { numerator: 4, denominator: 5, operator: row.operator }
    expect(reaches(row.present, row.due, share)).toBe(row.reached)
    expect(leastOf(row.due, share)).toBe(row.least)
  })

  test.each([
    { due: 20, votes: 10, passed: false },
    { due: 20, votes: 11, passed: true },
    { due: 21, votes: 10, passed: false },
    { due: 21, votes: 11, passed: true },
  ])('1.3 $votes votes of $due due are over half: $passed', ({ due, votes, passed }) => {
    expect(reaches(votes, due, overHalf)).toBe(passed)
  })

  test('1.3 due 20, present 16: eleven elect and ten do not; by those present nine do', () => {
    expect(of(count({ yes: [16, 15, 11, 3] }))).toEqual({ kind: 'FILLED', elected: ['a', 'b', 'c'] })
    expect(of(count({ yes: [16, 15, 10, 3] }))).toEqual({ kind: 'TOO_FEW', elected: ['a', 'b'], left: 1 })
    const present = { ...usualCountRules, electedBase: 'PRESENT' as const }
    expect(of(count({ yes: [16, 15, 9, 3] }), 3, present)).toEqual({ kind: 'FILLED', elected: ['a', 'b', 'c'] })
    expect(of(count({ yes: [16, 15, 8, 3] }), 3, present)).toMatchObject({ kind: 'TOO_FEW' })
  })

  test('1.3 with fewer than four fifths nothing is counted', () => {
    const few = count({ present: 15, issued: 15, voting: 15, returned: 15, yes: [15, 15, 12, 3] })
    expect(of(few)).toEqual({ kind: 'NOT_QUORATE', wanted: 16 })
  })

  test('1.3 more ballots returned than people voted: void; as many, or fewer: valid', () => {
    expect([isVoteValid(16, 16), isVoteValid(15, 16), isVoteValid(17, 16)]).toEqual([true, true, false])
    expect(of(count({ returned: 17 }))).toEqual({ kind: 'VOID', wanted: 16 })
    expect(of(count({ returned: 15, yes: [15, 14, 13, 3] }))).toMatchObject({ kind: 'FILLED' })
  })

  test('1.3 a ballot with more names than seats is void', () => {
    expect([isBallotValid(0, 3), isBallotValid(3, 3), isBallotValid(4, 3)]).toEqual([true, true, false])
  })

  test('1.3 more passed than seats: by votes; equal across the last seat: those alone again', () => {
    expect(of(count({ yes: [14, 13, 11, 10] }))).toEqual({ kind: 'FILLED', elected: ['a', 'b', 'c'] })
    expect(of(count({ yes: [15, 11, 11, 11] }))).toEqual({
      kind: 'TIED',
      elected: ['a'],
      tied: ['b', 'c', 'd'],
      left: 2,
    })
    expect(of(count({ yes: [14, 11, 11] }))).toEqual({ kind: 'FILLED', elected: ['a', 'b', 'c'] })
  })

  test('1.3 who was written in counts as a candidate does', () => {
    const written = count({ yes: [16, 15, 4, 2], writeIns: [{ memberId: 'z', inFavour: 11 }] })
    expect(tallyFault(written, 3)).toBeNull()
    expect(of(written)).toEqual({ kind: 'FILLED', elected: ['a', 'b', 'z'] })
  })

  test('1.3 among the tied more votes win, over half or not; equal again is a tie again', () => {
    expect(runOffOutcome(count({ yes: [7, 6] }), 1, quorum)).toEqual({ kind: 'FILLED', elected: ['a'] })
    expect(runOffOutcome(count({ yes: [7, 7] }), 1, quorum)).toMatchObject({ kind: 'TIED', tied: ['a', 'b'], left: 1 })
  })

  test('1.3 a seat less with the consent of over half of the voters', () => {
    expect([isConsentEnough(8, 16), isConsentEnough(9, 16), isConsentEnough(0, 0)]).toEqual([false, true, false])
  })

  test.each([
    [{ yes: [16, 15, 14, 3] }, null],
    [{ present: 21 }, 'MORE_PRESENT_THAN_DUE'],
    [{ issued: 17 }, 'MORE_ISSUED_THAN_PRESENT'],
    [{ issued: 15 }, 'MORE_VOTING_THAN_ISSUED'],
    [{ void: 17, candidates: [] }, 'MORE_VOID_THAN_RETURNED'],
    [{ yes: [-1] }, 'NOT_A_NUMBER'],
    [{ yes: [0.5] }, 'NOT_A_NUMBER'],
    [{ candidates: [{ memberId: 'a', inFavour: 10, against: 5, abstained: 0 }] }, 'NOT_EVERY_BALLOT_COUNTED'],
    [{ candidates: [{ memberId: 'a', inFavour: 10, against: 5, abstained: 1 }] }, null],
    [{ yes: [16, 16, 16, 0] }, null],
    [{ yes: [16, 16, 16, 1] }, 'MORE_CHOSEN_THAN_SEATS'],
    [{ yes: [10], writeIns: [{ memberId: 'z', inFavour: 6 }] }, null],
    [{ yes: [10], writeIns: [{ memberId: 'z', inFavour: 7 }] }, 'MORE_WRITTEN_IN_THAN_AGAINST'],
    [{ yes: [0, 0], writeIns: [{ memberId: 'z', inFavour: 17 }] }, 'NOT_EVERY_BALLOT_COUNTED'],
    [{ yes: [10], writeIns: [{ memberId: 'a', inFavour: 1 }] }, 'NAMED_TWICE'],
  ] as [Parameters<typeof count>[0], string | null][])('S0-12 a count with %j: %s', (over, fault) => {
    expect(tallyFault(count(over), 3)?.fault ?? null).toBe(fault)
  })
})
