import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { isOfThisMachine } from '../src/serving/metrics-route.ts'
import { startWorld, type World } from './world.ts'

let open: World
let apart: World
beforeAll(async () => {
  open = await startWorld()
  apart = await startWorld({}, { watchedApart: true })
}, 90_000)
afterAll(() => Promise.all([open?.stop(), apart?.stop()]), 60_000)

const metric = /^linghang_gateway_requests_total/m

describe('platform what the gateway counts is not for strangers', () => {
  test('platform this machine reads it', async () => {
    const answer = await fetch(`${open.url}/metrics`)
    expect([answer.status, metric.test(await answer.text())]).toEqual([200, true])
  })

  test.each(['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'])(
    'platform whoever comes through a proxy that says %s does not',
    async name => {
      const answer = await fetch(`${open.url}/metrics`, { headers: { [name]: 'for=203.0.113.9' } })
      expect([answer.status, metric.test(await answer.text())]).toEqual([404, false])
    },
  )

  test.each([
    ['127.0.0.1', true],
    ['::1', true],
    ['::ffff:127.0.0.1', true],
    ['10.1.2.3', false],
    ['::ffff:10.1.2.3', false],
    ['203.0.113.127', false],
    ['fe80::1', false],
    [undefined, false],
  ])('platform %s is of this machine: %s', (remoteAddress, of) => {
    expect(isOfThisMachine({ socket: { remoteAddress }, headers: {} } as Parameters<typeof isOfThisMachine>[0])).toBe(
      of,
    )
  })

  test.each(['/metrics', '/health/live', '/health/started', '/health/ready'])(
    'platform where it is watched at a port of its own, nobody has %s at the public one',
    async path => {
      const answer = await fetch(`${apart.url}${path}`)
      expect([answer.status, metric.test(await answer.text())]).toEqual([404, false])
      expect((await fetch(`${open.url}${path}`)).status).toBe(200)
    },
  )
})
