import { describe, expect, test } from '@jest/globals'
import { CompositionFailed, composeSupergraph } from './compose-supergraph.ts'
import { readOrNull, readSubgraphs, supergraphFile } from './read-subgraphs.ts'

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
})
