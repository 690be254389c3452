import { describe, expect, test } from '@jest/globals'
import { indicatorsOf, indicatorsOfPerson } from './indicator.ts'

const empty = {
  applicants: 0,
  activists: 0,
  candidates: 0,
  probationary: 0,
  fullMembers: 0,
  owingDues: 0,
  duesComplete: 0,
}
const shareOf = (owingDues: number, duesComplete: number) =>
  indicatorsOf({ ...empty, owingDues, duesComplete }).find(({ key }) => key === 'DUES_DATA_COMPLETE')

describe('indicators', () => {
  test.each([
    [0, 0, null],
    [3, 0, 0],
    [4, 3, 0.75],
    [4, 4, 1],
  ])('S0-21 a share says of how many it is: %s owing, %s complete gives %s', (owing, complete, value) => {
    expect(shareOf(owing, complete)).toEqual({ key: 'DUES_DATA_COMPLETE', value, counted: complete, outOf: owing })
  })

  test('S1-14 counts people by kind', () => {
    const counts = indicatorsOf({
      ...empty,
      applicants: 1,
      activists: 2,
      candidates: 3,
      probationary: 4,
      fullMembers: 5,
    })
    expect(Object.fromEntries(counts.map(({ key, value }) => [key, value]))).toMatchObject({
      APPLICANTS: 1,
      ACTIVISTS: 2,
      CANDIDATES: 3,
      PROBATIONARY_MEMBERS: 4,
      FULL_MEMBERS: 5,
    })
  })

  test('S0-21 a person who owes no dues has no share in the dues data', () => {
    expect(indicatorsOfPerson({ owesDues: false, duesComplete: true })[0]?.value).toBeNull()
    expect(indicatorsOfPerson({ owesDues: true, duesComplete: false })[0]?.value).toBe(0)
    expect(indicatorsOfPerson({ owesDues: true, duesComplete: true })[0]?.value).toBe(1)
  })
})
