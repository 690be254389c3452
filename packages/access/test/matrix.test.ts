import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type KafkaServer, startKafka } from '@linghang/devstack'
import { type Data, dataOf } from '@linghang/harness/ask'
import { sharedWorld, startWorld, startWorldWithoutRowLevelSecurity, type World } from '@linghang/harness/world'
import { isObjectType } from 'graphql'
import { appealFactsOf } from './assessment-appeals.ts'
import { drawFactsOf } from './assessment-draws.ts'
import { factFactsOf } from './assessment-facts.ts'
import { booksKeptBy, keptBy, stateOf, tryAll } from './attempts.ts'
import {
  type ActorName,
  above,
  below,
  type District,
  type Place,
  people,
  personNames,
  placeNames,
  seedDistrict,
} from './district.ts'
import { duesAttempts, duesMutations, duesSchema } from './dues-attempts.ts'
import { duesAllowedAlone, duesFactsOf } from './dues-entrances.ts'
import { entrancesOf } from './entrances.ts'
import type { Facts } from './facts.ts'
import { jointFactsOf } from './joint.ts'
import { lifeFactsOf } from './life.ts'
import { reviewFactsOf } from './reviews.ts'

jest.setTimeout(300_000)

type Scope = { at: Place; admin: boolean } | { books: Place } | { own: 'kai' } | null
const scopes: Record<ActorName, Scope> = {
  countyAdmin: { at: 'root', admin: true },
  leaderOfA: { at: 'a', admin: false },
  inspectorOfA: { at: 'a', admin: false },
  adminOfA: { at: 'a', admin: true },
  treasurerOfA: { books: 'a' },
  cashierOfA1: { books: 'a1' },
  secretaryOfA1: { at: 'a1', admin: false },
  adminOfA1: { at: 'a1', admin: true },
  ordinaryMember: { own: 'kai' },
  appOfA1: { at: 'a1', admin: false },
  readingAppOfA1: { at: 'a1', admin: false },
  stranger: null,
  officeOfCity: null,
}
const actorNames = Object.keys(scopes) as ActorName[]
const importPlaces = { org: 'a', members: 'a2', own: 'a1', county: null } as const

const sorted = (facts: Facts) => [...new Set(facts)].sort()
const withSuperiors = (orgs: readonly Place[]) => [
  ...orgs.map(name => `profile ${name}`),
  ...orgs.flatMap(name => [name, ...above(name)]).map(name => `name ${name}`),
]
const inside = (orgs: readonly Place[]) => personNames.filter(name => orgs.includes(people[name]))

