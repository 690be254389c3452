import { type Actor, shanghaiDay } from '@linghang/access'
import { dataOf, uuidOf } from '@linghang/harness/ask'
import type { County } from '@linghang/harness/county'
import { addDays } from '@linghang/rulebook'
import { type Attempt, attemptsBy } from './attempt.ts'
import type { District } from './district.ts'
import { aliases, each, type Facts, type Look } from './facts.ts'
import { type MeetingPlace, meetingPeople, meetingPlaces, type Person, type Place, placeNames } from './places.ts'

/** What stands in a plan, in a theme, in a closed meeting, and nowhere else. */
const topicOf = (place: Place) => `专题${place.toUpperCase()}项`
const themeOf = (place: Place) => `主题${place.toUpperCase()}条`
const wordsOf = (place: Place) => `检索${place.toUpperCase()}词`
const soughtWord = '检索'

/** A plan, a theme and a closed theme day of each branch. @returns ids by place */
export async function seedLife(county: County, org: Record<Place, string>, person: Record<Person, string>) {
  const today = shanghaiDay(new Date())
  const ask = county.world.askUntyped.org
  const live = async (place: MeetingPlace) => {
    // By the branch itself: what the county's office fills in is the county's own work.
    const keeper: Actor = { ...county.admin, grants: [{ role: 'ADMIN', orgId: uuidOf(org[place]) }] }
    const done = async (field: string, type: string, input: object, fields: string) =>
      dataOf(
        await ask(keeper, `mutation ($input: ${type}!) { done: ${field}(input: $input) { ${fields} } }`, { input }),
      ).done
    const organisationId = org[place]
    const of = { organisationId, period: 'YEAR', day: today }
    const { plan } = await done('makeLifePlan', 'MakeLifePlanInput', of, 'plan { id }')
    const own = { planId: plan.id, kind: 'CLASS', on: today, ownTopics: [topicOf(place)] }
    await done('addLifePlanEntry', 'AddLifePlanEntryInput', own, 'plan { id }')
    const asked = { organisationId, from: today, until: today, text: themeOf(place), basis: '支委会决定' }
    const { theme } = await done('giveLifeTheme', 'GiveLifeThemeInput', asked, 'theme { id }')
    const content = { heldOn: addDays(today, -1), agenda: wordsOf(place), presentIds: [person[meetingPeople[place]]] }
    const held = { organisationId, kind: 'THEME_DAY', content: { ...content, participantIds: content.presentIds } }
    const { meeting } = await done('recordMeeting', 'RecordMeetingInput', held, 'meeting { id }')
    await done('closeMeeting', 'CloseMeetingInput', { id: meeting.id }, 'meeting { id }')
    return [place, { plan: plan.id as string, theme: theme.id as string, meeting: meeting.id as string }] as const
  }
  return Object.fromEntries(await Promise.all(meetingPlaces.map(live))) as Record<
    MeetingPlace,
    { plan: string; theme: string; meeting: string }
  >
}

const named = (what: string, of: (place: Place) => string, found: unknown): Facts => {
  const text = JSON.stringify(found ?? null)
  return meetingPlaces.flatMap(place => (text.includes(of(place)) ? [`${what} ${place}`] : []))
}

