import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { getIntrospectionQuery } from 'graphql'
import { gate } from './subgraphs.ts'
import { startWorld, until, type World } from './world.ts'

const inFlight = 3
const requestTimeoutMs = 1_500
let world: World
beforeAll(async () => {
  world = await startWorld({ inFlight, requestTimeoutMs, bodyBytes: 20_000, tokens: 1_000 })
  await world.headersFor('secretary')
}, 60_000)
afterAll(() => world.stop(), 30_000)

const english = { 'accept-language': 'en' }
const nested = (levels: number): string =>
  levels === 1 ? 'code' : `superior { ${levels === 2 ? 'code' : nested(levels - 1)} }`
const deep = (depth: number) => `{ organisation(code: "LC") { ${nested(depth - 1)} } }`
const aliases = (count: number) =>
  `{ organisation(code: "LC") { ${Array.from({ length: count }, (_, n) => `a${n}: code`).join(' ')} } }`
const rootFields = (count: number) => `{ ${Array.from({ length: count }, () => 'duesCategories').join(' ')} }`
const directives = (count: number) => `{ duesCategories ${'@include(if: true) '.repeat(count)} }`

describe('platform what asks for too much is refused before any service is asked', () => {
  test.each([
    ['depth 15', deep(15), 200, undefined, undefined],
    ['depth 16', deep(16), 400, 'TOO_DEEP', { found: 16, limit: 15 }],
    ['30 aliases', aliases(30), 200, undefined, undefined],
    ['31 aliases', aliases(31), 400, 'TOO_MANY_ALIASES', { found: 31, limit: 30 }],
    ['20 root fields', rootFields(20), 200, undefined, undefined],
    ['21 root fields', rootFields(21), 400, 'TOO_MANY_ROOT_FIELDS', { found: 21, limit: 20 }],
    ['51 directives', directives(51), 400, 'TOO_MANY_DIRECTIVES', { found: 51, limit: 50 }],
    [
      'fragments that unfold to 7,776 fields',
      `{ ${'a: organisation(code: "LC") { ...f1 } '} } ${[1, 2, 3, 4, 5]
        .map(n => `fragment f${n} on Organisation { ${n === 5 ? 'id '.repeat(6) : `...f${n + 1} `.repeat(6)} }`)
        .join(' ')}`,
      400,
      'TOO_MANY_SELECTIONS',
      { found: 7_777, limit: 5_000 },
    ],
    ['1,001 tokens', `{ ${'duesCategories '.repeat(999)} }`, 400, 'TOO_MANY_TOKENS', { limit: 1_000 }],
  ])('platform %s', async (_, query, status, code, params) => {
    const before = world.calls()
    const answer = await world.post({ query }, { headers: english })
    expect([answer.status, answer.body.errors?.[0]?.extensions.code]).toEqual([status, code])
    if (!code) return
    expect(answer.body.errors?.[0]?.extensions.params).toEqual(params)
    for (const value of Object.values(params ?? {})) {
      expect(answer.body.errors?.[0]?.message).toContain(String(value))
    }
    expect(world.calls()).toBe(before)
  })
})