/** What somebody with this scope learns at each entrance: the rule of the field (S3-2), written down once. */
function expected(scope: Scope, actor: ActorName): Record<string, Facts> {
  const supervised = scope && 'at' in scope ? below(scope.at) : []
  // Whoever keeps books knows whose they are, and what is in them; of people, meetings and offices nothing.
  const books = scope && 'books' in scope ? below(scope.books) : supervised
  const own = scope && 'own' in scope ? scope.own : null
  const orgs = own ? [people[own]] : books
  const persons = own ? [own] : inside(supervised)
  const entered = withSuperiors(orgs as Place[])
  const listed = withSuperiors(books)
  const branchesOf = (orgs: readonly Place[]) => orgs.filter(name => name === 'a1' || name === 'a2' || name === 'b1')
  const branches = branchesOf(supervised)
  const led = own ? branchesOf([people[own]]) : branches
  const childrenOfBooks = books.filter(name => books.some(other => other !== name && below(other).includes(name)))
  const peopleFacts = persons.map(name => `person ${name}`)
  const supervisedPeople = inside(supervised).map(name => `person ${name}`)
  const countsBelow = supervised.flatMap(name => {
    const n = inside(below(name)).length
    return n > 0 ? [`counts ${name} ${n}`] : []
  })
  const importFacts = (Object.keys(importPlaces) as (keyof typeof importPlaces)[]).flatMap(name => {
    const place = importPlaces[name]
    const sees =
      scope && 'at' in scope && scope.admin && (place === null ? scope.at === 'root' : supervised.includes(place))
    return sees ? [0, 1, 2].map(i => `findings ${name} ${i}`) : []
  })
  const meetingFacts = [
    ...branches.map(name => `minutes ${name}`),
    ...inside(supervised).map(name => `attends ${name}`),
  ]
  return {
    'organisation(id)': entered,
    'organisation(code)': entered,
    // An office of the city is refused the list, where others find in it what is theirs.
    organisations: [...listed, ...(actor === 'officeOfCity' ? [] : [`lists ${books.length}`])],
    'organisations(kind, nameStartsWith)': withSuperiors(branchesOf(books)),
    'node(id)': entered,
    'org _entities': entered,
    'children and their children': withSuperiors(childrenOfBooks),
    'members _entities, members': [
      ...supervisedPeople,
      ...branches.map(name => `counts ${name} ${inside([name]).length}`),
    ],
    'members _entities, members(below: true)': [...supervisedPeople, ...countsBelow],
    'members _entities, members(filter)': [...supervisedPeople, ...countsBelow],
    'member(id)': peopleFacts,
    'members _entities, Member': peopleFacts,
    // Whoever keeps books knows by name who owes, and nothing else of a file: the entrances above show them nobody.
    'members _entities, DuesHolder': (own ? [own] : inside(books)).map(name => `person ${name}`),
    memberByIdNumber: supervisedPeople,
    'dues _entities': (own ? [own] : inside(books)).map(name => `dues ${name}`),
    'dues fixings and waivers': (own ? [own] : inside(books)).flatMap(name => [`fixing ${name}`, `waiver ${name}`]),
    'dues bills and payments': (own ? [own] : inside(books)).flatMap(name => [`bill ${name}`, `payment ${name}`]),
    'dues accounts': [
      ...books.map(name => `fen ${name}`),
      ...(books.includes('root') ? ['the whole account', ...books.map(name => `lies ${name}`)] : []),
    ],
    'dues books': books.flatMap(name => [
      `book ${name}`,
      `line ${name} at ${name}`,
      `fund ${name} in the book of ${name}`,
    ]),
    'dues reports': books.map(name => `report ${name}`),
    // What is published is for the members below too.
    'dues publications': [...books, ...(own ? [people[own], ...above(people[own])] : [])].flatMap(name => [
      `publications ${name} 1`,
      `publication ${name}`,
    ]),
    'dues spendings': books.flatMap(name => [
      `spending ${name}`,
      `spendings ${name} ${below(name).length}`,
      `share ${name}`,
    ]),
    'dues spendings by id': books.map(name => `spending ${name}`),
    'dues papers of vouchers': books.map(name => `paper ${name}`),
    'dues funds and limits': books.flatMap(name => [`fund ${name}`, `limit ${name}`, `fund ${name} beside`]),
    'dues journals': books.map(name => `journal ${name}`),
    ...duesFactsOf(books, booksKeptBy(actor), own),
    // What is somebody's own to do no superior sees, whatever their office.
    'personal inbox': own ? [`reminded ${own}`] : [],
    'assessment _entities': [
      ...supervised.map(name => `indicators ${name}`),
      ...persons.map(name => `indicators ${name}`),
    ],
    'offices and accounts': supervised.filter(name => ['a', 'a1'].includes(name)).map(name => `offices ${name}`),
    // Who leads a branch is known to whoever belongs to it.
    'committee seats': led.flatMap(name => [`seat ${name}`, `counts seats ${name} 1`]),
    'committee seats by id': led.map(name => `seat ${name}`),
    'changes of organisations': branches.flatMap(name => [`change ${name}`, `counts changes ${name} 1`]),
    'changes by id': branches.map(name => `change ${name}`),
    'party groups': branches.flatMap(name => [`group ${name}`, `group by id ${name}`]),
    'structure checks': [
      ...branches.map(name => `findings at ${name}`),
      ...supervised.flatMap(name => {
        const few = branchesOf(below(name)).length
        return few > 0 ? [`too few ${name} ${few}`] : []
      }),
    ],
    'meeting(id)': meetingFacts,
    'organisation meetings': meetingFacts,
    'meeting notices': [...branches.map(name => `notice ${name}`), ...inside(supervised).map(name => `told ${name}`)],
    // What is somebody's own to answer nobody else finds among theirs.
    'own meetings': own ? [`notice ${people[own]}`, `told ${own}`] : [],
    'election(id)': branches.map(name => `election ${name}`),
    'election papers': branches.map(name => `election ${name}`),
    'links to papers': branches.map(name => `election ${name}`),
    'organisation elections': branches.map(name => `election ${name}`),
    electionProposal: branches.map(name => `electors ${name}`),
    ...lifeFactsOf(branches, supervised, own && people[own], below),
    ...jointFactsOf(branches),
    ...appealFactsOf(branches),
    ...drawFactsOf(supervised, own && people[own]),
    ...factFactsOf(supervised, own),
    ...reviewFactsOf(branches, actor === 'secretaryOfA1' ? 'a1' : null, keptBy(actor), own && people[own]),
    imports: importFacts,
  }
}

