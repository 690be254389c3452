import { describe, expect, test } from '@jest/globals'
import { DomainError } from '@linghang/subgraph/errors'
import { composeMeeting } from './compose-meeting.ts'
import type { DueException, MeetingInput, MeetingKind, MeetingMatter, Registered } from './meeting.ts'

const heldOn = '2026-06-01'
const voters = ['a', 'b', 'c', 'd', 'e']
const registered = (memberId: string): Registered => ({
  memberId,
  standing: 'FULL',
  knownOn: '2020-01-01',
  suspendedSince: null,
})
const register = [...voters.map(registered), { ...registered('person'), standing: 'NONE' as const }]

const input = (matter: MeetingMatter, more: Partial<MeetingInput> = {}): MeetingInput => ({
  ...{ heldOn, place: null, agenda: null, minutes: null, participantIds: [], exceptions: [] },
  ...{ presentIds: voters, leaves: [], absentIds: [], lateIds: [], leftEarlyIds: [], items: [] },
  resolutions: [
    {
      ...{
        matter,
        memberId: ['OTHER', 'REPORT', 'COMMENDATION'].includes(matter) ? null : 'person',
        text: '决议',
        decision: 'SECRET_BALLOT',
        opinions: [],
      },
      ballots: { due: 5, present: 5, inFavour: 5, against: 0, abstained: 0 },
    },
  ],
  ...more,
})

/** The meeting, or the code by which it is refused. */
const held = (
  organisationKind: string,
  given: MeetingInput,
  kind: MeetingKind = 'BRANCH_ASSEMBLY',
  people: Registered[] = register,
) => {
  try {
    return composeMeeting({ organisationKind, kind, input: given, register: people, before: [] }, true, () => 'id')
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return `${error.code} ${error.params.article}`
  }
}

describe('1.2 支部工作条例 art. 8: a temporary branch develops nobody and decides on nobody’s standing', () => {
  test.each<[string, MeetingMatter, string | null]>([
    ['TEMPORARY_BRANCH', 'ACTIVIST', 'TEMPORARY_BRANCH_DECIDES_NOT 第八条'],
    ['TEMPORARY_BRANCH', 'ADMISSION', 'TEMPORARY_BRANCH_DECIDES_NOT 第八条'],
    ['TEMPORARY_BRANCH', 'CANCELLATION', 'TEMPORARY_BRANCH_DECIDES_NOT 第八条'],
    ['TEMPORARY_BRANCH', 'ELECTION', 'TEMPORARY_BRANCH_DECIDES_NOT 第八条'],
    ['TEMPORARY_BRANCH', 'DISPOSAL', 'TEMPORARY_BRANCH_DECIDES_NOT 第八条'],
    ['TEMPORARY_BRANCH', 'PENALTY', 'TEMPORARY_BRANCH_DECIDES_NOT 第八条'],
    ['TEMPORARY_BRANCH', 'COMMENDATION', null],
    ['TEMPORARY_BRANCH', 'OTHER', null],
    ['BRANCH', 'ELECTION', null],
    ['BRANCH', 'DISPOSAL', null],
    ['BRANCH', 'PENALTY', null],
    ['BRANCH', 'REPORT', null],
    ['JOINT_BRANCH', 'ADMISSION', null],
    ['BRANCH', 'ADMISSION', null],
  ])('1.2 a %s on %s: %s', (organisationKind, matter, refused) => {
    const meeting = held(organisationKind, input(matter))
    expect(typeof meeting === 'string' ? meeting : null).toBe(refused)
  })
})

describe('1.5 who is left out of those due, with consent from above and the assembly’s vote', () => {
  const without = (exception: Partial<DueException>, more: Partial<MeetingInput> = {}) =>
    input('OTHER', {
      presentIds: voters.slice(1),
      exceptions: [{ memberId: 'a', reason: 'LONG_ILL', since: null, note: null, ...exception }],
      resolutions: [],
      ...more,
    })
  const consent = (on: string) => ({ by: '中共某镇委员会', on })

  test.each<[Partial<DueException>, string | null]>([
    [{}, 'EXCEPTION_WITHOUT_CONSENT 不计入应到会人数的情形'],
    [{ consent: consent('2026-06-01') }, null],
    [{ consent: consent('2026-06-02') }, 'EXCEPTION_WITHOUT_CONSENT 不计入应到会人数的情形'],
    [{ reason: 'FLOATING', consent: consent('2026-05-01') }, null],
    [{ reason: 'MEMBERSHIP_SUSPENDED', consent: consent('2026-05-01') }, null],
    [{ reason: 'DETAINED', consent: consent('2026-05-01') }, null],
    [{ reason: 'CANNOT_RETURN', consent: consent('2026-05-01') }, null],
    [{ reason: 'SECONDED', since: '2025-12-01', consent: consent('2026-05-01') }, null],
    [
      { reason: 'SECONDED', since: '2025-12-02', consent: consent('2026-05-01') },
      'EXCEPTION_TOO_SHORT 不计入应到会人数的情形',
    ],
    [{ reason: 'RIGHTS_SUSPENDED' }, null],
  ])('1.5 %j: %s', (exception, refused) => {
    const meeting = held('BRANCH', without(exception))
    expect(typeof meeting === 'string' ? meeting : null).toBe(refused)
    if (typeof meeting !== 'string') expect(meeting.due).toBe(4)
  })

  test('1.5 a committee leaves out without the assembly’s vote', () => {
    const meeting = held('BRANCH', without({}, { participantIds: voters }), 'BRANCH_COMMITTEE')
    expect(meeting).toMatchObject({ due: 4 })
  })
})

