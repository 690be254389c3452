import { afterEach, describe, expect, test } from '@jest/globals'
import { Busy, OutcomeUnknown } from '@linghang/access'
import fastify, { type FastifyInstance } from 'fastify'
import { answer, answerAbout } from './answer.ts'
import { defineErrors } from './errors.ts'

let app: FastifyInstance | undefined
afterEach(() => app?.close())

const { fail } = defineErrors({
  RUNNING: { zh: '正在{what}', en: '{what} is under way' },
  ODD: { zh: '不对', en: 'odd' },
})

/** What a route answers in which this happens. */
async function answered(run: () => Promise<unknown>) {
  app = fastify()
  app.get('/', (_, reply) => answer(reply, run, { RUNNING: 409 }))
  app.get<{ Params: { id: string } }>('/:id', (request, reply) =>
    answerAbout(request, reply, async id => reply.send({ id }), {}),
  )
  const { statusCode, body } = await app.inject('/')
  return [statusCode, JSON.parse(body)]
}

describe('platform a refusal over plain HTTP', () => {
  test('platform has the status of its code, its params and both languages', async () => {
    expect(await answered(async () => fail('RUNNING', { what: 'import' }))).toEqual([
      409,
      { code: 'RUNNING', params: { what: 'import' }, messages: { 'zh-CN': '正在import', en: 'import is under way' } },
    ])
    const statusOf = async (code: Parameters<typeof fail>[0]) => (await answered(async () => fail(code)))[0]
    expect(await statusOf('ODD')).toBe(400)
    expect(await statusOf('NOT_FOUND')).toBe(404)
    expect(await statusOf('SCOPE_MISSING')).toBe(403)
    expect(await answered(async () => Promise.reject(new Busy('no connection')))).toEqual([
      503,
      expect.objectContaining({ code: 'BUSY' }),
    ])
    expect(await answered(async () => Promise.reject(new OutcomeUnknown('lost')))).toEqual([
      503,
      expect.objectContaining({ code: 'OUTCOME_UNKNOWN' }),
    ])
  })

  test('platform what is no refusal is answered as it is, and a fault is thrown on', async () => {
    expect(await answered(async () => ({ bytes: 3 }))).toEqual([200, { bytes: 3 }])
    expect((await answered(async () => Promise.reject(new Error('broken'))))[0]).toBe(500)
  })

  test('platform whatever is no id is not there', async () => {
    await answered(async () => null)
    const id = '0190a000-0000-7000-8000-000000000001'
    expect((await app?.inject(`/${id}`))?.json()).toEqual({ id })
    for (const odd of [id.toUpperCase(), `${id}0`, `Member:${id}`, '1'])
      expect((await app?.inject(`/${odd}`))?.statusCode).toBe(404)
  })
})