const through = (world: World, district: District): District => ({
  ...district,
  world,
  county: { ...district.county, world },
})

async function seen(district: District, actor: ActorName): Promise<Record<string, Facts>> {
  const looks = Object.entries(entrancesOf(district))
  const found = await Promise.all(
    looks.map(
      async ([name, look]) => [name, sorted(await look(district.world.askUntyped, district.actors[actor]))] as const,
    ),
  )
  return Object.fromEntries(found)
}

/** Done; or refused for how it was asked, which says nothing of who asked. */
const isWrong = ({ refused, codes }: { refused: boolean; codes: string[] }): boolean =>
  !refused || codes.some(code => ['BAD_INPUT', 'BAD_USER_INPUT', 'INTERNAL'].includes(code))

const expectedOf = (actor: ActorName) =>
  Object.fromEntries(Object.entries(expected(scopes[actor], actor)).map(([name, facts]) => [name, sorted(facts)]))

let district: District
beforeAll(async () => {
  district = await seedDistrict(sharedWorld())
})

describe('S3-2 what the matrix knows', () => {
  test('S3-2 every type of dues that has an id is asked for by it: what is new is planted, or stands here and why', () => {
    // A voucher is no node: it is seen with the request to spend to which it belongs.
    const withTheirRequest = ['DuesVoucher']
    // By whom something is owed is told by the members service, and asked for there.
    const ofOthers = ['Organisation', 'Member', 'DuesHolder']
    const types = Object.values(duesSchema.getTypeMap()).filter(isObjectType)
    const withId = types.filter(type => 'id' in type.getFields()).map(({ name }) => name)
    const known = [...Object.keys(district.planted), ...withTheirRequest, ...ofOthers]
    expect(withId.filter(name => !known.includes(name))).toEqual([])
    expect(known.filter(name => !withId.includes(name))).toEqual([])
  })

  test('S3-2 every mutation of dues is tried by everybody to whom it is not given, and every id in it is known', () => {
    const { made, unknown } = duesAttempts(district, [], null)
    expect(unknown).toEqual([])
    const tried = new Set(made.map(({ name }) => name))
    expect(duesMutations.map(({ name }) => name).filter(name => !tried.has(name))).toEqual([])
  })
})

describe('S3-2 who sees what, as the services run', () => {
  test.each(actorNames)('S3-2 %s sees exactly their own and what is below, of superiors name and code', async actor => {
    expect(await seen(district, actor)).toEqual(expectedOf(actor))
  })

  test.each(actorNames)('S3-2 %s changes nothing above, beside or beyond their office', async actor => {
    const before = await stateOf(district)
    expect((await tryAll(district, actor, 'BEYOND_OFFICE')).filter(isWrong)).toEqual([])
    expect(await stateOf(district)).toEqual(before)
  })

  test('S3-2 a key of idempotency is its holder’s own: the same key opens nobody else’s result', async () => {
    const document = 'mutation ($input: ChangeMemberInput!) { changeMember(input: $input) { member { id name } } }'
    const variables = { input: { id: district.person.mei, lostContact: false, idempotencyKey: 'the-same-key' } }
    const first = await district.world.ask.members(district.actors.adminOfA, document, variables)
    expect(first.errors).toEqual([])
    const second = await district.world.ask.members(district.actors.adminOfA1, document, variables)
    expect(second.data).toBeNull()
    expect(second.errors.map(error => error.extensions?.code)).toEqual(['NOT_FOUND'])
  })
})

