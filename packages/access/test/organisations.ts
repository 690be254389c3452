import type { Actor } from '@linghang/access'
import { dataOf } from '@linghang/harness/ask'
import { type County, issuer } from '@linghang/harness/county'
import { type Attempt, attemptsBy } from './attempt.ts'
import type { District } from './district.ts'
import { type MeetingPlace, meetingPlaces, type Person, type Place } from './places.ts'

/** What only a change that was asked for says. */
export const newNameOf = (place: Place) => `更名${place.toUpperCase()}后`

/** Another name asked for each branch. @returns the ids of the processes by place */
export async function seedChanges(county: County, org: Record<Place, string>) {
  const change = async (place: MeetingPlace) => {
    const answer = await county.world.ask.org(
      county.admin,
      'mutation ($input: RequestOrganisationChangeInput!) { requestOrganisationChange(input: $input) { change { id } } }',
      { input: { organisationId: org[place], kind: 'RENAME', name: newNameOf(place), reason: '更名' } },
    )
    return [place, dataOf(answer).requestOrganisationChange.change.id as string] as const
  }
  const changes = [await change('a1'), await change('a2'), await change('b1')]
  return Object.fromEntries(changes) as Record<MeetingPlace, string>
}

/** What only a party group says. */
export const groupNameOf = (place: Place) => `小组${place.toUpperCase()}号`

/** A party group in each branch. @returns their ids by place */
export async function seedGroups(county: County, org: Record<Place, string>) {
  const group = async (place: MeetingPlace) => {
    const answer = await county.world.ask.org(
      county.admin,
      'mutation ($input: FormPartyGroupInput!) { formPartyGroup(input: $input) { group { id } } }',
      { input: { organisationId: org[place], name: groupNameOf(place), memberIds: [] } },
    )
    return [place, dataOf(answer).formPartyGroup.group.id as string] as const
  }
  const groups = [await group('a1'), await group('a2'), await group('b1')]
  return Object.fromEntries(groups) as Record<MeetingPlace, string>
}

/** What only a seat says. */
export const evidenceOf = (place: Place) => `批复${place.toUpperCase()}号`

/** A secretary in each branch. @returns the ids of their seats by place */
export async function seedSeats(county: County, org: Record<Place, string>, person: Record<Person, string>) {
  const seat = async (place: MeetingPlace, name: Person) => {
    const answer = await county.world.ask.org(
      county.admin,
      'mutation ($input: RecordSeatInput!) { recordSeat(input: $input) { seat { id } } }',
      {
        input: {
          ...{ organisationId: org[place], memberId: person[name], post: 'SECRETARY', entry: 'ELECTED' },
          ...{ from: '2026-01-05', evidence: evidenceOf(place) },
        },
      },
    )
    return [place, dataOf(answer).recordSeat.seat.id as string] as const
  }
  const seats = [await seat('a1', 'kai'), await seat('a2', 'mei'), await seat('b1', 'ning')]
  return Object.fromEntries(seats) as Record<MeetingPlace, string>
}

const isMeetingPlace = (place: Place): place is MeetingPlace => meetingPlaces.some(name => name === place)

/** Every change of an organisation that is not the actor's to keep, of what is asked about it and of its groups. */
export function organisationAttempts(place: Place, { org, county, changes, groups }: District): Attempt[] {
  const organisationId = org[place]
  return [
    ...attemptsBy({
      changeOrganisation: { id: organisationId, name: '改名' },
      registerOrganisation: {
        ...{ superiorId: organisationId, code: `${county.code}999999999`, name: '新设', kind: 'COMMITTEE' },
      },
      moveOrganisation: { id: organisationId, superiorId: org[place === 'b' ? 'a' : 'b'] },
      requestOrganisationChange: { organisationId, kind: 'RENAME', name: '私改', reason: '私改' },
      placeInTemporaryBranch: { organisationId, memberIds: [] },
      recordCoveredUnits: { organisationId, units: 9 },
      formPartyGroup: { organisationId, name: '私设', memberIds: [] },
    }),
    { field: 'moveOrganisation', input: { id: org.a1, superiorId: organisationId } },
    ...(isMeetingPlace(place)
      ? attemptsBy({
          withdrawOrganisationChange: { id: changes[place] },
          resubmitOrganisationChange: { id: changes[place], reason: '私报' },
          changePartyGroup: { id: groups[place], name: '私改' },
          endPartyGroup: { id: groups[place], reason: '私撤' },
        })
      : []),
  ]
}

/** What takes an administrator: who holds which office and seat, and rosters. */
export function administrativeAttempts(
  place: Place,
  actor: Pick<Actor, 'accountId' | 'kind'>,
  { org, person, seats, codes }: District,
): Attempt[] {
  const organisationId = org[place]
  return [
    ...attemptsBy({
      appointOffice: {
        ...{ accountId: `Account:${actor.accountId}`, organisationId, role: actor.kind === 'APP' ? 'APP' : 'ADMIN' },
      },
      linkAccount: { organisationId, kind: 'PERSON', issuer, subject: `sneak-${codes[place]}` },
      recordSeat: {
        ...{ organisationId, memberId: person.lan, post: 'DEPUTY_SECRETARY', entry: 'APPOINTED' },
        ...{ from: '2026-01-06', evidence: '私任' },
      },
      createOrganisationImport: { organisationId },
      createMemberImport: { organisationId },
    }),
    ...(isMeetingPlace(place) ? attemptsBy({ endSeat: { seatId: seats[place], reason: '私免' } }) : []),
  ]
}
