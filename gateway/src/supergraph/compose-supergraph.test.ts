import { describe, expect, test } from '@jest/globals'
import { costOf, weights } from '@linghang/subgraph'
import { buildSchema, isObjectType, type OperationDefinitionNode, parse } from 'graphql'
import { CompositionFailed, composeSupergraph, publicSchemaOf } from './compose-supergraph.ts'
import { publicSchemaFile, readOrNull, readSubgraphs, supergraphFile } from './read-subgraphs.ts'

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])'
const org = { name: 'org', sdl: `${link} type Query { org: Org } type Org @key(fields: "id") { id: ID! name: String }` }
const dues = { name: 'dues', sdl: `${link} type Org @key(fields: "id") { id: ID! balance: String }` }

describe('platform the supergraph', () => {
  test('platform is the same text in whatever order the services come, with placeholders for their addresses', () => {
    const composed = composeSupergraph([org, dues])
    expect(composeSupergraph([dues, org])).toBe(composed)
    expect(composed.match(/http:\/\/[^"]+/g)?.filter(url => url.includes('.internal'))).toEqual([
      'http://dues.internal/graphql',
      'http://org.internal/graphql',
    ])
  })

  test.each([
    [
      'do not fit together',
      [org, { name: 'x', sdl: `${link} type Org @key(fields: "id") { id: ID! name: Int }` }],
      /name/,
    ],
    ['cannot be read', [{ name: 'x', sdl: 'type {' }], /schema of x .*Syntax Error/],
  ])('platform services that %s are named', (_, subgraphs, message) => {
    expect(() => composeSupergraph(subgraphs)).toThrow(CompositionFailed)
    expect(() => composeSupergraph(subgraphs)).toThrow(message)
  })

  test('platform that is committed is what the services compose to (else: npm run compose)', async () => {
    const subgraphs = await readSubgraphs()
    expect(subgraphs.length).toBeGreaterThan(0)
    const upToDate = composeSupergraph(subgraphs) === (await readOrNull(supergraphFile))
    expect(upToDate ? 'up to date' : 'gateway/supergraph.graphql is out of date: run `npm run compose`').toBe(
      'up to date',
    )
  })

  test('platform as apps read it is committed, and names no service (else: npm run compose)', async () => {
    const shown = publicSchemaOf((await readOrNull(supergraphFile)) ?? '')
    expect(
      shown === (await readOrNull(publicSchemaFile))
        ? 'up to date'
        : 'docs/schema.graphql is out of date: run `npm run compose`',
    ).toBe('up to date')
    expect(shown).not.toMatch(/join__|\.internal|_entities/)
  })

  test('platform each field for which more is done than a row is read is one of the API, and its weight counts', async () => {
    const schema = buildSchema((await readOrNull(publicSchemaFile)) ?? '')
    const isField = (path: string) => {
      const [type = '', field = ''] = path.split('.')
      const found = schema.getType(type)
      return isObjectType(found) && field in found.getFields()
    }
    expect(Object.keys(weights).filter(path => !isField(path))).toEqual([])
    const costWith = (field: string) => {
      const document = parse(`{ node(id: "DevelopmentCase:1") { ... on DevelopmentCase { id ${field} } } }`)
      return costOf(schema, document, document.definitions[0] as OperationDefinitionNode)
    }
    const list = costWith('materials { id }') - costWith('')
    expect(costWith('documents { template }') - costWith('')).toBe(
      (weights['DevelopmentCase.documents'] as number) + list,
    )
  })

  test('platform the query with which a branch of twenty people stops a service costs more than any may', async () => {
    const schema = buildSchema((await readOrNull(publicSchemaFile)) ?? '')
    const level = (inner: string) => `members(first: 100) { nodes { organisation { ${inner} } } }`
    const cost = (inner: string) => {
      const document = parse(`{ organisation(code: "1") { ${inner} } }`)
      return costOf(schema, document, document.definitions[0] as OperationDefinitionNode)
    }
    expect(cost(level('name'))).toBeLessThan(300)
    expect(cost(level(level('name')))).toBeGreaterThan(20_000)
    expect(cost(level(level(level(level('name')))))).toBeGreaterThan(100_000_000)
  })
})