describe('1.5 选举工作条例 art. 5: probation within the party takes the vote', () => {
  const suspended = register.map(one => (one.memberId === 'a' ? { ...one, suspendedSince: '2026-05-31' } : one))
  test.each([
    [register, 5],
    [suspended, 4],
  ])('1.5 of whom the register knows, nobody has to name them (%#)', (people, due) => {
    const meeting = held('BRANCH', input('OTHER', { resolutions: [] }), 'BRANCH_ASSEMBLY', people)
    expect(meeting).toMatchObject({ due, present: due })
  })

  test('1.5 they come, and neither count nor write an opinion', () => {
    const given = input('ADMISSION', { presentIds: voters.slice(1), absentIds: ['a'] })
    const [resolution] = given.resolutions
    const ballots = { due: 4, present: 4, inFavour: 4, against: 0, abstained: 0 }
    const opinions = [{ memberId: 'a', inFavour: true, receivedOn: '2026-05-30', beforeOpening: true }]
    const resolutions = [{ ...(resolution as (typeof given.resolutions)[number]), ballots, opinions }]
    expect(held('BRANCH', { ...given, resolutions }, 'BRANCH_ASSEMBLY', suspended)).toBe(
      'OPINION_NOT_OF_ABSENT_VOTER 第二十一条',
    )
  })
})

describe('1.5 what is decided where, and how', () => {
  const first = (matter: MeetingMatter, more: object = {}) => {
    const given = input(matter)
    return { ...given, resolutions: [{ ...(given.resolutions[0] as (typeof given.resolutions)[number]), ...more }] }
  }
  const refusalOf = (kind: MeetingKind, given: MeetingInput) => {
    const meeting = held(isBranchKind(kind) ? 'BRANCH' : 'COMMITTEE', given, kind)
    return typeof meeting === 'string' ? meeting.split(' ')[0] : null
  }
  const isBranchKind = (kind: MeetingKind) => !['COMMITTEE', 'DISCIPLINE_COMMITTEE', 'MEMBER_ASSEMBLY'].includes(kind)
  const named = { participantIds: voters }

  test.each<[MeetingKind, MeetingMatter, string | null]>([
    ['THEME_DAY', 'ADMISSION', 'MATTER_NOT_FOR_MEETING'],
    ['THEME_DAY', 'ELECTION', 'MATTER_NOT_FOR_MEETING'],
    ['THEME_DAY', 'OTHER', null],
    ['APPRAISAL_MEETING', 'COMMENDATION', null],
    ['CRITICISM_MEETING', 'COMMENDATION', 'MATTER_NOT_FOR_MEETING'],
    ['MEMBER_ASSEMBLY', 'DISPOSAL', 'MATTER_NOT_FOR_MEETING'],
    ['MEMBER_ASSEMBLY', 'ELECTION', null],
  ])('1.5 a %s on %s: %s', (kind, matter, refused) => expect(refusalOf(kind, input(matter))).toBe(refused))

  test.each<[MeetingKind, MeetingMatter, string | null]>([
    ['BRANCH_ASSEMBLY', 'DISPOSAL', 'SECRET_BALLOT_WANTED'],
    ['BRANCH_ASSEMBLY', 'ELECTION', 'SECRET_BALLOT_WANTED'],
    ['BRANCH_ASSEMBLY', 'PENALTY', null],
    ['BRANCH_COMMITTEE', 'ELECTION', 'SECRET_BALLOT_WANTED'],
    ['BRANCH_COMMITTEE', 'DISPOSAL', null],
    ['DISCIPLINE_COMMITTEE', 'PENALTY', null],
  ])('1.5 collective agreement at a %s on %s: %s', (kind, matter, refused) => {
    const given = {
      ...first(matter, { decision: 'COLLECTIVE_AGREEMENT' }),
      ...(kind === 'BRANCH_ASSEMBLY' ? {} : named),
    }
    expect(refusalOf(kind, given)).toBe(refused)
  })

  test.each<[number, boolean]>([
    [3, false],
    [4, true],
  ])('1.3 of five due %i come to an election: quorate %s', (present, quorate) => {
    const ballots = { due: 5, present, inFavour: present, against: 0, abstained: 0 }
    const given = {
      ...first('ELECTION', { ballots }),
      presentIds: voters.slice(0, present),
      absentIds: voters.slice(present),
    }
    const meeting = held('BRANCH', given)
    expect(meeting).toMatchObject({ resolutions: [{ quorate, carried: quorate }] })
  })

  test('1.3 a tie is voted on again, nobody is admitted twice in one meeting', () => {
    const twice = (matter: MeetingMatter) => {
      const { resolutions } = input(matter)
      return { ...input(matter), resolutions: [...resolutions, ...resolutions] }
    }
    expect(refusalOf('BRANCH_ASSEMBLY', twice('ELECTION'))).toBeNull()
    expect(refusalOf('BRANCH_ASSEMBLY', twice('ADMISSION'))).toBe('RESOLUTION_TWICE')
  })

  test('1.5 a theme day is everybody’s where nobody is named, and theirs where somebody is', () => {
    const day = (participantIds: string[], presentIds: string[]) =>
      held('BRANCH', input('OTHER', { participantIds, presentIds, resolutions: [] }), 'THEME_DAY')
    expect(day([], voters)).toMatchObject({ everybody: true, due: 5, present: 5 })
    expect(day(['a', 'b'], ['a', 'b'])).toMatchObject({ everybody: false, due: 2, present: 2 })
  })
})
