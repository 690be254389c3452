import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, describe, expect, test } from '@jest/globals'
import fastify, { type FastifyInstance } from 'fastify'
import { answerWhileSending, bodyOf } from './answer-while-sending.ts'

const patience = { inAllMs: 1_500, silentMs: 200 }
const piece = Buffer.alloc(32 * 1024)
let app: FastifyInstance | undefined
afterEach(async () => {
  await app?.close()
})

/** A server that refuses each upload after its first piece. */
async function listen(): Promise<number> {
  app = fastify()
  answerWhileSending(app, patience)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_, payload, done) => done(null, payload))
  app.put('/', async (incoming, reply) => {
    for await (const _ of bodyOf(incoming)) break
    return reply.code(413).send({ code: 'TOO_LARGE' })
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  return (app.server.address() as AddressInfo).port
}

const head = 'PUT / HTTP/1.1\r\nhost: here\r\ncontent-length: 1000000000\r\n\r\n'

/** Sends a piece every `everyMs` until the line is closed. @returns the answer, and how long it took and the line was open */
async function drip(port: number, everyMs: number) {
  const startedMs = performance.now()
  const line = connect(port, '127.0.0.1').on('error', () => undefined)
  let answeredMs = Number.POSITIVE_INFINITY
  let text = ''
  line.setEncoding('utf8').on('data', part => {
    answeredMs = performance.now() - startedMs
    text += part
  })
  line.write(head)
  line.write(piece)
  const timer = setInterval(() => line.write(piece), everyMs)
  await once(line, 'close')
  clearInterval(timer)
  return { body: JSON.parse(text.split('\r\n\r\n')[1] ?? ''), answeredMs, openMs: performance.now() - startedMs }
}

describe('platform a caller that still sends reads its refusal', () => {
  test('platform it is answered at once, and listened to for so long', async () => {
    const { body, answeredMs, openMs } = await drip(await listen(), 20)
    expect(body).toEqual({ code: 'TOO_LARGE' })
    expect(answeredMs).toBeLessThan(patience.inAllMs)
    expect(openMs).toBeGreaterThanOrEqual(patience.inAllMs - 50)
  })

  test('platform one that falls silent is not waited for', async () => {
    const { body, openMs } = await drip(await listen(), 10_000)
    expect(body).toEqual({ code: 'TOO_LARGE' })
    expect(openMs).toBeGreaterThanOrEqual(patience.silentMs - 20)
    expect(openMs).toBeLessThan(patience.inAllMs)
  })
})