describe('S3-2 who sees what, by row-level security alone', () => {
  let agreeing: District
  let own: World
  beforeAll(async () => {
    own = await startWorld({ supervision: 'AGREES' })
    agreeing = through(own, district)
  })
  afterAll(() => own?.stop())

  test.each(actorNames)('S3-2 %s learns nothing beyond their scope although every use case says yes', async actor => {
    const found = await seen(agreeing, actor)
    const allowed = expectedOf(actor)
    for (const [entrance, facts] of Object.entries(found))
      expect({
        entrance,
        leaked: facts.filter(fact => !allowed[entrance]?.includes(fact) && !isAllowedAlone(actor, fact)),
      }).toEqual({
        entrance,
        leaked: [],
      })
  })

  test.each(actorNames)('S3-2 %s changes nothing beyond their scope although every use case says yes', async actor => {
    const before = await stateOf(agreeing)
    await tryAll(agreeing, actor, 'BEYOND_SCOPE')
    expect(await stateOf(agreeing)).toEqual(before)
  })
})

/**
 * Row-level security knows organisations and not offices: whoever keeps a branch's register gets at its imports, and
 * whoever belongs to a branch finds their own file there and by their own number. Asked for the people of a superior
 * it counts those whom the actor sees anyway.
 */
function isAllowedAlone(actor: ActorName, fact: string): boolean {
  const scope = scopes[actor]
  const visible = scope === null || 'books' in scope ? [] : 'own' in scope ? [scope.own] : inside(below(scope.at))
  const [what, place, n] = fact.split(' ')
  if (what === 'counts')
    return inside(below(place as Place)).filter(name => visible.includes(name)).length === Number(n)
  if (what === 'spendings') {
    const books = scope === null || 'own' in scope ? [] : below('books' in scope ? scope.books : scope.at)
    return below(place as Place).filter(name => books.includes(name)).length === Number(n)
  }
  // Who keeps a meeting, and not only sees it, the use case alone knows: keys are read with the county's rights.
  if (what === 'key') return scope !== null && 'at' in scope && below(scope.at).includes(place as Place)
  const books = scope === null || 'own' in scope ? [] : below('books' in scope ? scope.books : scope.at)
  if (duesAllowedAlone(fact, books, scope !== null && 'own' in scope ? scope.own : null)) return true
  // Their own office, which is theirs to see by the account that holds it.
  if (scope !== null && 'books' in scope) return fact === `offices ${scope.books}`
  // And that their own branch held the meeting at which they were themselves, with what they are to mend after it.
  if (actor === 'ordinaryMember') return ['person kai', 'offices a1', 'ledger a1', 'measure a1'].includes(fact)
  return ['secretaryOfA1', 'appOfA1'].includes(actor) && fact.startsWith('findings own')
}

describe('S3-2 who sees what, by the use cases alone', () => {
  let unguarded: District
  let world: World
  let kafka: KafkaServer
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'linghang-no-rls-'))
    kafka = await startKafka({ stateDir: folder, report: () => undefined })
    world = await startWorldWithoutRowLevelSecurity('no_rls', kafka.brokers)
    unguarded = await seedDistrict(world)
  })
  afterAll(async () => {
    await world?.stop()
    await kafka?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  test.each(actorNames)('S3-2 %s sees exactly the same without a single policy in the database', async actor => {
    expect(await seen(unguarded, actor)).toEqual(expectedOf(actor))
  })

  test.each(actorNames)(
    'S3-2 %s changes nothing beyond their office without a single policy in the database',
    async actor => {
      const before = await stateOf(unguarded)
      expect((await tryAll(unguarded, actor, 'BEYOND_OFFICE')).filter(isWrong)).toEqual([])
      expect(await stateOf(unguarded)).toEqual(before)
    },
  )

  test('S3-2 an office of a city reads the sums of its own counties and of no other without a single policy in the database', async () => {
    const { officeOfCity, stranger } = unguarded.actors
    const sums = '{ city { counties { totalCount nodes { id organisations } } } }'
    expect(dataOf(await world.askUntyped.org(officeOfCity, sums)).city?.counties).toEqual({
      totalCount: 1,
      nodes: [{ id: `County:${unguarded.county.id}`, organisations: placeNames.length }],
    })
    for (const [service, field] of [
      ['org', 'organisations'],
      ['assessment', 'members'],
    ] as const) {
      const document = `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on County { sum: ${field} } } }`
      const refs = [unguarded.county.id, stranger.countyId].map(id => ({ __typename: 'County', id: `County:${id}` }))
      const found = dataOf(await world.askUntyped[service](officeOfCity, document, { refs }))._entities
      expect(found.map((entity: Data) => entity?.sum ?? null)).toEqual([expect.any(Number), null])
    }
  })
})
