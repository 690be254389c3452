import { describe, expect, test } from '@jest/globals'
import { candidatesFor, candidatesWanted, delegateFault, electsWithoutCommittee, seatFault } from './seats.ts'

describe('1.3 seats and candidates', () => {
  test.each([
    ['BRANCH', 2, 'TOO_FEW'],
    ['BRANCH', 3, null],
    ['BRANCH', 4, 'EVEN'],
    ['BRANCH', 7, null],
    ['BRANCH', 8, 'TOO_MANY'],
    ['JOINT_BRANCH', 7, null],
    ['JOINT_BRANCH', 8, 'TOO_MANY'],
    ['GENERAL_BRANCH', 4, 'TOO_FEW'],
    ['GENERAL_BRANCH', 5, null],
    ['GENERAL_BRANCH', 9, null],
    ['GENERAL_BRANCH', 10, 'TOO_MANY'],
    ['COMMITTEE', 4, 'TOO_FEW'],
    ['COMMITTEE', 5, null],
    ['ORGAN_COMMITTEE', 11, null],
    ['ORGAN_COMMITTEE', 12, 'TOO_MANY'],
    ['TEMPORARY_BRANCH', 3, 'TOO_MANY'],
    ['WORK_COMMITTEE', 5, 'TOO_MANY'],
  ])('1.3 a committee of a %s with %i seats: %s', (kind, seats, fault) => {
    expect(seatFault(kind, seats)).toBe(fault)
  })

  test.each([
    [1, 2],
    [2, 3],
    [3, 4],
    [4, 5],
    [5, 6],
    [6, 8],
    [7, 9],
    [9, 11],
    [10, 12],
    [11, 14],
    [100, 120],
    [101, 122],
  ])('S0-12 %i seats want %i candidates', (seats, candidates) => {
    expect(candidatesFor(seats)).toBe(candidates)
  })

  test('S0-12 the candidates are the least whole number that is a fifth above the seats, for every size', () => {
    for (let seats = 1; seats <= 300; seats++) {
      const wanted = candidatesFor(seats)
      expect(wanted * 10).toBeGreaterThanOrEqual(seats * 12)
      expect((wanted - 1) * 10).toBeLessThan(seats * 12)
    }
  })

  test.each([
    ['BY_ELECTION', 1, true, 1],
    ['BY_ELECTION', 1, false, 2],
    ['CO_OPTION', 1, true, 1],
    ['CO_OPTION', 2, true, 3],
    ['TERM', 1, true, 2],
  ] as const)('S0-12 %s of %i, equal number consented to %s: %i candidates', (kind, seats, consent, wanted) => {
    expect(candidatesWanted(kind, seats, consent)).toBe(wanted)
  })

  test.each([
    ['BRANCH', 6, true],
    ['BRANCH', 7, false],
    ['JOINT_BRANCH', 6, true],
    ['GENERAL_BRANCH', 6, false],
  ])('1.3 a %s with %i full members elects without a committee: %s', (kind, members, without) => {
    expect(electsWithoutCommittee(kind, members)).toBe(without)
  })

  test.each([
    [99, false, 'TOO_FEW'],
    [100, false, null],
    [300, false, null],
    [301, false, 'TOO_MANY'],
    [0, true, 'TOO_FEW'],
    [1, true, null],
    [301, true, 'TOO_MANY'],
  ])('1.3 %i delegates, of fewer than five hundred: %s: %s', (delegates, scattered, fault) => {
    expect(delegateFault(delegates, scattered)).toBe(fault)
  })
})
