import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { startWorld, type World } from './world.ts'

const console = 'https://console.example.test'
const wide = `{ ${Array.from({ length: 30 }, (_, n) => `a${n}: duesCategories`).join(' ')} }`
let closed: World
let open: World
beforeAll(async () => {
  closed = await startWorld({ rootFields: 40 })
  open = await startWorld({ rootFields: 40 }, { origins: [console], explorer: true })
}, 60_000)
afterAll(async () => {
  await closed.stop()
  await open.stop()
}, 30_000)

const preflight = (world: World, origin: string, path = '/graphql', method = 'POST') =>
  fetch(`${world.url}${path}`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': method,
      'access-control-request-headers': 'authorization,content-type',
    },
  })

describe('platform pages of other origins', () => {
  test.each([
    ['/graphql', 'POST'],
    ['/imports/members/01a2010a-15bd-777e-ac6e-3f45a1a37fd1/file', 'PUT'],
    ['/imports/members/01a2010a-15bd-777e-ac6e-3f45a1a37fd1/findings.csv', 'GET'],
  ])('platform may ask %s from an origin on the list, with a token', async (path, method) => {
    const { status, headers } = await preflight(open, console, path, method)
    expect(status).toBe(204)
    expect(headers.get('access-control-allow-origin')).toBe(console)
    expect(headers.get('access-control-allow-methods')).toContain(method)
    expect(headers.get('access-control-allow-headers')).toMatch(/authorization.*content-type/)
    expect(headers.get('access-control-allow-credentials')).toBeNull()
  })

  test('platform read the answer and its trace from an origin on the list, refusals too', async () => {
    for (const as of ['secretary', null]) {
      const { headers } = await open.post({ query: '{ duesCategories }' }, { as, headers: { origin: console } })
      expect(headers.get('access-control-allow-origin')).toBe(console)
      expect(headers.get('access-control-expose-headers')).toContain('x-trace-id')
      expect(headers.get('vary')).toMatch(/origin/i)
    }
  })

  test.each(['https://elsewhere.example.test', `${console}.elsewhere.test`, 'http://console.example.test', 'null'])(
    'platform hear nothing from %s, as if there were no list',
    async origin => {
      const asked = await preflight(open, origin)
      expect(asked.status).toBe(405)
      expect(asked.headers.get('access-control-allow-origin')).toBeNull()
      const { headers } = await open.post({ query: '{ duesCategories }' }, { headers: { origin } })
      expect(headers.get('access-control-allow-origin')).toBeNull()
    },
  )

  test('platform nobody may ask from elsewhere where no list is given', async () => {
    expect((await preflight(closed, console)).status).toBe(405)
    const { headers } = await closed.post({ query: '{ duesCategories }' }, { headers: { origin: console } })
    expect(headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('platform answers are small on the line', () => {
  test.each(['zstd', 'br', 'gzip'])('platform for who takes %s', async encoding => {
    const plain = await open.post({ query: wide }, { headers: { 'accept-encoding': 'identity' } })
    expect(plain.headers.get('content-encoding')).toBeNull()
    const { headers, body } = await open.post({ query: wide }, { headers: { 'accept-encoding': encoding } })
    expect(headers.get('content-encoding')).toBe(encoding)
    expect(headers.get('vary')).toMatch(/accept-encoding/i)
    expect(body.data).toEqual(plain.body.data)
  })

  test('platform a short answer is sent as it is', async () => {
    const { headers } = await open.post({ query: '{ duesCategories }' }, { headers: { 'accept-encoding': 'gzip' } })
    expect(headers.get('content-encoding')).toBeNull()
  })

  test('platform a body that comes folded is not unfolded behind the door', async () => {
    const folded = gzipSync(JSON.stringify({ query: `{ duesCategories }${' '.repeat(1_000_000)}` }))
    const response = await fetch(`${open.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'content-encoding': 'gzip',
        ...(await open.headersFor('secretary')),
      },
      body: folded,
    })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'BODY_NOT_JSON' } }] })
  })
})

describe('platform the explorer', () => {
  test('platform is a page of the gateway alone: nothing in it comes from elsewhere, or may', async () => {
    const response = await fetch(`${open.url}/explorer`)
    const page = await response.text()
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/default-src 'none'/)
    expect(policy).not.toMatch(/https?:|script-src[^;]*unsafe/)
    const linked = [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, path]) => path as string)
    expect(linked.length).toBeGreaterThan(2)
    const workers = ['editorWorkerService', 'graphql', 'json'].map(name => `/explorer/${name}.worker.js`)
    for (const path of [...linked, ...workers]) {
      expect(path).toMatch(/^\/explorer\//)
      const file = await fetch(`${open.url}${path}`)
      expect(file.status).toBe(200)
      expect((await file.text()).length).toBeGreaterThan(100)
      const again = await fetch(`${open.url}${path}`, { headers: { 'if-none-match': file.headers.get('etag') ?? '' } })
      expect(again.status).toBe(304)
    }
  })

  test('platform is named at the door, and is not there unless told', async () => {
    expect(await (await fetch(open.url)).json()).toMatchObject({ explorer: 'http://api.example.test/explorer' })
    expect(await (await fetch(closed.url)).json()).not.toHaveProperty('explorer')
    expect((await fetch(`${closed.url}/explorer`)).status).toBe(404)
    for (const world of [closed, open]) expect((await fetch(`${world.url}/graphql`)).status).toBe(405)
  })
})
