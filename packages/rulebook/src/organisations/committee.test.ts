import { describe, expect, test } from '@jest/globals'
import {
  committeePosts,
  electsOwnCommittee,
  excludesPost,
  hasPost,
  isSinglePost,
  mayComeFromOutside,
  officeOfPost,
} from './committee.ts'

describe('S0-12 who sits in a committee', () => {
  test.each([
    ['BRANCH', 6, ['SECRETARY', 'DEPUTY_SECRETARY', 'FIRST_SECRETARY']],
    ['BRANCH', 7, [...committeePosts]],
    ['TEMPORARY_BRANCH', 0, [...committeePosts]],
    ['GENERAL_BRANCH', 0, [...committeePosts]],
  ])('S0-12 %s of %i full members has these posts', (kind, fullMembers, posts) => {
    expect(committeePosts.filter(post => hasPost(kind, fullMembers, post))).toEqual(posts)
  })

  test('S0-12 one secretary and one first secretary everywhere, one deputy in a branch, several above', () => {
    const single = (kind: string) => committeePosts.filter(post => isSinglePost(kind, post))
    expect(single('BRANCH')).toEqual(['SECRETARY', 'DEPUTY_SECRETARY', 'FIRST_SECRETARY'])
    expect(single('COMMITTEE')).toEqual(['SECRETARY', 'FIRST_SECRETARY'])
  })

  test.each([
    ['SECRETARY', 'DEPUTY_SECRETARY', true],
    ['SECRETARY', 'FIRST_SECRETARY', true],
    ['DISCIPLINE', 'DISCIPLINE', true],
    ['DEPUTY_SECRETARY', 'ORGANISATION', false],
    ['ORGANISATION', 'PUBLICITY', false],
  ] as const)('S0-12 whether who is %s cannot be %s as well: %s', (held, wanted, excluded) => {
    expect(excludesPost(held, wanted)).toBe(excluded)
  })

  test('S0-12 a temporary branch elects nobody, every other organisation does', () => {
    expect(['TEMPORARY_BRANCH', 'BRANCH', 'JOINT_BRANCH'].map(electsOwnCommittee)).toEqual([false, true, true])
  })

  test.each([
    ['BRANCH', 'ELECTED', false],
    ['BRANCH', 'COOPTED', false],
    ['BRANCH', 'APPOINTED', true],
    ['BRANCH', 'FIRST_SECRETARY', true],
    ['TEMPORARY_BRANCH', 'APPOINTED', true],
  ] as const)('S0-12 in %s whether who was %s may belong elsewhere: %s', (kind, entry, outside) => {
    expect(mayComeFromOutside(kind, entry)).toBe(outside)
  })

  test('S0-12 who leads is offered the office that keeps the register, who sees to discipline the one that looks on', () => {
    expect(committeePosts.map(officeOfPost)).toEqual([
      ...['SECRETARY', 'SECRETARY', null, null, 'DISCIPLINE_INSPECTOR', null, 'SECRETARY'],
    ])
  })
})
