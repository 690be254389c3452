import { describe, expect, test } from '@jest/globals'
import { averageOf, boundsOf, isAddressed, listOf } from './place.ts'

const fifty = { redSize: 50, blackSize: 50 }

describe('S3-27 red and black', () => {
  test.each([
    [650, 50, 'RED'],
    [650, 51, null],
    [650, 600, null],
    [650, 601, 'BLACK'],
    [650, 650, 'BLACK'],
    [100, 50, 'RED'],
    [100, 51, 'BLACK'],
    [61, 30, 'RED'],
    [61, 31, null],
    [61, 32, 'BLACK'],
    [5, 2, 'RED'],
    [5, 3, null],
    [5, 4, 'BLACK'],
    [4, 1, null],
    [4, 4, null],
    [1, 1, null],
  ] as const)('S3-27 of %i branches rank %i is on %s', (peers, rank, expected) => {
    expect(listOf(rank, boundsOf(peers, fifty))).toBe(expected)
  })

  test('S3-27 where all have the same points nobody is on the black list', () => {
    expect(listOf(1, boundsOf(650, fifty))).toBe('RED')
  })

  test.each([
    [3, 3, 'RED'],
    [3, 4, null],
    [3, 15, null],
    [3, 16, 'BLACK'],
  ] as const)('S3-27 the county decides how many: %i red, rank %i of 20 is on %s', (redSize, rank, expected) => {
    expect(listOf(rank, boundsOf(20, { redSize, blackSize: 5 }))).toBe(expected)
  })

  test('S1-3 a board without lists shows every rank', () => {
    const bounds = boundsOf(3, { redSize: null, blackSize: null })
    expect([1, 2, 3].map(rank => listOf(rank, bounds))).toEqual(['RED', 'RED', 'RED'])
  })
})

test.each([
  [5, 7_000],
  [4, null],
])('B8 an average of %i peers is %s', (peers, expected) => {
  expect(averageOf({ peers, score: 7_000 })).toBe(expected)
})

test.each([
  ['OFFICES', true, true, false, true],
  ['OFFICES', true, false, true, false],
  ['OWN_BRANCH', true, false, true, true],
  ['OWN_BRANCH', true, false, false, false],
  ['COUNTY', true, false, true, true],
  ['COUNTY', true, true, false, true],
  ['COUNTY', true, false, false, false],
  ['COUNTY', false, true, true, false],
] as const)(
  'R3 a board for %s is for a person (%s) with an office (%s) or of the register (%s): %s',
  (audience, isPerson, holdsOffice, belongs, expected) => {
    expect(isAddressed(audience, { isPerson, holdsOffice, belongs })).toBe(expected)
  },
)
