import { describe, expect, test } from '@jest/globals'
import { countVote, quorumFor } from '../development/votes.ts'
import { citationOf, isSecretAt, matterRules, meetingMatters, quorumOf, takesOpinions } from './matters.ts'
import { holdsMeeting, type MeetingKind, meetingKinds } from './meeting-kinds.ts'

const vote = (due: number, present: number, inFavour: number) => ({
  ...{ due, present, inFavour, against: present - inFavour, abstained: 0 },
  ...{ writtenInFavour: 0, writtenAgainst: 0 },
})

describe('1.5 how many must come, by what is decided and where', () => {
  test.each([
    { matter: 'ELECTION', at: 'BRANCH_ASSEMBLY', due: 20, atLeast: 16 },
    { matter: 'ELECTION', at: 'BRANCH_ASSEMBLY', due: 21, atLeast: 17 },
    { matter: 'ELECTION', at: 'BRANCH_COMMITTEE', due: 5, atLeast: 4 },
    { matter: 'ELECTION', at: 'CONGRESS', due: 100, atLeast: 80 },
    { matter: 'DISPOSAL', at: 'BRANCH_ASSEMBLY', due: 20, atLeast: 11 },
    { matter: 'PENALTY', at: 'BRANCH_ASSEMBLY', due: 20, atLeast: 10 },
    { matter: 'PENALTY', at: 'DISCIPLINE_COMMITTEE', due: 5, atLeast: 3 },
    { matter: 'COMMENDATION', at: 'BRANCH_ASSEMBLY', due: 21, atLeast: 11 },
    { matter: 'REPORT', at: 'MEMBER_ASSEMBLY', due: 20, atLeast: 10 },
    { matter: 'ADMISSION', at: 'COMMITTEE', due: 4, atLeast: 3 },
    { matter: 'OTHER', at: 'THEME_DAY', due: 4, atLeast: 2 },
  ])('1.5 $matter at a $at: of $due due $atLeast, and one fewer is none', ({ matter, at, due, atLeast }) => {
    const { quorum } = quorumOf(matter, at)
    expect(quorumFor(due, quorum)).toBe(atLeast)
    expect(countVote(vote(due, atLeast, atLeast), quorum).quorate).toBe(true)
    expect(countVote(vote(due, atLeast - 1, atLeast - 1), quorum).quorate).toBe(false)
  })

  test('1.3 over half of those due are wanted in favour, unless a county has those present for its base', () => {
    expect(countVote(vote(20, 16, 10), 'FOUR_FIFTHS')).toMatchObject({ quorate: true, carried: false, needed: 11 })
    expect(countVote(vote(20, 16, 11), 'FOUR_FIFTHS')).toMatchObject({ quorate: true, carried: true })
    expect(countVote(vote(20, 16, 8), 'FOUR_FIFTHS', 'PRESENT')).toMatchObject({ carried: false, needed: 9 })
    expect(countVote(vote(20, 16, 9), 'FOUR_FIFTHS', 'PRESENT')).toMatchObject({ carried: true })
    expect(meetingMatters.map(matter => matterRules[matter].base)).toEqual(meetingMatters.map(() => 'DUE'))
  })
})

describe('1.5 ballots and opinions, only where the text has them', () => {
  const secret = (kind: MeetingKind) => meetingMatters.filter(matter => isSecretAt(matter, kind))
  const development = ['ADMISSION', 'CONVERSION', 'EXTENSION', 'CANCELLATION']

  test.each<[MeetingKind, string[]]>([
    ['BRANCH_ASSEMBLY', [...development, 'ELECTION', 'DISPOSAL']],
    ['BRANCH_COMMITTEE', ['ELECTION']],
    ['CONGRESS', ['ELECTION']],
  ])('1.5 at a %s a secret ballot is wanted for %j', (kind, wanted) => expect(secret(kind)).toEqual(wanted))

  test('1.5 written opinions of absent voters count in a branch’s assembly on development, and never in an election', () => {
    for (const kind of meetingKinds)
      expect(meetingMatters.filter(matter => takesOpinions(matter, kind))).toEqual(
        kind === 'BRANCH_ASSEMBLY' ? development : [],
      )
  })

  test('1.5 every matter says where it stands, and what was recalled is never cited', () => {
    for (const matter of meetingMatters)
      for (const kind of matterRules[matter].decidedBy) {
        const { article, source, certainty } = citationOf(matter, kind)
        expect([article, source, certainty === 'RECALLED']).toEqual([
          expect.stringMatching(/./),
          expect.stringMatching(/./),
          false,
        ])
      }
  })
})

describe('1.2 which organisation holds which meeting', () => {
  const heldBy = (organisationKind: string) => meetingKinds.filter(kind => holdsMeeting(organisationKind, kind))
  const everywhere = ['CLASS', 'THEME_DAY', 'JOINT_ACTIVITY']
  const ofBranch = ['BRANCH_COMMITTEE', 'BRANCH_ASSEMBLY', 'GROUP_MEETING', 'CRITICISM_MEETING', 'APPRAISAL_MEETING']
  const above = ['COMMITTEE', 'MEMBER_ASSEMBLY', 'CONGRESS']

  test.each([
    ['BRANCH', [...ofBranch, ...everywhere]],
    ['JOINT_BRANCH', [...ofBranch, ...everywhere]],
    ['TEMPORARY_BRANCH', [...ofBranch, ...everywhere]],
    ['GENERAL_BRANCH', ['CRITICISM_MEETING', 'APPRAISAL_MEETING', ...above, ...everywhere]],
    ['COMMITTEE', [...above, 'DISCIPLINE_COMMITTEE', ...everywhere]],
    ['ORGAN_COMMITTEE', [...above, 'DISCIPLINE_COMMITTEE', ...everywhere]],
  ])('1.2 a %s', (organisationKind, kinds) => expect(heldBy(organisationKind).toSorted()).toEqual(kinds.toSorted()))

  test('1.2 a temporary branch develops, punishes, disposes of and elects nobody', () => {
    expect(meetingMatters.filter(matter => matterRules[matter].inTemporaryBranch)).toEqual([
      'SPENDING',
      'COMMENDATION',
      'REPORT',
      'OTHER',
    ])
  })
})