describe('platform a mistake of the client is answered 4xx with a code, in Chinese unless asked otherwise', () => {
  const good = '{ duesCategories }'
  test.each([
    ['no query', {}, 400, 'QUERY_MISSING'],
    ['an empty query', { query: '' }, 400, 'QUERY_MISSING'],
    ['a query that is no text', { query: 7 }, 400, 'REQUEST_INVALID'],
    ['variables that are no object', { query: good, variables: 'x' }, 400, 'REQUEST_INVALID'],
    ['a list as body', [{ query: good }, { query: good }], 400, 'BATCHING_REFUSED'],
    ['an empty list as body', [], 400, 'BATCHING_REFUSED'],
    ['a persisted query', { extensions: { persistedQuery: {} } }, 400, 'PERSISTED_QUERY_NOT_SUPPORTED'],
    ['half a JSON', '{"query":', 400, 'BODY_NOT_JSON'],
    ['no body', '', 400, 'BODY_NOT_JSON'],
    ['a JSON null', 'null', 400, 'REQUEST_INVALID'],
    ['half a query', { query: '{ duesCategories' }, 400, 'GRAPHQL_PARSE_FAILED'],
    ['only a fragment', { query: 'fragment F on Member { id }' }, 400, 'QUERY_MISSING'],
    ['an unknown field', { query: '{ duesCategory }' }, 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['a fragment inside itself', { query: '{ ...F } fragment F on Query { ...F }' }, 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['an unknown operation', { query: `query A ${good}`, operationName: 'B' }, 400, 'OPERATION_UNKNOWN'],
    ['two operations, none named', { query: `query A ${good} query B ${good}` }, 400, 'OPERATION_NAME_MISSING'],
    ['a subscription', { query: 'subscription { organisationRenamed { id } }' }, 400, 'SUBSCRIPTION_REFUSED'],
    [
      'a variable of the wrong type',
      { query: 'query Q($c: String!) { organisation(code: $c) { id } }', variables: { c: 7 } },
      400,
      'BAD_USER_INPUT',
    ],
    ['a missing variable', { query: 'query Q($c: String!) { organisation(code: $c) { id } }' }, 400, 'BAD_USER_INPUT'],
  ])('platform %s', async (_, body, status, code) => {
    const before = world.calls()
    const answer = await world.post(body)
    expect([answer.status, answer.body.errors?.[0]?.extensions.code]).toEqual([status, code])
    expect(answer.body.errors?.[0]?.message).toMatch(/[\u4e00-\u9fff]/)
    expect(answer.headers.get('x-trace-id')).toMatch(/^[0-9a-f]{32}$/)
    expect(world.calls()).toBe(before)
  })

  test('platform a value that only a service can judge is the client’s mistake too', async () => {
    const query = 'query Q($d: Date) { organisations(foundedAfter: $d) { id } }'
    const { status, body } = await world.post({ query, variables: { d: '1921-13-01' } }, { headers: english })
    expect(status).toBeLessThan(500)
    expect(body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
    expect(body.errors?.[0]?.message).toContain('a date such as')
  })

  test.each([
    ['{ duesCategorie }', {}],
    ['query Q($k: OrganisationKind) { organisations(kind: $k) { id } }', { k: 'BRANCHE' }],
  ])('platform nobody is told what they may have meant: %s', async (query, variables) => {
    const { body } = await world.post({ query, variables }, { headers: english })
    expect(body.errors?.length).toBe(1)
    expect(JSON.stringify(body)).not.toMatch(/did you mean|duesCategories|BRANCH"/i)
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/graphql'])(
    'platform a body of type %s is answered 415',
    async contentType => {
      const answer = await world.post('{ "query": "{ duesCategories }" }', { headers: { 'content-type': contentType } })
      expect([answer.status, answer.body.errors?.[0]?.extensions.code]).toEqual([415, 'MEDIA_TYPE_UNSUPPORTED'])
    },
  )

  test('platform a body over the limit is answered 413', async () => {
    const answer = await world.post({ query: '{ duesCategories }', variables: { x: 'x'.repeat(20_000) } })
    expect([answer.status, answer.body.errors?.[0]?.extensions.code]).toEqual([413, 'BODY_TOO_LARGE'])
    expect(answer.body.errors?.[0]?.extensions.params).toMatchObject({ limit: 20_000 })
  })

  test.each(['GET', 'PUT', 'DELETE', 'OPTIONS'])('platform %s /graphql is answered 405', async method => {
    const response = await fetch(`${world.url}/graphql?query={duesCategories}`, { method })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
  })
})

describe('platform strangers see nothing', () => {
  test.each([
    ['no token', {}, 'Bearer'],
    ['another scheme', { authorization: 'Basic eDp5' }, 'Bearer error="invalid_request"'],
    ['a token that nobody signed', { authorization: 'Bearer abc.def.ghi' }, 'Bearer error="invalid_token"'],
  ])('platform %s is answered 401, introspection included', async (_, headers, challenge) => {
    for (const query of ['{ duesCategories }', getIntrospectionQuery(), '{ nothingLikeThis }', '{ broken']) {
      const answer = await world.post({ query }, { as: null, headers: { ...english, ...headers } })
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, challenge])
      expect(answer.body.errors?.map(({ extensions }) => extensions)).toEqual([{ code: 'UNAUTHENTICATED' }])
    }
  })

  test('platform who has signed in without an account here is told so', async () => {
    const answer = await world.post({ query: '{ duesCategories }' }, { as: 'stranger', headers: english })
    expect([answer.status, answer.body.errors?.[0]?.extensions.code]).toEqual([403, 'ACCOUNT_UNKNOWN'])
  })

  test('platform callers with an account may read the schema', async () => {
    const answer = await world.post({ query: getIntrospectionQuery() })
    expect(answer.status).toBe(200)
    expect(answer.body.data.__schema.queryType).toEqual({ name: 'Query', kind: 'OBJECT' })
  })

  test('platform an unknown address and the front page need no token and say little', async () => {
    expect((await fetch(`${world.url}/nothing`)).status).toBe(404)
    const front = await fetch(`${world.url}/`)
    expect(await front.json()).toMatchObject({ graphql: 'POST http://api.example.test/graphql' })
  })
})

describe('platform the gateway keeps its balance', () => {
  test('platform beyond the limit of requests under way it answers 503 at once, and recovers', async () => {
    gate.close()
    const before = world.calls()
    const held = ['a', 'b', 'c'].map(alias => world.post({ query: `{ ${alias}: gated }` }))
    await gate.atGate(inFlight)
    const refused = await world.post({ query: '{ duesCategories }' }, { headers: english })
    expect([refused.status, refused.body.errors?.[0]?.extensions]).toEqual([
      503,
      { code: 'OVERLOADED', params: { limit: inFlight } },
    ])
    expect(refused.headers.get('retry-after')).toBe('1')
    expect((await fetch(`${world.url}/health/live`)).status).toBe(200)
    gate.open()
    await Promise.all(held)
    expect(world.calls() - before).toBe(inFlight)
    expect((await world.post({ query: '{ duesCategories }' })).status).toBe(200)
  })

  test('platform a caller who leaves keeps their turn until the work for them is done', async () => {
    gate.close()
    const headers = { 'content-type': 'application/json', ...(await world.headersFor('secretary')) }
    const left = httpRequest(`${world.url}/graphql`, { method: 'POST', headers })
    left.on('error', () => undefined)
    left.end(JSON.stringify({ query: '{ left: gated }' }))
    await gate.atGate(1)
    left.destroy()
    const turns = () => world.counted('linghang_gateway_in_flight')
    const closed = () => world.counted('linghang_gateway_requests')
    const before = await closed()
    await world.post({ query: '{ duesCategories }' })
    await until(async () => (await closed()) > before)
    expect(await turns()).toBe(1)
    gate.open()
    await until(async () => (await turns()) === 0)
  })

  test('platform a request that takes too long is given up', async () => {
    gate.close()
    const answer = await world.post({ query: '{ slow: gated }' }, { headers: english })
    expect([answer.status, answer.body.errors?.[0]?.extensions.code]).toEqual([504, 'REQUEST_TIMEOUT'])
    gate.open()
    await until(async () => (await world.counted('linghang_gateway_in_flight')) === 0)
  })

  test('platform a body that never ends gives its turn back', async () => {
    const { port, hostname } = new URL(world.url)
    const { authorization } = await world.headersFor('secretary')
    const socket = connect(Number(port), hostname)
    socket.write(
      `POST /graphql HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{`,
    )
    let text = ''
    for await (const chunk of socket.setEncoding('utf8')) text += chunk
    expect(text).toMatch(/^HTTP\/1.1 408 /)
    expect(text).toContain('REQUEST_TIMEOUT')
    await until(async () => (await world.counted('linghang_gateway_in_flight')) === 0)
  })
})

describe('platform no caller takes another’s time', () => {
  let shared: World
  beforeAll(async () => {
    shared = await startWorld({
      ...{ inFlight: 4, inFlightEach: 2, bodyTimeoutMs: 1_000, nodes: 50, costBucket: 120, costPerSecond: 1 },
    })
    await Promise.all(['secretary', 'leader', 'statistics'].map(name => shared.headersFor(name)))
  }, 60_000)
  afterAll(() => shared.stop(), 30_000)
  const codeOf = (answer: Awaited<ReturnType<World['post']>>) => answer.body.errors?.[0]?.extensions.code

  test('platform bodies that come by drops take no turn: the next caller is answered while hundreds are sent', async () => {
    const { port, hostname } = new URL(shared.url)
    const { authorization } = await shared.headersFor('leader')
    const sockets = Array.from({ length: 300 }, () => {
      const socket = connect(Number(port), hostname)
      socket.on('error', () => undefined)
      socket.write(
        `POST /graphql HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{`,
      )
      return socket
    })
    expect((await shared.post({ query: '{ duesCategories }' })).status).toBe(200)
    // Each of them is told within its time, and hears no more.
    const texts = await Promise.all(
      sockets.map(async socket => {
        let text = ''
        for await (const chunk of socket.setEncoding('utf8')) text += chunk
        return text.slice(0, 12)
      }),
    )
    expect(new Set(texts)).toEqual(new Set(['HTTP/1.1 408']))
  })

  test('platform one account has its share of what is under way, and others have theirs', async () => {
    gate.close()
    const held = ['a', 'b'].map(alias => shared.post({ query: `{ ${alias}: gated }` }))
    await gate.atGate(2)
    const third = await shared.post({ query: '{ c: gated }' }, { headers: english })
    expect([third.status, codeOf(third), third.headers.get('retry-after')]).toEqual([429, 'TOO_MANY_AT_ONCE', '1'])
    const other = shared.post({ query: '{ d: gated }' }, { as: 'leader' })
    await gate.atGate(3)
    gate.open()
    expect([...(await Promise.all(held)), await other].map(({ status }) => status)).toEqual([200, 200, 200])
  })

  test('platform a query that asks for more things than any may is refused with the figures, before any service is asked', async () => {
    const before = shared.calls()
    const answer = await shared.post(
      { query: '{ organisation(code: "LC") { children { children { code } } } }' },
      { as: 'leader', headers: english },
    )
    expect([answer.status, codeOf(answer), answer.body.errors?.[0]?.extensions.params]).toEqual([
      400,
      'TOO_MANY_NODES',
      { found: 111, limit: 50 },
    ])
    expect(shared.calls()).toBe(before)
  })

  test('platform what was asked for is charged to the account, said in the answer, and comes back with time', async () => {
    const ask = (as: string) =>
      shared.post({ query: '{ organisation(code: "LC") { children { code } } }' }, { as, headers: english })
    const first = await ask('secretary')
    expect((first.body as { extensions?: object }).extensions).toMatchObject({
      cost: { requested: 21, limit: 120, restoredPerSecond: 1 },
    })
    let answer = first
    for (let n = 0; n < 10 && answer.status === 200; n++) answer = await ask('secretary')
    expect([answer.status, codeOf(answer)]).toEqual([429, 'COST_EXHAUSTED'])
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await ask('leader')).status).toBe(200)
  })
})

describe('platform what a client cannot mean', () => {
  test.each([
    ['id for another field', '{ organisation(code: "LC") { id: name } }', 'NAME_TAKEN_FOR_ANOTHER'],
    ['__typename for another field', '{ organisation(code: "LC") { __typename: name } }', 'NAME_TAKEN_FOR_ANOTHER'],
    ['a zero byte', '{ organisation(code: "\\u0000") { code } }', 'TEXT_NOT_ALLOWED'],
    ['a text nested without end', `{ a(b: ${'['.repeat(900)}) }`, 'GRAPHQL_PARSE_FAILED'],
  ])('platform %s', async (_, query, code) => {
    const { status, body } = await world.post({ query })
    expect([status, body.errors?.[0]?.extensions.code]).toEqual([400, code])
  })

  test('platform variables nested thousands deep, and a persisted query with its text', async () => {
    const nest = (levels: number) => JSON.parse('['.repeat(levels) + ']'.repeat(levels))
    const deepValue = await world.post({ query: '{ duesCategories }', variables: { v: nest(4_000) } })
    expect([deepValue.status, deepValue.body.errors?.[0]?.extensions.code]).toEqual([400, 'TOO_DEEP'])
    const persisted = { persistedQuery: { version: 1, sha256Hash: 'x' } }
    const hashed = await world.post({ query: '{ duesCategories }', extensions: persisted })
    expect([hashed.status, hashed.body.errors?.[0]?.extensions.code]).toEqual([400, 'PERSISTED_QUERY_NOT_SUPPORTED'])
  })

  test('platform answers are kept by nobody on the way', async () => {
    const { headers } = await world.post({ query: '{ duesCategories }' })
    expect([headers.get('cache-control'), headers.get('x-content-type-options')]).toEqual([
      'private, no-store',
      'nosniff',
    ])
  })
})
