import { shanghaiDay } from '@linghang/access'
import { type Answer, dataOf } from '@linghang/harness/ask'
import type { County } from '@linghang/harness/county'
import { type Attempt, attemptsBy } from './attempt.ts'
import { type MeetingPlace, meetingPlaces, type Person, type Place } from './places.ts'

/** Why a seat is empty: it stands in an election and nowhere else. */
const reasonOf = (place: MeetingPlace) => `补选${place.toUpperCase()}席`

/** An election under way at each branch, and a paper of it that the branch wrote. @returns ids by place */
export async function seedElections(county: County, org: Record<Place, string>) {
  const plannedOn = shanghaiDay(new Date())
  const open = async (place: MeetingPlace) => {
    const input = {
      ...{ organisationId: org[place], kind: 'BY_ELECTION' as const, body: 'ASSEMBLY' as const },
      ...{ seats: 0, posts: ['DEPUTY_SECRETARY' as const], plannedOn, reason: reasonOf(place) },
    }
    const answer = await county.world.ask.org(
      county.admin,
      'mutation ($input: OpenElectionInput!) { openElection(input: $input) { election { id } } }',
      { input },
    )
    const electionId = dataOf(answer).openElection.election?.id as string
    const written = { electionId, paper: 'ELECTION_METHOD' as const, paragraphs: [`${reasonOf(place)}的办法。`] }
    dataOf(
      await county.world.ask.org(
        county.admin,
        'mutation ($input: WriteElectionPaperInput!) { writeElectionPaper(input: $input) { election { id } } }',
        { input: written },
      ),
    )
    return [place, electionId] as const
  }
  return Object.fromEntries(await Promise.all(meetingPlaces.map(open))) as Record<MeetingPlace, string>
}

/** Which elections an answer tells of. */
export const electionsIn = ({ data }: Answer): string[] => {
  const text = JSON.stringify(data ?? null)
  return meetingPlaces.flatMap(place => (text.includes(reasonOf(place)) ? [`election ${place}`] : []))
}

/** Every mutation of an election, with an input of one that is not the actor's to touch. */
export function electionAttempts(
  place: MeetingPlace,
  at: {
    org: Record<Place, string>
    elections: Record<MeetingPlace, string>
    meetings: Record<MeetingPlace, string>
    person: Record<Person, string>
  },
): Attempt[] {
  const electionId = at.elections[place]
  const on = shanghaiDay(new Date())
  const memberId = at.person.kai
  const posts = [{ post: 'SECRETARY', memberId }]
  const counts = { due: 2, present: 2, issued: 2, voting: 2, returned: 2, void: 0 }
  const inputs = {
    openElection: {
      ...{ organisationId: at.org[place], kind: 'BY_ELECTION', body: 'ASSEMBLY', seats: 0 },
      ...{ posts: ['DEPUTY_SECRETARY'], plannedOn: on, reason: '私开' },
    },
    moveElection: { electionId, plannedOn: on, reason: '私改' },
    cancelElection: { electionId, reason: '私撤' },
    recordRecommendations: {
      electionId,
      on,
      groups: 1,
      members: 1,
      people: [{ memberId, name: '某', groups: 1, members: 1 }],
    },
    proposeCandidates: { electionId, memberIds: [], posts },
    announceCandidates: { electionId, from: on, until: on },
    callDelegates: { electionId, units: [{ organisationId: at.org[place], seats: 1 }], plannedOn: on },
    summonElectors: { electionId, on, assemblyOn: on },
    holdElectionAssembly: { electionId, meetingId: at.meetings[place], tellers: [memberId], counters: [memberId] },
    openBallot: { electionId, kind: 'POSTS', on, posts },
    enterTally: { electionId, ...counts, candidates: [{ memberId, inFavour: 2, against: 0, abstained: 0 }] },
    takeElectedSeats: { electionId },
    writeElectionPaper: { electionId, paper: 'ELECTION_METHOD', paragraphs: ['私改。'] },
    reduceSeats: { electionId, consenting: 2 },
    requestElectionApproval: { electionId, stage: 'REQUEST' },
    withdrawElectionApproval: { electionId, stage: 'REQUEST' },
  }
  return attemptsBy(inputs)
}
