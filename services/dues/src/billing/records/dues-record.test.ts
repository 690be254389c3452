import { describe, expect, test } from '@jest/globals'
import type { MemberState } from '@linghang/events'
import { isComplete, owesDues, recordOf } from './dues-record.ts'

describe('dues records', () => {
  test.each([
    ['APPLICANT', null, false],
    ['ACTIVIST', null, false],
    ['CANDIDATE', null, false],
    ['PROBATIONARY', null, true],
    ['FULL', null, true],
    ['FULL', '2026-11-01', false],
  ] as const)('1.4/8 %s who left on %s owes dues: %s', (kind, leftOn, owes) => {
    expect(owesDues(kind, leftOn)).toBe(owes)
  })

  test.each([
    [null, null, false],
    [null, 500_000n, false],
    ['MONTHLY_SALARY', null, false],
    ['MONTHLY_SALARY', 0n, false],
    ['MONTHLY_SALARY', 1n, true],
    ['ANNUAL_SALARY', 0n, false],
    ['NO_FIXED_SALARY', 0n, true],
    ['RETIRED', null, false],
    ['RETIRED', 496_700n, true],
    ['FARMER', null, true],
    ['STUDENT', null, true],
  ] as const)('1.4 category %s with base %s is complete: %s', (category, baseFen, complete) => {
    expect(isComplete(category, baseFen)).toBe(complete)
  })

  test.each([
    ['PROBATIONARY', '2024-04-01', '2024-04-01'],
    ['FULL', '2024-04-01', '2024-04-01'],
    ['FULL', null, null],
    ['CANDIDATE', null, null],
  ] as const)(
    '1.4/8 党费规定 art. 8: of a %s whom the assembly of %s admitted, dues count from %s',
    (kind, joinedOn, since) => {
      const member: MemberState = {
        ...{ id: 'm', orgId: 'o', kind, joinedOn, appliedOn: null, activistSince: null, candidateSince: null },
        ...{ fullMemberSince: null, talkHeldOn: null, lastReviewOn: null, knownOn: '2024-07-01', duesCategory: null },
        ...{ duesBaseFen: null, leftOn: null, version: 1 },
      }
      expect(recordOf(member).owesSince).toBe(since)
    },
  )
})
