import { describe, expect, test } from '@jest/globals'
import { quorumOf } from '../life/matters.ts'
import { type Ballots, ballotFaults, countVote } from './votes.ts'

/** 应到 due, 实到 present, then in favour, against, abstained, and in writing in favour, against. */
const ballots = (
  due: number,
  present: number,
  [inFavour, against, abstained]: [number, number, number],
  [writtenInFavour, writtenAgainst]: [number, number] = [0, 0],
): Ballots => ({ due, present, inFavour, against, abstained, writtenInFavour, writtenAgainst })

describe('1.1/15 the vote of an assembly', () => {
  test.each([
    { due: 20, present: 12, yes: 10, carried: false, why: 'half of those due is not over half' },
    { due: 20, present: 12, yes: 11, carried: true, why: 'over half of those due' },
    { due: 21, present: 12, yes: 10, carried: false, why: 'half of an odd number is rounded down, then one more' },
    { due: 21, present: 12, yes: 11, carried: true, why: 'eleven of twenty-one' },
    { due: 20, present: 11, yes: 11, carried: true, why: 'all who came' },
    { due: 1, present: 1, yes: 1, carried: true, why: 'one of one' },
    { due: 2, present: 2, yes: 1, carried: false, why: 'one of two' },
    { due: 3, present: 2, yes: 2, carried: true, why: 'two of three' },
  ])('1.1/15 due $due, present $present, in favour $yes: carried $carried, $why', ({ due, present, yes, carried }) => {
    const counted = ballots(due, present, [yes, present - yes, 0])
    expect(ballotFaults(counted)).toEqual([])
    expect(countVote(counted)).toMatchObject({ quorate: true, carried })
  })

  test.each([
    { due: 20, present: 10, quorate: false },
    { due: 20, present: 11, quorate: true },
    { due: 21, present: 10, quorate: false },
    { due: 21, present: 11, quorate: true },
    { due: 3, present: 1, quorate: false },
    { due: 3, present: 2, quorate: true },
    { due: 0, present: 0, quorate: false },
  ])('1.1/15 due $due, present $present: valid $quorate', ({ due, present, quorate }) => {
    expect(countVote(ballots(due, present, [present, 0, 0])).quorate).toBe(quorate)
  })

  test.each([
    { matter: 'ADMISSION', at: 'BRANCH_ASSEMBLY', due: 20, present: 10, quorate: false, article: '第二十条' },
    { matter: 'ADMISSION', at: 'BRANCH_ASSEMBLY', due: 20, present: 11, quorate: true, article: '第二十条' },
    { matter: 'CONVERSION', at: 'BRANCH_ASSEMBLY', due: 4, present: 2, quorate: false, article: '第二十条' },
    { matter: 'CANCELLATION', at: 'BRANCH_ASSEMBLY', due: 4, present: 3, quorate: true, article: '第二十条' },
    { matter: 'ADMISSION', at: 'COMMITTEE', due: 4, present: 2, quorate: false, article: '第二十条' },
    { matter: 'ACTIVIST', at: 'BRANCH_ASSEMBLY', due: 20, present: 9, quorate: false, article: '第十一条' },
    { matter: 'OTHER', at: 'BRANCH_ASSEMBLY', due: 20, present: 10, quorate: true, article: '第十一条' },
    { matter: 'OTHER', at: 'BRANCH_ASSEMBLY', due: 21, present: 10, quorate: false, article: '第十一条' },
    { matter: 'ACTIVIST', at: 'BRANCH_COMMITTEE', due: 4, present: 1, quorate: false, article: '第十二条' },
    { matter: 'ACTIVIST', at: 'BRANCH_COMMITTEE', due: 4, present: 2, quorate: true, article: '第十二条' },
    { matter: 'OTHER', at: 'COMMITTEE', due: 5, present: 2, quorate: false, article: '第十二条' },
    { matter: 'OTHER', at: 'COMMITTEE', due: 0, present: 0, quorate: false, article: '第十二条' },
  ])('1.5 $matter at a $at, $article: due $due, present $present: valid $quorate', row => {
    const { quorum, citation } = quorumOf(row.matter, row.at)
    expect(citation.article).toBe(row.article)
    expect(countVote(ballots(row.due, row.present, [row.present, 0, 0]), quorum).quorate).toBe(row.quorate)
  })

  test('1.5 half came and all of them are in favour: valid, and not carried by over half of those due', () => {
    expect(countVote(ballots(4, 2, [2, 0, 0]), 'HALF')).toMatchObject({ quorate: true, carried: false, needed: 3 })
  })

  test('1.1/15 without a quorum nothing is carried, however many opinions came in writing', () => {
    expect(countVote(ballots(20, 10, [10, 0, 0], [10, 0]))).toEqual({
      quorate: false,
      carried: false,
      inFavour: 20,
      needed: 11,
    })
  })

  test.each([
    { yes: 9, written: 1, carried: false },
    { yes: 9, written: 2, carried: true },
    { yes: 10, written: 1, carried: true },
    { yes: 11, written: 0, carried: true },
  ])(
    '1.1/15 of 20 due, $yes in favour on the spot and $written in writing: carried $carried',
    ({ yes, written, carried }) => {
      const counted = ballots(20, 12, [yes, 12 - yes, 0], [written, 0])
      expect(countVote(counted)).toMatchObject({ carried, inFavour: yes + written, needed: 11 })
    },
  )

  test('1.1/15 abstentions and opinions against count for nobody', () => {
    expect(countVote(ballots(20, 15, [10, 0, 5], [0, 5]))).toMatchObject({
      quorate: true,
      carried: false,
      inFavour: 10,
    })
  })
})

