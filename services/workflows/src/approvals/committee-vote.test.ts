import { describe, expect, test } from '@jest/globals'
import type { ApprovalKind } from '@linghang/rulebook'
import type { Approval, Outcome } from './approval.ts'
import { type CommitteeMeeting, committeeFaultOf } from './committee-vote.ts'

const asked = (kind: ApprovalKind, inMeeting = false): Approval => ({
  ...{ id: 'approval', countyId: 'county', orgId: 'branch', deciderOrgId: 'committee', kind, role: 'SECRETARY' },
  ...{ subjectType: 'DevelopmentCase', subjectId: 'case', memberId: 'person', state: 'OPEN', requestedBy: null },
  ...{ recusedMemberIds: [], requestedOn: '2024-05-10', dueOn: '2024-08-01', hardLimitOn: null, article: '' },
  ...{
    source: '',
    certainty: 'VERIFIED',
    ladder: null,
    inMeeting,
    round: 1,
    version: 1,
    revision: 0,
    announcedOn: '2024-05-10',
  },
  ...{ decidedOn: null, decidedBy: null },
})
type Vote = { matter?: string; about?: string; due?: number; present?: number; inFavour?: number; ballots?: false }
const meeting = (vote: Vote = {}, more: Partial<CommitteeMeeting> = {}): CommitteeMeeting => {
  const { matter = 'ADMISSION', about = 'person', due = 7, present = 5, inFavour = 5 } = vote
  const ballots = { due, present, inFavour, against: present - inFavour, abstained: 0 }
  const carried = present * 2 > due && inFavour * 2 > due
  const counted = vote.ballots === false ? null : { ...ballots, writtenInFavour: 0, writtenAgainst: 0 }
  return {
    ...{ orgId: 'committee', heldOn: '2024-05-20' },
    resolutions: [{ matter, memberId: about, ballots: counted, carried }],
    ...more,
  }
}
const codeOf = (kind: ApprovalKind, outcome: Outcome, held: CommitteeMeeting | null | undefined) =>
  committeeFaultOf(asked(kind), { outcome, decidedOn: '2024-05-25', reason: null }, held)?.code ?? null

describe('1.1/17 细则 2014 art. 25: the committee discusses and votes on an admission, one by one', () => {
  test.each<[string, ApprovalKind, Outcome, CommitteeMeeting | null | undefined, string | null]>([
    ['an admission without a meeting', 'ADMISSION', 'APPROVED', null, 'COMMITTEE_MEETING_WANTED'],
    ['an admission with its meeting', 'ADMISSION', 'APPROVED', meeting(), null],
    ['an admission refused without a meeting', 'ADMISSION', 'REFUSED', null, 'COMMITTEE_MEETING_WANTED'],
    ['an admission returned without a meeting', 'ADMISSION', 'RETURNED', null, null],
    ['a conversion without a meeting (art. 34)', 'CONVERSION', 'APPROVED', null, 'COMMITTEE_MEETING_WANTED'],
    ['a conversion with its meeting', 'CONVERSION', 'APPROVED', meeting({ matter: 'CONVERSION' }), null],
    ['a cancellation with its meeting', 'CONVERSION', 'APPROVED', meeting({ matter: 'CANCELLATION' }), null],
    ['a filing without a meeting', 'CANDIDATE_FILING', 'APPROVED', null, null],
    ['a filing with one', 'CANDIDATE_FILING', 'APPROVED', meeting(), 'COMMITTEE_MEETING_NOT_FOR_KIND'],
    ['a pre-review without a meeting', 'PRE_REVIEW', 'APPROVED', null, null],
    ['a pre-review with one (art. 19)', 'PRE_REVIEW', 'APPROVED', meeting({ matter: 'EXAMINATION' }), null],
    ['a meeting not heard of', 'ADMISSION', 'APPROVED', undefined, 'COMMITTEE_MEETING_UNKNOWN'],
    ['another committee’s', 'ADMISSION', 'APPROVED', meeting({}, { orgId: 'b' }), 'COMMITTEE_MEETING_UNKNOWN'],
    ['a vote on somebody else', 'ADMISSION', 'APPROVED', meeting({ about: 'b' }), 'COMMITTEE_RESOLUTION_MISSING'],
    ['another matter', 'ADMISSION', 'APPROVED', meeting({ matter: 'CONVERSION' }), 'COMMITTEE_RESOLUTION_MISSING'],
    ['no vote', 'ADMISSION', 'APPROVED', meeting({ ballots: false }), 'COMMITTEE_RESOLUTION_MISSING'],
    ['3 of 7 in favour', 'ADMISSION', 'APPROVED', meeting({ inFavour: 3 }), 'COMMITTEE_VOTE_DIFFERS'],
    ['4 of 7 in favour', 'ADMISSION', 'APPROVED', meeting({ inFavour: 4 }), null],
    ['refused with 3 of 7 in favour', 'ADMISSION', 'REFUSED', meeting({ inFavour: 3 }), null],
    ['refused with 4 of 7 in favour', 'ADMISSION', 'REFUSED', meeting({ inFavour: 4 }), 'COMMITTEE_VOTE_DIFFERS'],
    [
      'refused by 3 present of 7',
      'ADMISSION',
      'REFUSED',
      meeting({ present: 3, inFavour: 0 }),
      'COMMITTEE_VOTE_DIFFERS',
    ],
    ['refused by 4 present of 7', 'ADMISSION', 'REFUSED', meeting({ present: 4, inFavour: 0 }), null],
  ])('1.1/17 %s', (_, kind, outcome, held, code) => {
    expect(codeOf(kind, outcome, held)).toBe(code)
  })

  test.each<[string, string | null, string]>([
    ['2024-05-09', 'COMMITTEE_MEETING_DATE_REFUSED', 'the day before the request'],
    ['2024-05-10', null, 'the day of the request'],
    ['2024-05-25', null, 'the day of the decision'],
    ['2024-05-26', 'COMMITTEE_MEETING_DATE_REFUSED', 'the day after the decision'],
  ])('1.1/17 a committee that met on %s: %s, %s', (heldOn, code) => {
    expect(codeOf('ADMISSION', 'APPROVED', meeting({}, { heldOn }))).toBe(code)
  })
})

describe('1.1/13 a county has its committees meet for the pre-review too', () => {
  test.each<[string, ApprovalKind, boolean, CommitteeMeeting | null, string | null]>([
    ['where the county says so, a pre-review without a meeting', 'PRE_REVIEW', true, null, 'COMMITTEE_MEETING_WANTED'],
    ['where the county says so, one with it', 'PRE_REVIEW', true, meeting({ matter: 'EXAMINATION' }), null],
    ['where it does not, one without', 'PRE_REVIEW', false, null, null],
  ])('1.1/13 %s', (_, kind, inMeeting, held, code) => {
    const decision = { outcome: 'APPROVED' as const, decidedOn: '2024-05-25', reason: null }
    expect(committeeFaultOf(asked(kind, inMeeting), decision, held)?.code ?? null).toBe(code)
  })
})
