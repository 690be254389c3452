import { describe, expect, test } from '@jest/globals'
import { DomainError } from '@linghang/subgraph/errors'
import { closing, type JointAnswer, jointLimits, requireParties, requireTakesPart, requireUnanswered } from './joint.ts'

const codeOf = (run: () => unknown): string | null => {
  try {
    run()
    return null
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return error.code
  }
}
const invited = (...ids: string[]) => ids.map(id => ({ id, code: id }))
const party = (answer: JointAnswer, present: number | null = null) => ({
  ...{ answer, meetingId: present === null ? null : 'm', due: present === null ? null : present + 1, present },
})
const open = { state: 'OPEN', closedOn: null, heldOn: '2026-06-20' } as const

describe('S3-11 a joint activity', () => {
  test.each<[ReturnType<typeof invited>, string | null]>([
    [[], 'JOINT_PARTIES_BOUNDED'],
    [invited('a'), null],
    [invited(...Array.from({ length: jointLimits.invited }, (_, i) => `${i}`)), null],
    [invited(...Array.from({ length: jointLimits.invited + 1 }, (_, i) => `${i}`)), 'JOINT_PARTIES_BOUNDED'],
    [invited('a', 'a'), 'JOINT_WITH_ITSELF'],
    [invited('host'), 'JOINT_WITH_ITSELF'],
  ])('S3-11 %# who may be invited: %j is refused for %s', (who, refused) =>
    expect(codeOf(() => requireParties('host', who))).toBe(refused),
  )

  test.each<[JointAnswer, string | null]>([
    ['INVITED', null],
    ['ACCEPTED', 'JOINT_ANSWER_GIVEN'],
    ['DECLINED', 'JOINT_ANSWER_GIVEN'],
  ])('S3-11 an invitation that is %s is answered: %s', (answer, refused) =>
    expect(codeOf(() => requireUnanswered({ answer }))).toBe(refused),
  )

  test.each<[JointAnswer, string | null, string | null]>([
    ['INVITED', null, 'JOINT_NOT_ACCEPTED'],
    ['DECLINED', null, 'JOINT_NOT_ACCEPTED'],
    ['ACCEPTED', null, null],
    ['ACCEPTED', 'm', 'JOINT_LIST_GIVEN'],
  ])('S3-11 one that is %s with the record %s gives its list: %s', (answer, meetingId, refused) =>
    expect(codeOf(() => requireTakesPart({ answer, meetingId }))).toBe(refused),
  )

  test.each<[string, ReturnType<typeof party>[], string | null]>([
    ['2026-06-20', [party('ACCEPTED', 3), party('ACCEPTED')], 'JOINT_LISTS_MISSING'],
    ['2026-06-21', [party('ACCEPTED', 3), party('ACCEPTED')], null],
    ['2026-06-20', [party('ACCEPTED', 3), party('ACCEPTED', 2)], null],
    // Who declined or never answered is waited for by nobody.
    ['2026-06-20', [party('ACCEPTED', 3), party('INVITED'), party('DECLINED')], null],
  ])('S3-11 on %s it is closed with %j: %s', (today, parties, refused) =>
    expect(codeOf(() => closing(open, parties, today))).toBe(refused),
  )

  test('S3-11 all are added up, and it is closed once', () => {
    const parties = [party('ACCEPTED', 3), party('ACCEPTED', 2), party('DECLINED')]
    expect(closing(open, parties, '2026-06-20')).toEqual({ due: 7, present: 5 })
    expect(codeOf(() => closing({ ...open, state: 'CLOSED' }, parties, '2026-06-20'))).toBe('JOINT_ACTIVITY_CLOSED')
  })
})
