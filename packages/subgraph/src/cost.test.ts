import { describe, expect, test } from '@jest/globals'
import { buildSchema, Kind, type OperationDefinitionNode, parse } from 'graphql'
import { costOf } from './cost.ts'

const schema = buildSchema(`
  type Query { me: Person!  group(id: ID): Group  groups(first: Int, after: String, last: Int): GroupConnection! }
  interface Named { name: String! }
  type Person implements Named { name: String!  group: Group  papers: [Paper!]! }
  type Paper { title: String!  by: Person }
  type Group implements Named { name: String!  people(first: Int, after: String): PersonConnection! }
  type GroupConnection { nodes: [Group!]!  edges: [GroupEdge!]!  totalCount: Int!  byKind: [Count!]!  best(first: Int = 20): [Group!]! }
  type GroupEdge { node: Group!  cursor: String! }
  type Count { kind: String!  n: Int! }
  type PersonConnection { nodes: [Person!]!  totalCount: Int! }
`)
const cost = (text: string, variables = {}) => {
  const document = parse(text)
  const operation = document.definitions.find(
    ({ kind }) => kind === Kind.OPERATION_DEFINITION,
  ) as OperationDefinitionNode
  return costOf(schema, document, operation, variables)
}

describe('platform what an operation asks for', () => {
  test.each([
    ['nothing but names of types', '{ __typename __schema { types { fields { args { name } } } } }', 0],
    ['one thing', '{ me { name } }', 1],
    ['a thing of a thing', '{ me { group { name } } }', 2],
    ['a page, by its default', '{ groups { nodes { name } } }', 21],
    ['a page of three', '{ groups(first: 3) { nodes { name } } }', 4],
    ['the last three', '{ groups(last: 3) { nodes { name } } }', 4],
    ['a page of none with its count', '{ groups(first: 0) { totalCount } }', 1],
    ['more than a page can be', '{ groups(first: 1000000) { nodes { name } } }', 101],
    ['less than nothing', '{ groups(first: -5) { nodes { name } } }', 1],
    ['edges, each with its node', '{ groups(first: 3) { edges { cursor node { name } } } }', 7],
    ['nodes and edges', '{ groups(first: 3) { nodes { name } edges { cursor } } }', 7],
    [
      'pages in pages',
      '{ groups(first: 10) { nodes { people(first: 10) { nodes { name } } } } }',
      1 + 10 * (1 + 1 + 10),
    ],
    ['a plain list', '{ me { papers { title } } }', 1 + 10],
    ['a plain list below a page', '{ groups(first: 2) { byKind { n } } }', 1 + 10],
    ['a list without pages that is as long as asked', '{ groups(first: 2) { best(first: 7) { name } } }', 1 + 7],
    ['the same, by its default', '{ groups(first: 2) { best { name } } }', 1 + 20],
    ['aliases, each for itself', '{ a: me { name } b: me { name } }', 2],
    [
      'a fragment as often as it is spread',
      '{ a: me { ...f } b: me { ...f } } fragment f on Person { group { name } }',
      4,
    ],
    ['a fragment on an interface', '{ me { ... on Named { name } } }', 1],
    ['a fragment inside itself', '{ me { ...f } } fragment f on Person { group { name } ...f }', 2],
    ['a fragment of a page', '{ groups(first: 4) { ...g } } fragment g on GroupConnection { nodes { name } }', 5],
  ])('platform %s', (_, text, wanted) => {
    expect(cost(text)).toBe(wanted)
  })

  test.each([
    [{ n: 5 }, 6],
    [{}, 8],
    [{ n: null }, 21],
    [{ n: 'x' }, 21],
  ])('platform a page as long as its variable says: %j', (variables, wanted) => {
    expect(cost('query ($n: Int = 7) { groups(first: $n) { nodes { name } } }', variables)).toBe(wanted)
  })

  test('platform fragments that unfold to millions are counted in the time of their text', () => {
    const levels = Array.from(
      { length: 60 },
      (_, n) => `fragment f${n} on Person { group { name } ...f${n + 1} ...f${n + 1} }`,
    )
    expect(cost(`{ me { ...f0 } } ${levels.join(' ')} fragment f60 on Person { group { name } }`)).toBeGreaterThan(
      2 ** 60,
    )
  })
})
