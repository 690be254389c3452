import { type Actor, shanghaiDay } from '@linghang/access'
import type { Data } from '@linghang/harness/ask'
import type { World } from '@linghang/harness/world'
import type { District } from './district.ts'
import type { Facts, Look } from './facts.ts'
import { above, below, type Person, type Place, people, personNames, placeNames } from './places.ts'
import { movedFrom, ofMoved, ofPeople, ofPlaces } from './planted.ts'

/** What an entity of dues is asked for beside its id; by names of their own, since a query has one type for a name. */
const fieldsOf: Readonly<Record<string, string>> = {
  DuesOrder: 'order: amountFen refund { state }',
  DuesReceipt: 'receipt: amountFen lines { amountFen }',
  DuesPayment: 'payment: amountFen large { state } shares { month } receiptIssued: receipt { number }',
  DuesBill: 'bill: dueFen',
  DuesArrears: 'months arrears: steps { reason }',
  DuesBankLine: 'line: amountFen other words',
  DuesReport: 'experience report: statement { closingFen }',
  DuesPublication: 'remarks statement { closingFen }',
  DuesSpending: 'payee vouchers { number issuer paper { fileName } }',
}
const asEntities = 'query ($refs: [_Any!]!) { _entities(representations: $refs) '

/** Every entry to what dues have an id for, and to numbers that are made of it. */
export function duesEntrancesOf(district: District): Record<string, Look> {
  const { org, person, planted } = district
  const orgRefs = placeNames.map(name => ({ __typename: 'Organisation', id: org[name] }))
  const memberRefs = personNames.map(name => ({ __typename: 'Member', id: person[name] }))
  const things = Object.entries(planted).flatMap(([type, ids]) =>
    Object.entries(ids).map(([name, id]) => ({ type, name, id })),
  )
  const entities = async (ask: World['askUntyped'], actor: Actor, refs: object[], fields: string): Promise<Data[]> =>
    (await ask.dues(actor, `${asEntities}{ ${fields} } }`, { refs })).data?._entities ?? []
  /** By the key that apps have, or by that by which the org service asks for `node`. */
  const byKey =
    (key: 'id' | 'ref'): Look =>
    async (ask, actor) => {
      const types = Object.keys(planted).map(type => `... on ${type} { ${fieldsOf[type] ?? 'id'} }`)
      const refs = things.map(({ type, id }) => ({ __typename: type, [key]: id }))
      const found = await entities(ask, actor, refs, types.join(' '))
      return things.flatMap(({ type, name }, n) => (found[n] ? [`${type} ${name}`] : []))
    }
  const named = (type: string, rows: Data[] = []): Facts =>
    things
      .filter(thing => thing.type === type && rows.some(({ id }) => id === thing.id))
      .map(({ name }) => `${type} ${name}`)

  return {
    'dues things by id': byKey('id'),
    'dues things by ref': byKey('ref'),
    'dues of a member, wherever they were': async (ask, actor) => {
      const found = await entities(
        ask,
        actor,
        memberRefs,
        `... on Member { duesOrders(first: 9) { totalCount nodes { id } } duesRecord { pauses { basis } bills(year: 2020) { id }
          arrears { id } payments(first: 9) { totalCount nodes { id large { state } } } receipts(first: 9) { totalCount nodes { id } } } }`,
      )
      return personNames.flatMap((name, n) => {
        const { duesOrders: orders, duesRecord: record } = found[n] ?? {}
        const counted = (what: string, list: Data) =>
          list?.totalCount > 0 ? [`${what} of ${name} ${list.totalCount}`] : []
        return [
          ...[...named('DuesOrder', orders?.nodes), ...counted('orders', orders)],
          ...[...named('DuesPayment', record?.payments.nodes), ...counted('payments', record?.payments)],
          ...[...named('DuesReceipt', record?.receipts.nodes), ...counted('receipts', record?.receipts)],
          ...(record?.payments.nodes.some(({ large }: Data) => large) ? [`large of ${name}`] : []),
          ...[...named('DuesBill', record?.bills), ...named('DuesArrears', record?.arrears)],
          ...(record?.pauses.length > 0 ? ['a pause, moved'] : []),
        ]
      })
    },
    'dues in an account': async (ask, actor) => {
      const found = await entities(
        ask,
        actor,
        orgRefs,
        `... on Organisation { duesAccount { holds(first: 9) { totalCount nodes { id } } }
          realDuesAccount { settlements(first: 9) { totalCount nodes { id } } mismatches(first: 9) { totalCount nodes { id } }
            bankLines(first: 9) { totalCount nodes { id } } } }`,
      )
      return placeNames.flatMap((name, n) => {
        const { duesAccount: account, realDuesAccount: real } = found[n] ?? {}
        const whole = (what: string, list: Data) => (list?.totalCount > 0 ? [`${what} ${list.totalCount}`] : [])
        return [
          ...named('DuesHold', account?.holds.nodes),
          ...(account && account.holds.totalCount !== 1 ? [`another’s hold at ${name}`] : []),
          ...[...named('DuesSettlement', real?.settlements.nodes), ...whole('settlements', real?.settlements)],
          ...[...named('DuesMismatch', real?.mismatches.nodes), ...whole('mismatches', real?.mismatches)],
          ...[...named('DuesBankLine', real?.bankLines.nodes), ...whole('lines', real?.bankLines)],
        ]
      })
    },
    'dues in sums': async (ask, actor) => {
      const year = Number(shanghaiDay(new Date()).slice(0, 4))
      const found = await entities(
        ask,
        actor,
        orgRefs,
        `... on Organisation { duesCollection(from: "${year}-01-01", until: "${year}-12-01") { bills } duesLights { yellow }
          duesArrears(first: 9) { totalCount } largeDues(first: 9) { totalCount } duesSummary(year: 2020, quarter: 1) { whole { now { bills } } } }`,
      )
      return placeNames.flatMap((name, n) => {
        const { duesCollection, duesLights, duesArrears, largeDues, duesSummary } = found[n] ?? {}
        const bills = duesSummary?.whole.now.bills ?? 0
        return [
          ...(duesCollection?.bills > 0 ? [`collected ${name} ${duesCollection.bills}`] : []),
          ...(duesLights?.yellow > 0 ? [`lights ${name} ${duesLights.yellow}`] : []),
          ...(duesArrears?.totalCount > 0 ? [`arrears at ${name}`] : []),
          ...(largeDues?.totalCount > 0 ? [`large at ${name} ${largeDues.totalCount}`] : []),
          ...(bills > 0 ? [`summary ${name} ${bills}`] : []),
        ]
      })
    },
    duesReceiptLink: async (ask, actor) => {
      const links = Object.entries(planted.DuesReceipt ?? {}).map(
        ([name, id]) => `${name}: duesReceiptLink(receiptId: "${id}") { url }`,
      )
      // A refusal takes the whole answer with it: one at a time.
      const answers = await Promise.all(links.map(link => ask.dues(actor, `{ ${link} }`)))
      return Object.keys(planted.DuesReceipt ?? {}).flatMap((name, n) =>
        answers[n]?.data?.[name] ? [`DuesReceipt ${name}`] : [],
      )
    },
  }
}