describe('1.1/15 ballots that do not add up', () => {
  const faults = (counted: Ballots) => ballotFaults(counted).map(({ code, found, wanted }) => [code, found, wanted])

  test.each([
    { what: 'as many ballots as voters', counted: ballots(20, 12, [11, 1, 0]) },
    { what: 'a voter who handed in no ballot', counted: ballots(20, 12, [11, 0, 0]) },
    { what: 'everybody came', counted: ballots(20, 20, [20, 0, 0]) },
    { what: 'every absent voter wrote', counted: ballots(20, 12, [12, 0, 0], [5, 3]) },
  ])('1.1/15 lets pass: $what', ({ counted }) => {
    expect(faults(counted)).toEqual([])
  })

  test.each([
    {
      what: 'one ballot more than voters',
      counted: ballots(20, 12, [11, 1, 1]),
      wanted: [['MORE_BALLOTS_THAN_VOTERS', 13, 12]],
    },
    {
      what: 'one voter more than were due',
      counted: ballots(20, 21, [21, 0, 0]),
      wanted: [['MORE_PRESENT_THAN_DUE', 21, 20]],
    },
    {
      what: 'one opinion more than absent voters',
      counted: ballots(20, 12, [12, 0, 0], [6, 3]),
      wanted: [['MORE_OPINIONS_THAN_ABSENT', 9, 8]],
    },
    {
      what: 'an opinion although everybody came',
      counted: ballots(20, 20, [20, 0, 0], [0, 1]),
      wanted: [['MORE_OPINIONS_THAN_ABSENT', 1, 0]],
    },
    { what: 'fewer than none', counted: ballots(20, 12, [12, -1, 0]), wanted: [['BALLOTS_NOT_COUNTABLE', -1, '>= 0']] },
    { what: 'half a ballot', counted: ballots(20, 12, [1.5, 0, 0]), wanted: [['BALLOTS_NOT_COUNTABLE', 1.5, '>= 0']] },
    {
      what: 'two faults at once',
      counted: ballots(20, 12, [13, 0, 0], [9, 0]),
      wanted: [
        ['MORE_BALLOTS_THAN_VOTERS', 13, 12],
        ['MORE_OPINIONS_THAN_ABSENT', 9, 8],
      ],
    },
  ])('1.1/15 refuses: $what', ({ counted, wanted }) => {
    expect(faults(counted)).toEqual(wanted)
  })
})
