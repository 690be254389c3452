import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { gate } from './subgraphs.ts'
import { startWorld, until, type World } from './world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
}, 60_000)
afterAll(() => world.stop(), 30_000)

const dashboard = `query Dashboard($code: String!) {
  organisation(code: $code) { name kind superior { code } members { id name duesRecord { category } } balance }
}`

describe('platform one query is answered from several services', () => {
  test('platform joins organisation, members and dues', async () => {
    const { status, body } = await world.post({ query: dashboard, variables: { code: 'LC01' } })
    expect(body.errors).toBeUndefined()
    expect(status).toBe(200)
    expect(body.data.organisation).toEqual({
      name: '第一支部',
      kind: 'BRANCH',
      superior: { code: 'LC' },
      members: [1, 2].map(n => ({ id: `2-${n}`, name: `党员2-${n}`, duesRecord: { category: 'MONTHLY_SALARY' } })),
      balance: '0',
    })
  })

  test('platform tells each service who asks, with the offices that org knows, and nothing of the outside token', async () => {
    await world.post({ query: '{ duesCategories }' }, { as: 'leader' })
    const seen = world.seenBy('dues')
    expect(seen.actors.at(-1)).toMatchObject({ kind: 'PERSON', grants: [{ role: 'LEADER', orgId: null }], scopes: [] })
    const { authorization } = await world.headersFor('leader')
    expect(seen.headers.at(-1)?.authorization).not.toBe(authorization)
  })

  test('platform gives an app the scopes of its token', async () => {
    const { status } = await world.post({ query: '{ duesCategories }' }, { as: 'statistics' })
    expect(status).toBe(200)
    expect(world.seenBy('dues').actors.at(-1)).toMatchObject({ kind: 'APP', scopes: ['members:read'] })
  })

  test('platform continues the trace of the caller into the services and names it in the answer', async () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c'
    const { headers } = await world.post(
      { query: '{ duesCategories }' },
      { headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` } },
    )
    expect(headers.get('x-trace-id')).toBe(traceId)
    expect(world.seenBy('dues').headers.at(-1)?.traceparent).toMatch(new RegExp(`^00-${traceId}-(?!b7ad6b7169203331)`))
  })
})

describe('platform equal reads that are under way share one answer', () => {
  const gated = (as: string, query = '{ gated }') => world.post({ query }, { as })
  const sharedAnswers = () => world.counted('linghang_gateway_shared_answers')
  const sharedFetches = () => world.counted('linghang_gateway_fetches', 'outcome="shared"', 'subgraph="org"')

  test.each([
    ['the same query', '{ gated }', sharedAnswers],
    ['another query that needs the same of a service', '{ gated duesCategories }', sharedFetches],
  ])('platform %s joins a read for the same actor, and not for another', async (_, query, shared) => {
    await Promise.all([world.headersFor('leader'), world.headersFor('secretary')])
    gate.close()
    const [callsBefore, sharedBefore] = [world.seenBy('org').calls, await shared()]
    const answers = [gated('secretary'), gated('leader')]
    await gate.atGate(2)
    answers.push(gated('secretary', query))
    await until(async () => (await shared()) === sharedBefore + 1)
    gate.open()
    for (const { body } of await Promise.all(answers)) expect(body).toMatchObject({ data: { gated: 'passed' } })
    expect(world.seenBy('org').calls - callsBefore).toBe(2)
  })

  test.each([
    ['the same query', '{ gated }'],
    ['another query that needs the same of a service', '{ gated duesCategories }'],
  ])('platform %s after a write never joins a read from before it', async (_, query) => {
    gate.close()
    const callsBefore = world.seenBy('org').calls
    const before = gated('secretary')
    await gate.atGate(1)
    const renamed = await world.post({
      query: 'mutation { renameOrganisation(code: "LC02", name: "新二支部") { name } }',
    })
    expect(renamed.body.data.renameOrganisation.name).toBe('新二支部')
    const after = gated('secretary', query)
    await gate.atGate(2)
    gate.open()
    await Promise.all([before, after])
    expect(world.seenBy('org').calls - callsBefore).toBe(3)
  })

  test('platform the same query with other variables or in another language is another question', async () => {
    const query = 'query Q($code: String!) { organisation(code: $code) { code  } }'
    const asked = await Promise.all([
      ...['LC', 'LC01'].map(code => world.post({ query, variables: { code } })),
      ...['zh-CN', 'en'].map(language =>
        world.post({ query: '{ refused(name: "x") }' }, { headers: { 'accept-language': language } }),
      ),
    ])
    expect(asked.slice(0, 2).map(({ body }) => body.data.organisation.code)).toEqual(['LC', 'LC01'])
    expect(new Set(asked.slice(2).map(({ body }) => body.errors?.[0]?.message)).size).toBe(2)
  })

  test('platform equal writes are each sent', async () => {
    const callsBefore = world.seenBy('org').calls
    const query = 'mutation { renameOrganisation(code: "LC02", name: "新二支部") { name } }'
    await Promise.all([world.post({ query }), world.post({ query })])
    expect(world.seenBy('org').calls - callsBefore).toBe(2)
  })

  test('platform callers who share an answer each get their own copy of lists that are joined into', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => world.post({ query: dashboard, variables: { code: 'LC' } })),
    )
    const [first] = answers
    for (const { body } of answers) {
      expect(body.errors).toBeUndefined()
      expect(body).toEqual(first?.body)
    }
  })
})

describe('platform errors are said in the language of the caller, and only what helps them', () => {
  test.each([
    ['en-GB,en;q=0.9', 'The name "x" is taken'],
    ['zh-CN,zh;q=0.9', '名称“x”已被使用'],
    ['fr', '名称“x”已被使用'],
  ])('platform a refusal of a service reads for %s: %s', async (acceptLanguage, message) => {
    const { status, body } = await world.post(
      { query: '{ duesCategories refused(name: "x") }' },
      { headers: { 'accept-language': acceptLanguage } },
    )
    expect(status).toBe(200)
    expect(body.data).toEqual({ duesCategories: ['MONTHLY_SALARY', 'RETIRED'], refused: null })
    expect(body.errors).toEqual([
      { message, path: ['refused'], extensions: { code: 'NAME_TAKEN', params: { name: 'x' } } },
    ])
  })

  test('platform what is refused comes back by its beginning, however long it was', async () => {
    const long = '长𬭎'.repeat(20_000)
    for (const [query, variables, operationName] of [
      ['query ($name: String!) { refused(name: $name) }', { name: long }],
      ['query ($day: Date) { organisations(foundedAfter: $day) { id } }', { day: long }],
      [`{ organisations(foundedAfter: "${long}") { id } }`, {}],
      ['query A { duesCategories } query B { duesCategories }', {}, long],
    ] as const) {
      const { body } = await world.post({ query, variables, operationName })
      expect(body.errors).toHaveLength(1)
      const text = JSON.stringify(body)
      expect(Buffer.byteLength(text)).toBeLessThan(8_000)
      expect(text.isWellFormed()).toBe(true)
    }
    const { body } = await world.post({ query: 'query ($n: String!) { refused(name: $n) }', variables: { n: long } })
    expect(body.errors?.[0]?.message).toContain('长𬭎长𬭎')
  })

  test('platform an unforeseen fault is masked and carries the trace id', async () => {
    const { headers, body } = await world.post({ query: '{ broken }' }, { headers: { 'accept-language': 'en' } })
    expect(JSON.stringify(body)).not.toMatch(/secret|ECONNREFUSED|stack|serviceName/)
    expect(body.errors).toEqual([
      {
        message: 'Something failed on our side: please try again later',
        path: ['broken'],
        extensions: { code: 'INTERNAL', traceId: headers.get('x-trace-id') },
      },
    ])
  })

  test('platform a service that is down costs its part of the answer, at its place', async () => {
    const port = await world.stopSubgraph('dues')
    const query =
      '{ organisation(code: "LC01") { name balance members { id duesRecord { category } } } duesCategories }'
    const { status, body } = await world.post({ query }, { headers: { 'accept-language': 'en' } })
    expect(status).toBe(200)
    expect(body.data).toBeNull()
    expect(body.errors?.map(({ path }) => path?.join('.')).sort()).toEqual([
      'duesCategories',
      'organisation.balance',
      'organisation.members',
    ])
    const nullable = await world.post({
      query: '{ organisation(code: "LC01") { name balance members { id duesRecord { category } } } }',
    })
    expect(nullable.body.data.organisation).toEqual({
      name: '第一支部',
      balance: null,
      members: [1, 2].map(n => ({ id: `2-${n}`, duesRecord: null })),
    })
    for (const error of nullable.body.errors ?? []) {
      expect(error.extensions).toEqual({ code: 'SUBGRAPH_UNAVAILABLE', params: { subgraph: 'dues' } })
    }
    await world.startSubgraph('dues', port)
    const again = await world.post({ query })
    expect(again.body.errors).toBeUndefined()
  })
})