/** Of a number of bills that were made of people in some places: who of them were billed this year. */
const billed = (places: readonly Place[]): Person[] => personNames.filter(name => places.includes(people[name]))

/**
 * What is learnt there by somebody who sees the books of these places and keeps those of `kept`, or who is `own`.
 */
export function duesFactsOf(
  books: readonly Place[],
  kept: readonly Place[],
  own: Person | null,
): Record<string, Facts> {
  const persons = own ? [own] : billed(books)
  const movedSeen = own === 'kai' || books.includes(movedFrom)
  const of = (types: readonly string[], names: readonly string[]) =>
    types.flatMap(type => names.map(name => `${type} ${name}`))
  const keptLines = of(['DuesBankLine'], kept)
  const things = [
    ...of(ofPeople, persons),
    ...of(ofPlaces, books),
    ...(movedSeen ? of(ofMoved, ['moved']) : []),
    ...(books.includes('root') ? ['RealDuesAccount root'] : []),
    // What is published is for the members below too.
    ...of(['DuesPublication'], own ? [people[own], ...above(people[own])] : books),
    ...keptLines,
  ]
  const lists = ['DuesOrder', 'DuesPayment', 'DuesReceipt', 'DuesArrears']
  const counted = ['orders', 'payments', 'receipts'].flatMap(what => {
    const of = new Map(persons.map(name => [name, name === 'kai' && movedSeen ? 2 : 1]))
    return [...of].map(([name, n]) => `${what} of ${name} ${n}`)
  })
  const withKai = persons.includes('kai') && movedSeen
  return {
    'dues things by id': things,
    'dues things by ref': things,
    'dues of a member, wherever they were': [
      ...of(lists, persons),
      ...counted,
      ...persons.map(name => `large of ${name}`),
      ...(withKai ? [...of(ofMoved, ['moved']), 'a pause, moved'] : []),
    ],
    'dues in an account': [
      ...of(['DuesHold'], books),
      ...(books.includes('root')
        ? [
            ...of(['DuesSettlement', 'DuesMismatch'], placeNames),
            'settlements 6',
            'mismatches 6',
            'lines 7',
            ...keptLines,
          ]
        : []),
    ],
    'dues in sums': [
      ...books.flatMap(name =>
        billed(below(name)).length > 0 ? [`collected ${name} ${billed(below(name)).length}`] : [],
      ),
      ...books.flatMap(name =>
        billed(below(name)).length > 0 ? [`lights ${name} ${billed(below(name)).length}`] : [],
      ),
      ...books.filter(name => billed([name]).length > 0).map(name => `arrears at ${name}`),
      ...books.flatMap(name => (billed([name]).length > 0 ? [`large at ${name} ${billed([name]).length}`] : [])),
      ...books.flatMap(name => (below(name).includes(movedFrom) ? [`summary ${name} 1`] : [])),
    ],
    duesReceiptLink: of(['DuesReceipt'], [...persons, ...(movedSeen ? ['moved'] : [])]),
  }
}

/** What row-level security alone lets through, which knows organisations and no offices. */
export function duesAllowedAlone(fact: string, books: readonly Place[], own: Person | null): boolean {
  const [what, name, n] = fact.split(' ')
  // The lines of a bank’s statement are for who keeps the books; the database knows who sees them.
  if (what === 'DuesBankLine') return books.includes(name as Place)
  const visible = own ? [own] : billed(books)
  // Their own large dues, in the list of their branch.
  if (what === 'large') return own !== null && fact === `large at ${people[own]} 1`
  if (what === 'collected' || what === 'lights')
    return billed(below(name as Place)).filter(one => visible.includes(one)).length === Number(n)
  // Their own arrears, in the list of their branch.
  return own !== null && fact === `arrears at ${people[own]}`
}