/** Every entry to plans, themes and ledgers, and to what meetings have said. */
export function lifeEntrancesOf({ org, life, person }: District): Record<string, Look> {
  const orgRefs = placeNames.map(name => ({ __typename: 'Organisation', id: org[name] }))
  const atOrganisations =
    (fields: string, tell: Parameters<typeof each<Place>>[2]): Look =>
    async (ask, actor) => {
      const document = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation { ${fields} } } }`
      return each(placeNames, (await ask.org(actor, document, { refs: orgRefs })).data?._entities, tell)
    }
  const counted = (what: string, name: Place, count: number): Facts => (count > 0 ? [`${what} ${name} ${count}`] : [])
  const topics = 'entries { topics { text } }'
  return {
    'life plans': atOrganisations(`lifePlans(first: 50) { totalCount nodes { ${topics} } }`, ({ lifePlans }, name) => [
      ...named('plan', topicOf, lifePlans.nodes),
      ...counted('counts plans', name, lifePlans.totalCount),
    ]),
    'life plans by id': async (ask, actor) =>
      named(
        'plan',
        topicOf,
        (
          await ask.org(
            actor,
            `{ ${aliases(
              meetingPlaces,
              name => `lifePlan(id: "${life[name as 'a1'].plan}") { ${topics} }
              node${name}: node(id: "${life[name as 'a1'].plan}") { ... on LifePlan { ${topics} } }`,
            )} }`,
          )
        ).data,
      ),
    'life themes': atOrganisations('lifeThemes(first: 50) { totalCount nodes { text } }', ({ lifeThemes }, name) => [
      ...named('theme', themeOf, lifeThemes.nodes),
      ...counted('counts themes', name, lifeThemes.totalCount),
    ]),
    'life themes by id': async (ask, actor) =>
      named(
        'theme',
        themeOf,
        (
          await ask.org(
            actor,
            `{ ${aliases(meetingPlaces, name => `node(id: "${life[name as 'a1'].theme}") { ... on LifeTheme { text } }`)} }`,
          )
        ).data,
      ),
    'life ledgers': atOrganisations('lifeLedger { knownSince lines { held } }', ({ lifeLedger }, name) =>
      lifeLedger?.knownSince ? [`ledger ${name}`] : [],
    ),
    'what was asked': atOrganisations('askedFor { times }', ({ askedFor }, name) =>
      askedFor?.times > 0 ? [`asked ${name}`] : [],
    ),
    'what was asked below': atOrganisations(
      'askedBelow(first: 100) { totalCount nodes { times organisation { id } } forms { times } }',
      ({ askedBelow }, name) => counted('asked below', name, askedBelow.totalCount),
    ),
    'closed meetings by id': async (ask, actor) => {
      const inside = 'agenda people(first: 50) { nodes { memberId } }'
      const row = `kind state ownAttendance current { ${inside} } versions { ${inside} } makeUps { memberId } notices { nodes { memberId } }`
      const meeting = (name: string) => life[name as 'a1'].meeting
      const { data } = await ask.org(
        actor,
        `{ ${aliases(
          meetingPlaces,
          name =>
            `meeting(id: "${meeting(name)}") { ${row} } node${name}: node(id: "${meeting(name)}") { ... on Meeting { ${row} } }`,
        )} }`,
      )
      return [
        ...named('words', wordsOf, data),
        ...Object.keys(person).flatMap(name =>
          JSON.stringify(data ?? null).includes(person[name as Person]) ? [`attends ${name}`] : [],
        ),
        ...meetingPlaces.flatMap(place => {
          const found = [data?.[place], data?.[`node${place}`]]
          return found.flatMap(one =>
            one ? [`opens ${place}`, ...(one.ownAttendance ? [`own ${one.ownAttendance}`] : [])] : [],
          )
        }),
      ]
    },
    'meetings found': atOrganisations(
      `meetingsFound(text: "${soughtWord}", first: 50) { totalCount nodes { current { agenda } } }`,
      ({ meetingsFound }, name) => [
        ...named('words', wordsOf, meetingsFound.nodes),
        ...counted('counts found', name, meetingsFound.totalCount),
      ],
    ),
  }
}

/** Each branch has filled in what it did, and the county's administrator all the rest, for whomever it was. */
const hasAsked =
  (branches: readonly Place[]) =>
  (name: Place): boolean =>
    name === 'root' || branches.includes(name)

/**
 * What there is to be learnt of organisational life.
 * @param branches whose offices somebody holds, there or above
 * @param supervised all organisations that those offices reach
 * @param own whose file the actor is, in whose branch each was at the closed meeting
 */
export const lifeFactsOf = (
  branches: readonly Place[],
  supervised: readonly Place[],
  own: MeetingPlace | null,
  below: (place: Place) => Place[],
): Record<string, Facts> => ({
  'life plans': branches.flatMap(name => [`plan ${name}`, `counts plans ${name} 1`]),
  'life plans by id': branches.map(name => `plan ${name}`),
  'life themes': branches.flatMap(name => [`theme ${name}`, `counts themes ${name} 1`]),
  'life themes by id': branches.map(name => `theme ${name}`),
  'life ledgers': branches.map(name => `ledger ${name}`),
  'what was asked': supervised.filter(hasAsked(branches)).map(name => `asked ${name}`),
  'what was asked below': supervised.flatMap(name => {
    const count = below(name).filter(hasAsked(branches)).length
    return count > 0 ? [`asked below ${name} ${count}`] : []
  }),
  // Whoever was there opens the meeting behind their own score: of what was said, and of others, nothing.
  'closed meetings by id': [
    ...branches.flatMap(name => [`opens ${name}`, `words ${name}`, `attends ${meetingPeople[name as MeetingPlace]}`]),
    ...(own ? [`opens ${own}`, 'own PRESENT'] : []),
  ],
  'meetings found': [
    ...branches.map(name => `words ${name}`),
    ...supervised.flatMap(name => {
      const count = below(name).filter(place => branches.includes(place)).length
      return count > 0 ? [`counts found ${name} ${count}`] : []
    }),
  ],
})

/** Every mutation of plans and themes, with an input of one that is not the actor's to touch. */
export function lifeAttempts(place: MeetingPlace, { org, life }: Pick<District, 'org' | 'life'>): Attempt[] {
  const today = shanghaiDay(new Date())
  const { plan: planId, theme } = life[place]
  const inputs = {
    makeLifePlan: { organisationId: org[place], period: 'MONTH', day: today },
    addLifePlanEntry: { planId, kind: 'CLASS', on: today },
    changeLifePlanEntry: { planId, entryId: `LifePlanEntry:${uuidOf(planId)}`, ownTopics: ['私加'] },
    removeLifePlanEntry: { planId, entryId: `LifePlanEntry:${uuidOf(planId)}` },
    fileLifePlan: { planId },
    giveLifeTheme: { organisationId: org[place], from: today, until: today, text: '私定', basis: '无' },
    withdrawLifeTheme: { id: theme, reason: '私撤' },
  }
  return attemptsBy(inputs)
}

/** What a county's administrators alone decide. */
export function lifeDecisions(): Attempt[] {
  const effectiveFrom = shanghaiDay(new Date())
  const text = { title: '私定', sections: [{ heading: '私定', paragraphs: ['私定'] }], basis: '无' }
  return attemptsBy({
    setLifeSettings: { effectiveFrom, plansFiled: true, basis: '无' },
    setElectionSettings: { effectiveFrom, basis: '无' },
    setLibraryText: { ...text, name: 'DUES', effectiveFrom },
  })
}
