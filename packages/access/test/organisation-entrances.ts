import type { Answer, Data } from '@linghang/harness/ask'
import type { District } from './district.ts'
import { electionsIn } from './elections.ts'
import { aliases, each, type Facts, type Look } from './facts.ts'
import { minutesOf, noticeOf } from './meetings.ts'
import { evidenceOf, groupNameOf, newNameOf } from './organisations.ts'
import { meetingPlaces, personNames, placeNames } from './places.ts'

const minuted = 'minutes people { nodes { member { id } } }'

/** Every entry to who sits where, to changes, groups and checks of organisations, to their meetings and elections. */
export function organisationEntrancesOf(district: District): Record<string, Look> {
  const { org, person: memberIds, meetings, announced, seats, changes, elections, groups } = district
  const orgRefs = placeNames.map(name => ({ __typename: 'Organisation', id: org[name] }))
  const minutesIn = ({ data }: Answer): Facts => {
    const text = JSON.stringify(data ?? null)
    return [
      ...meetingPlaces.flatMap(place => (text.includes(minutesOf(place)) ? [`minutes ${place}`] : [])),
      ...personNames.flatMap(name => (text.includes(memberIds[name]) ? [`attends ${name}`] : [])),
    ]
  }
  const seatsIn = (found: unknown): Facts => {
    const text = JSON.stringify(found ?? null)
    return meetingPlaces.flatMap(place => (text.includes(evidenceOf(place)) ? [`seat ${place}`] : []))
  }
  const noticesIn = ({ data }: Answer): Facts => {
    const text = JSON.stringify(data ?? null)
    return [
      ...meetingPlaces.flatMap(place => (text.includes(noticeOf(place)) ? [`notice ${place}`] : [])),
      ...personNames.flatMap(name => (text.includes(memberIds[name]) ? [`told ${name}`] : [])),
    ]
  }
  const changesIn = (found: unknown): Facts => {
    const text = JSON.stringify(found ?? null)
    return meetingPlaces.flatMap(place => (text.includes(newNameOf(place)) ? [`change ${place}`] : []))
  }
  return {
    'committee seats': async (ask, actor) => {
      const answer = await ask.org(
        actor,
        `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation {
          committee(on: "2026-01-05") { evidence memberId } committeeHistory(first: 50) { totalCount nodes { evidence } } } } }`,
        { refs: orgRefs },
      )
      return each(placeNames, answer.data?._entities, ({ committee, committeeHistory }, name) => [
        ...seatsIn(committee),
        ...seatsIn(committeeHistory.nodes),
        ...(committeeHistory.totalCount > 0 ? [`counts seats ${name} ${committeeHistory.totalCount}`] : []),
      ])
    },
    'committee seats by id': async (ask, actor) =>
      seatsIn(
        (
          await ask.org(
            actor,
            `{ ${aliases(meetingPlaces, name => `node(id: "${seats[name as 'a1']}") { ... on CommitteeSeat { evidence } }`)} }`,
          )
        ).data,
      ),
    'changes of organisations': async (ask, actor) => {
      const answer = await ask.org(
        actor,
        'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation { changes(first: 50) { totalCount nodes { name } } } } }',
        { refs: orgRefs },
      )
      return each(placeNames, answer.data?._entities, ({ changes: { totalCount, nodes } }, name) => [
        ...(totalCount > 0 ? [`counts changes ${name} ${totalCount}`] : []),
        ...changesIn(nodes),
      ])
    },
    'changes by id': async (ask, actor) =>
      changesIn(
        (
          await ask.org(
            actor,
            `{ ${aliases(meetingPlaces, name => `node(id: "${changes[name as 'a1']}") { ... on OrganisationChange { name } }`)} }`,
          )
        ).data,
      ),
    'party groups': async (ask, actor) => {
      const answer = await ask.org(
        actor,
        `query ($refs: [_Any!]!) { ${aliases(meetingPlaces, name => `node(id: "${groups[name as 'a1']}") { ... on PartyGroup { name } }`)}
          _entities(representations: $refs) { ... on Organisation { groups { name members { memberId } } } } }`,
        { refs: orgRefs },
      )
      const { _entities, ...byId } = answer.data ?? {}
      const named = (found: unknown) =>
        meetingPlaces.filter(place => JSON.stringify(found ?? null).includes(groupNameOf(place)))
      return [...named(_entities).map(place => `group ${place}`), ...named(byId).map(place => `group by id ${place}`)]
    },
    'structure checks': async (ask, actor) => {
      const answer = await ask.org(
        actor,
        `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation {
          structureFindings { kind } structureFindingCounts { kind organisations } } } }`,
        { refs: orgRefs },
      )
      // In every branch somebody is missing: one or two full members are too few.
      return each(placeNames, answer.data?._entities, ({ structureFindings, structureFindingCounts }, name) => [
        ...(structureFindings.length > 0 ? [`findings at ${name}`] : []),
        ...structureFindingCounts.flatMap(({ kind, organisations }: Data) =>
          kind === 'TOO_FEW_MEMBERS' ? [`too few ${name} ${organisations}`] : [],
        ),
      ])
    },
    'meeting(id)': async (ask, actor) =>
      minutesIn(
        await ask.org(
          actor,
          `{ ${aliases(meetingPlaces, name => `meeting(id: "${meetings[name as 'a1']}") { current { ${minuted} } versions { ${minuted} } }`)} }`,
        ),
      ),
    'organisation meetings': async (ask, actor) =>
      minutesIn(
        await ask.org(
          actor,
          `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation { meetings { totalCount nodes { current { ${minuted} } } } } } }`,
          { refs: orgRefs },
        ),
      ),
    'meeting notices': async (ask, actor) =>
      noticesIn(
        await ask.org(
          actor,
          `{ ${aliases(meetingPlaces, name => `meeting(id: "${announced[name as 'a1']}") { notices { totalCount nodes { memberId place } } }`)} }`,
        ),
      ),
    'own meetings': async (ask, actor) =>
      noticesIn(await ask.org(actor, '{ myMeetings(first: 50) { totalCount nodes { memberId place } } }')),
    'election(id)': async (ask, actor) =>
      electionsIn(
        await ask.org(
          actor,
          `{ ${aliases(meetingPlaces, name => `election(id: "${elections[name as 'a1']}") { reason } node${name}: node(id: "${elections[name as 'a1']}") { ... on Election { reason } }`)} }`,
        ),
      ),
    'election papers': async (ask, actor) =>
      electionsIn(
        await ask.org(
          actor,
          `{ ${aliases(meetingPlaces, name => `election(id: "${elections[name as 'a1']}") { papers { title missing ownTexts { paragraphs } } }`)} }`,
        ),
      ),
    'links to papers': async (ask, actor) => {
      const links = await Promise.all(
        meetingPlaces.map(async place => {
          const { data } = await ask.org(
            actor,
            `{ one: electionPaperLink(electionId: "${elections[place]}", paper: AGENDA) { url } all: electionPapersLink(electionId: "${elections[place]}") { url } }`,
          )
          return data?.one && data.all ? [`election ${place}`] : []
        }),
      )
      return links.flat()
    },
    'organisation elections': async (ask, actor) =>
      electionsIn(
        await ask.org(
          actor,
          `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation { elections { totalCount nodes { reason } } } } }`,
          { refs: orgRefs },
        ),
      ),
    electionProposal: async (ask, actor) => {
      const answer = await ask.org(
        actor,
        `{ ${aliases(meetingPlaces, name => `electionProposal(organisationId: "${org[name as 'a']}") { fullMembers }`)} }`,
      )
      return meetingPlaces.flatMap(place => (answer.data?.[place]?.fullMembers > 0 ? [`electors ${place}`] : []))
    },
  }
}
