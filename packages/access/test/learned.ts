import { appealFactsOf } from './assessment-appeals.ts'
import { drawFactsOf } from './assessment-draws.ts'
import { factFactsOf } from './assessment-facts.ts'
import type { ActorName } from './district.ts'
import { duesAllowedAlone, duesFactsOf } from './dues-entrances.ts'
import type { Facts } from './facts.ts'
import { jointFactsOf } from './joint.ts'
import { booksKeptBy, keptBy } from './keepers.ts'
import { lifeFactsOf } from './life.ts'
import { above, below, type Place, people, personNames } from './places.ts'
import { reviewFactsOf } from './reviews.ts'

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
export const actorNames = Object.keys(scopes) as ActorName[]
const importPlaces = { org: 'a', members: 'a2', own: 'a1', county: null } as const

export const sorted = (facts: Facts) => [...new Set(facts)].sort()
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

/** What an actor learns at each entrance, and nothing else. */
export const expectedOf = (actor: ActorName) =>
  Object.fromEntries(Object.entries(expected(scopes[actor], actor)).map(([name, facts]) => [name, sorted(facts)]))

/**
 * Row-level security knows organisations and not offices: whoever keeps a branch's register gets at its imports, and
 * whoever belongs to a branch finds their own file there and by their own number. Asked for the people of a superior
 * it counts those whom the actor sees anyway.
 */
export function isAllowedAlone(actor: ActorName, fact: string): boolean {
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
