import type { Actor } from '@linghang/access'
import { type Answer, type Data, send } from '@linghang/harness/ask'
import { appealEntrancesOf } from './assessment-appeals.ts'
import { drawEntrancesOf } from './assessment-draws.ts'
import { factEntrancesOf } from './assessment-facts.ts'
import { bookEntrancesOf } from './book-entrances.ts'
import { type District, monthOfReminder } from './district.ts'
import { duesEntrancesOf } from './dues-entrances.ts'
import { aliases, each, type Facts, type Look } from './facts.ts'
import { jointEntrancesOf } from './joint.ts'
import { lifeEntrancesOf } from './life.ts'
import { organisationEntrancesOf } from './organisation-entrances.ts'
import { nameOf, personNameOf, personNames, placeNames, profileOf } from './places.ts'
import { reviewEntrancesOf } from './reviews.ts'

const profile = 'id code name secretaryName phone version superior { code name } superiors { code name }'
const person = 'id name phoneMasked organisation { id }'

/** Every entry by which a person, an organisation or a number of them could be reached; each is asked for everything. */
export function entrancesOf(district: District): Record<string, Look> {
  const { org, codes, person: memberIds, rows, imports, county } = district
  const orgRefs = placeNames.map(name => ({ __typename: 'Organisation', id: org[name] }))
  const memberRefs = personNames.map(name => ({ __typename: 'Member', id: memberIds[name] }))
  const factsIn = (answer: Answer): Facts => textFacts(district, JSON.stringify(answer.data ?? null))
  const orgEntities =
    (fields: string): Look =>
    async (ask, actor) =>
      factsIn(
        await ask.org(
          actor,
          `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation { ${fields} } } }`,
          { refs: orgRefs },
        ),
      )
  const membersOf =
    (args: string): Look =>
    async (ask, actor) => {
      const answer = await ask.members(
        actor,
        `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation { members${args} { totalCount nodes { ${person} } } } } }`,
        { refs: orgRefs },
      )
      const counts = each(placeNames, answer.data?._entities, (entity, name) =>
        entity.members.totalCount > 0 ? [`counts ${name} ${entity.members.totalCount}`] : [],
      )
      return [...factsIn(answer), ...counts]
    }
  const importFacts = (answer: Answer, text = JSON.stringify(answer.data)): Facts =>
    /UNKNOWN_|群众|协会/.test(text) ? ['findings'] : []

  return {
    'organisation(id)': async (ask, actor) =>
      factsIn(
        await ask.org(
          actor,
          `{ ${aliases(placeNames, name => `organisation(id: "${org[name as 'a']}") { ${profile} }`)} }`,
        ),
      ),
    'organisation(code)': async (ask, actor) =>
      factsIn(
        await ask.org(
          actor,
          `{ ${aliases(placeNames, name => `organisation(code: "${codes[name as 'a']}") { ${profile} }`)} }`,
        ),
      ),
    organisations: async (ask, actor) => {
      const answer = await ask.org(actor, `{ organisations(first: 100) { totalCount nodes { ${profile} } } }`)
      return [...factsIn(answer), ...(answer.data ? [`lists ${answer.data.organisations.totalCount}`] : [])]
    },
    'organisations(kind, nameStartsWith)': async (ask, actor) =>
      factsIn(
        await ask.org(
          actor,
          `{ organisations(kind: BRANCH, nameStartsWith: "组织") { totalCount nodes { ${profile} } } }`,
        ),
      ),
    'node(id)': async (ask, actor) =>
      factsIn(
        await ask.org(
          actor,
          `{ ${aliases(placeNames, name => `node(id: "${org[name as 'a']}") { ... on Organisation { ${profile} } }`)} }`,
        ),
      ),
    'org _entities': orgEntities(profile),
    'children and their children': orgEntities(
      `children(first: 10) { nodes { ${profile} children(first: 10) { totalCount nodes { ${profile} children(first: 10) { nodes { ${profile} } } } } } }`,
    ),
    'members _entities, members': membersOf(''),
    'members _entities, members(below: true)': membersOf('(below: true, first: 50)'),
    'members _entities, members(filter)': membersOf(
      '(below: true, filter: { kinds: [FULL], nameStartsWith: "成员", floating: false })',
    ),
    'member(id)': async (ask, actor) =>
      factsIn(
        await ask.members(
          actor,
          `{ ${aliases(personNames, name => `member(id: "${memberIds[name as 'kai']}") { ${person} }`)} }`,
        ),
      ),
    'members _entities, Member': async (ask, actor) =>
      factsIn(
        await ask.members(
          actor,
          `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Member { ${person} } } }`,
          { refs: memberRefs },
        ),
      ),
    'members _entities, DuesHolder': async (ask, actor) => {
      const answer = await ask.members(
        actor,
        'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on DuesHolder { id name organisation { id } } } }',
        {
          refs: personNames.map(name => ({
            __typename: 'DuesHolder',
            id: memberIds[name].replace('Member', 'DuesHolder'),
          })),
        },
      )
      return each(personNames, answer.data?._entities, (holder, name) => [
        ...(holder.name === personNameOf(name) ? [`person ${name}`] : []),
        ...factsIn({ ...answer, data: holder } as Answer),
      ])
    },
    memberByIdNumber: async (ask, actor) =>
      factsIn(
        await ask.members(
          actor,
          `{ ${aliases(personNames, name => `memberByIdNumber(idNumber: "${rows[name as 'kai'].公民身份号码}", reason: "核对身份") { ${person} }`)} }`,
        ),
      ),
    ...bookEntrancesOf(district),
    ...duesEntrancesOf(district),
    'personal inbox': async (ask, actor) => {
      const { data } = await ask.workflows(
        actor,
        'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Me { personalInbox(first: 50) { totalCount nodes { month } } } } }',
        { refs: [{ __typename: 'Me', id: `Account:${actor.accountId}` }] },
      )
      const found = data?._entities?.[0]?.personalInbox
      // An app is nobody who has a file.
      if (!found) return []
      const theirs = personNames.filter(name => found.nodes.some(({ month }: Data) => month === monthOfReminder(name)))
      return [
        ...theirs.map(name => `reminded ${name}`),
        ...(found.totalCount === theirs.length ? [] : [`counts reminders ${found.totalCount}`]),
      ]
    },
    'assessment _entities': async (ask, actor) => {
      const answer = await ask.assessment(
        actor,
        `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation { indicators { key counted } } ... on Member { indicators { key } } } }`,
        { refs: [...orgRefs, ...memberRefs] },
      )
      return each([...placeNames, ...personNames], answer.data?._entities, (entity, name) =>
        entity.indicators.length > 0 ? [`indicators ${name}`] : [],
      )
    },
    'offices and accounts': async (ask, actor) => {
      const answer = await ask.org(
        actor,
        'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Organisation { id offices(first: 50, history: true) { totalCount nodes { account { id } } } } } }',
        { refs: orgRefs },
      )
      return each(placeNames, answer.data?._entities, (entity, name) =>
        entity.offices.totalCount > 0 ? [`offices ${name}`] : [],
      )
    },
    ...organisationEntrancesOf(district),
    ...lifeEntrancesOf(district),
    ...reviewEntrancesOf(district),
    ...jointEntrancesOf(district),
    ...appealEntrancesOf(district),
    ...drawEntrancesOf(district),
    ...factEntrancesOf(district),
    imports: async (ask, actor) => {
      const fields = 'state findings { totalCount nodes { code found } }'
      const found = async (name: keyof typeof imports) => {
        const service = name === 'org' ? 'org' : 'members'
        const type = name === 'org' ? 'OrganisationImport' : 'MemberImport'
        const field = name === 'org' ? 'organisationImport' : 'memberImport'
        const refs = [{ __typename: type, id: imports[name] }]
        const answers = [
          importFacts(
            await ask[service](actor, `query ($id: ID!) { ${field}(id: $id) { ${fields} } }`, { id: imports[name] }),
          ),
          importFacts(
            await ask[service](
              actor,
              `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on ${type} { ${fields} } } }`,
              { refs },
            ),
          ),
          importFacts({} as Answer, (await findingsCsv(county.world.urls[service], actor, imports[name])) ?? ''),
        ]
        return answers.flat().map((_, i) => `findings ${name} ${i}`)
      }
      return (await Promise.all((Object.keys(imports) as (keyof typeof imports)[]).map(found))).flat()
    },
  }
}

async function findingsCsv(url: string, actor: Actor, importId: string): Promise<string | null> {
  const { status, text } = await send(url, actor, { path: `/imports/${importId.split(':')[1]}/findings.csv` })
  return status === 200 ? text : null
}

/** Names, profiles and people that stand anywhere in an answer. */
function textFacts(district: District, text: string): Facts {
  return [
    ...placeNames.flatMap(name => (text.includes(profileOf(name)) ? [`profile ${name}`] : [])),
    ...placeNames.flatMap(name =>
      text.includes(nameOf(name)) || text.includes(`"${district.codes[name]}"`) ? [`name ${name}`] : [],
    ),
    ...personNames.flatMap(name => (text.includes(personNameOf(name)) ? [`person ${name}`] : [])),
  ]
}
