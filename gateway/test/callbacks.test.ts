import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createLog } from '@linghang/telemetry'
import fastify, { type FastifyInstance } from 'fastify'
import { Pool } from 'undici'
import { createTurns } from '../src/guards/turns.ts'
import { callbackRoutes } from '../src/payments/forward-callbacks.ts'
import { openDoor } from '../src/serving/door.ts'
import { createMeasurements } from '../src/serving/measurements.ts'
import { limits } from './in-front.ts'

const log = createLog('gateway-test', 'fatal')
const host = '127.0.0.1'
const signature = {
  ...{ 'wechatpay-signature': 's', 'wechatpay-timestamp': '1', 'wechatpay-nonce': 'n', 'wechatpay-serial': 'k' },
}

let service: FastifyInstance
let gateway: FastifyInstance
let pool: Pool
const asked: { headers: Record<string, unknown>; body: string }[] = []
const turns = createTurns(1)

/** The service behind: it takes what begins with a brace. */
beforeAll(async () => {
  service = fastify()
  service.removeAllContentTypeParsers()
  service.addContentTypeParser('*', { parseAs: 'string' }, (_, body, done) => done(null, body))
  service.post('/payments/notify', async (request, reply) => {
    const body = String(request.body)
    asked.push({ headers: request.headers, body })
    if (body.startsWith('{')) return reply.code(204).send()
    return reply.code(401).send({ code: 'FAIL', message: 'SIGNATURE_WRONG' })
  })
  const url = await service.listen({ host, port: 0 })
  pool = new Pool(url)
  gateway = fastify()
  const door = openDoor(gateway, { log, measurements: createMeasurements(turns.count), bodyBytes: limits.bodyBytes })
  const subgraph = { name: 'dues', url, dispatcher: pool }
  callbackRoutes(gateway, { subgraph, turns, limits, door, tokenForItself: async () => 'its own', log })
  await gateway.listen({ host, port: 0 })
})
afterAll(async () => {
  await gateway.close()
  await pool.close()
  await service.close()
})

const tell = async (body: string, headers: Record<string, string> = signature) => {
  const address = gateway.server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const sent = { 'content-type': 'application/json', authorization: 'Bearer of a caller', ...headers }
  const answer = await fetch(`http://${host}:${port}/payments/notify`, { method: 'POST', headers: sent, body })
  return { status: answer.status, text: await answer.text() }
}

describe('S0-6c what a payment provider tells passes through the gateway', () => {
  test('S0-6c byte for byte, with its signature, and the gateway speaks in its own name', async () => {
    const body = '{ "id":"EV-1",  "summary":"支付成功" }'
    expect(await tell(body)).toEqual({ status: 204, text: '' })
    expect(asked.at(-1)).toMatchObject({ body, headers: { ...signature, authorization: 'Bearer its own' } })
  })

  test('S0-6c what the service refuses is refused', async () => {
    expect(await tell('no')).toEqual({ status: 401, text: '{"code":"FAIL","message":"SIGNATURE_WRONG"}' })
  })

  test.each(Object.keys(signature))('S0-6c without %s it costs no call', async name => {
    const calls = asked.length
    const { [name as keyof typeof signature]: _, ...rest } = signature
    expect([(await tell('{}', rest)).status, asked.length]).toEqual([404, calls])
  })

  test.each([
    [64 * 1024, 204],
    [64 * 1024 + 1, 413],
  ])('S0-6c of %i bytes it is answered with %i', async (bytes, status) => {
    expect((await tell(`{${' '.repeat(bytes - 1)}`)).status).toBe(status)
  })

  test('platform it takes a turn like any other request, and gives it back', async () => {
    const turn = turns.take()
    expect((await tell('{}')).status).toBe(503)
    turn?.closed()
    turn?.end()
    expect((await tell('{}')).status).toBe(204)
    expect(turns.count()).toBe(0)
  })
})
