import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createLog } from '@linghang/telemetry'
import fastify, { type FastifyInstance } from 'fastify'
import { Pool } from 'undici'
import { calendarRoutes } from '../src/calendar/forward-calendar.ts'
import { createTurns } from '../src/guards/turns.ts'
import { openDoor } from '../src/serving/door.ts'
import { createMeasurements } from '../src/serving/measurements.ts'
import { limits } from './in-front.ts'

const log = createLog('gateway-test', 'fatal')
const secret = (letter: string) => letter.repeat(43)
const host = '127.0.0.1'

let calendars: FastifyInstance
let gateway: FastifyInstance
let pool: Pool
const asked: { url: string; authorization: string | undefined }[] = []
const turns = createTurns(1)

/** The service behind: it knows one secret and is tired of another. */
beforeAll(async () => {
  calendars = fastify()
  calendars.get<{ Params: { file: string } }>('/calendar/:file', async (request, reply) => {
    asked.push({ url: request.url, authorization: request.headers.authorization })
    const { file } = request.params
    if (file === `${secret('t')}.ics`) return reply.code(429).send()
    if (file === `${secret('x')}.ics`) return reply.code(500).send()
    if (file !== `${secret('a')}.ics`) return reply.code(404).send()
    return reply
      .type('text/calendar; charset=utf-8')
      .header('cache-control', 'private, no-store')
      .send('BEGIN:VCALENDAR')
  })
  const url = await calendars.listen({ host, port: 0 })
  pool = new Pool(url)
  gateway = fastify()
  const measurements = createMeasurements(turns.count)
  const door = openDoor(gateway, { log, measurements, bodyBytes: limits.bodyBytes })
  const subgraph = { name: 'workflows', url, dispatcher: pool }
  calendarRoutes(gateway, { subgraph, turns, limits, door, tokenForItself: async () => 'its own', log })
  await gateway.listen({ host, port: 0 })
})
afterAll(async () => {
  await gateway.close()
  await pool.close()
  await calendars.close()
})

const get = async (path: string) => {
  const address = gateway.server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const answer = await fetch(`http://${host}:${port}${path}`, { headers: { authorization: 'Bearer of a caller' } })
  return { status: answer.status, text: await answer.text(), headers: answer.headers }
}

describe('S0-38 calendars pass through the gateway', () => {
  test('S0-38 without a sign-in: the secret is the key, and the gateway asks in its own name', async () => {
    const { status, text, headers } = await get(`/calendar/${secret('a')}.ics`)
    expect([status, text]).toEqual([200, 'BEGIN:VCALENDAR'])
    expect(headers.get('content-type')).toBe('text/calendar; charset=utf-8')
    expect(headers.get('cache-control')).toBe('private, no-store')
    expect(asked.at(-1)).toEqual({ url: `/calendar/${secret('a')}.ics`, authorization: 'Bearer its own' })
  })

  test.each([
    [secret('b'), 404, 'PATH_UNKNOWN'],
    [secret('t'), 429, 'ASKED_TOO_OFTEN'],
    [secret('x'), 503, 'SUBGRAPH_UNAVAILABLE'],
  ])('S0-38 %s is answered with %i %s and nothing of the answer behind', async (key, status, code) => {
    const answer = await get(`/calendar/${key}.ics`)
    expect([answer.status, JSON.parse(answer.text).errors[0].extensions.code]).toEqual([status, code])
  })

  test.each([`${'a'.repeat(42)}.ics`, `${'a'.repeat(44)}.ics`, `${secret('a')}.txt`, `${'a'.repeat(42)}%2F.ics`])(
    'S0-38 %s cannot be a secret and costs no call',
    async file => {
      const calls = asked.length
      expect((await get(`/calendar/${file}`)).status).toBe(404)
      expect(asked).toHaveLength(calls)
    },
  )

  test('platform it takes a turn like any other request, and gives it back', async () => {
    const turn = turns.take()
    expect((await get(`/calendar/${secret('a')}.ics`)).status).toBe(503)
    turn?.closed()
    turn?.end()
    expect((await get(`/calendar/${secret('a')}.ics`)).status).toBe(200)
    expect(turns.count()).toBe(0)
  })
})
