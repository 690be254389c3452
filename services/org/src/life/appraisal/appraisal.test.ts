import { describe, expect, test } from '@jest/globals'
import { DomainError } from '@linghang/subgraph/errors'
import type { Person } from '../meetings/meeting.ts'
import { type Graded, requireAppraisable } from './appraisal.ts'

const full: Person = { memberId: 'a', standing: 'FULL', exception: null, attendance: 'PRESENT', leaveReason: null }
const tested = (excellent: number, more: Partial<Graded> = {}): Graded => ({
  ...{ mutual: null, test: { excellent, competent: 0, basic: 0, unfit: 0 }, grade: 'COMPETENT', leftOutReason: null },
  ...more,
})
const codeOf = (person: Person | undefined, said: Graded): string | null => {
  try {
    requireAppraisable('a', person, said, 5)
    return null
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return error.code
  }
}

describe('1.5 支部工作条例 art. 18: who is given a grade, and on what', () => {
  test.each<[string, Person | undefined, Graded, string | null]>([
    ['as many ballots as came', full, tested(5), null],
    ['one ballot more', full, tested(6), 'TEST_NOT_COUNTABLE'],
    ['fewer than none', full, tested(-1), 'TEST_NOT_COUNTABLE'],
    ['a grade without a test', full, tested(0, { test: null }), 'TEST_WANTED'],
    [
      'a probationary member with a grade',
      { ...full, standing: 'PROBATIONARY' },
      tested(5),
      'GRADE_NOT_FOR_PROBATIONARY',
    ],
    ['a probationary member without', { ...full, standing: 'PROBATIONARY' }, tested(5, { grade: null }), null],
    ['left out with the reason', full, tested(0, { test: null, grade: null, leftOutReason: '长期患病' }), null],
    ['left out and graded', full, tested(5, { leftOutReason: '长期患病' }), 'GRADE_OR_REASON'],
    ['somebody whose meeting it is not', undefined, tested(5), 'NOT_APPRAISED_HERE'],
  ])('1.5 %s', (_, person, said, refused) => expect(codeOf(person, said)).toBe(refused))
})
