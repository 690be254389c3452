import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { type IncomingMessage, request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { sendThenRead } from '@linghang/harness/send-then-read'
import { received } from './subgraphs.ts'
import { startWorld, until, type World } from './world.ts'

const uploadBytes = 1_000_000
const pieceBytes = 64 * 1024
type Refused = { errors: { extensions: { code: string } }[] }
let world: World
let headers: Record<string, string>
beforeAll(async () => {
  world = await startWorld({ uploadBytes })
  headers = await world.headersFor('secretary')
}, 60_000)
afterAll(() => world.stop(), 30_000)

/** Sends chunks as a slow client does: each when the one before it is gone, until an answer comes. */
async function upload(path: string, chunks: Buffer[], more: Record<string, string> = {}) {
  const sent = request(`${world.url}${path}`, { method: 'PUT', headers: { ...headers, ...more } })
  const answered = new Promise<IncomingMessage>((resolve, reject) => sent.on('response', resolve).on('error', reject))
  for (const chunk of chunks) {
    if (sent.destroyed || sent.writableEnded) break
    await new Promise<void>(resolve => sent.write(chunk, () => resolve()))
  }
  sent.end()
  const answer = await answered
  let text = ''
  for await (const part of answer.setEncoding('utf8')) text += part
  return { status: answer.statusCode, body: JSON.parse(text) }
}

/** An import that takes its file: those whose id begins with 0 or 1 refuse it. */
const takenImport = () => `c${randomUUID().slice(1)}`

describe('platform rosters pass through the gateway as streams', () => {
  test.each(['org', 'members'])('platform a file for %s arrives whole, with its type', async service => {
    const id = takenImport()
    const importId = `a${id.slice(1)}`
    const chunks = Array.from({ length: 10 }, () => randomBytes(99_000))
    const answer = await upload(`/imports/${service}/${importId}/file`, chunks, { 'content-type': 'text/csv' })
    expect(answer).toEqual({ status: 200, body: { bytes: 990_000 } })
    const sha256 = createHash('sha256').update(Buffer.concat(chunks)).digest('hex')
    expect(received.get(importId)).toEqual({ bytes: 990_000, sha256, contentType: 'text/csv' })
  })

  test('platform a body of exactly the limit is taken, one byte more is cut off', async () => {
    const path = `/imports/org/b${randomUUID().slice(1)}/file`
    const full = [Buffer.alloc(uploadBytes / 2), Buffer.alloc(uploadBytes / 2)]
    expect(await upload(path, full)).toMatchObject({ status: 200 })
    const cut = await upload(path, [...full, Buffer.alloc(1)])
    expect([cut.status, cut.body.errors[0].extensions]).toEqual([
      413,
      { code: 'BODY_TOO_LARGE', params: { found: `> ${uploadBytes}`, limit: uploadBytes } },
    ])
  })

  test('platform a length over the limit is refused before a byte is read', async () => {
    const sent = request(`${world.url}/imports/org/${takenImport()}/file`, {
      method: 'PUT',
      headers: { ...headers, 'content-length': String(uploadBytes + 1) },
    })
    sent.on('error', () => undefined)
    sent.flushHeaders()
    const answer = await new Promise<IncomingMessage>(resolve => sent.on('response', resolve))
    expect(answer.statusCode).toBe(413)
    sent.destroy()
  })

  describe('platform who still sends reads why it is refused', () => {
    const busy = `/imports/org/0${randomUUID().slice(1)}/file`
    const free = `/imports/members/c${randomUUID().slice(1)}/file`
    const paper = `/files/materials/${randomUUID()}`
    const tooLong = 12 * uploadBytes
    test.each([
      ['a length over the limit', free, { chunked: false }, 413, 'BODY_TOO_LARGE'],
      ['no length, and more than the limit', free, { chunked: true }, 413, 'BODY_TOO_LARGE'],
      ['a paper over the limit', paper, { chunked: false }, 413, 'BODY_TOO_LARGE'],
      ['a paper of no stated length', paper, { chunked: true }, 413, 'BODY_TOO_LARGE'],
      ['no service there', '/imports/dues/x/file', { chunked: false }, 404, 'PATH_UNKNOWN'],
      ['a query over the limit', '/graphql', { chunked: true, method: 'POST' }, 413, 'BODY_TOO_LARGE'],
    ])('platform %s', async (_, path, how, status, code) => {
      const more = { ...headers, 'content-type': 'application/json' }
      for (const [language, words] of [
        ['zh-CN', code === 'BODY_TOO_LARGE' ? '最多' : '没有这个地址'],
        ['en', code === 'BODY_TOO_LARGE' ? 'at most' : 'nothing at this address'],
      ] as const) {
        const said = await sendThenRead(world.url, path, tooLong, {
          ...how,
          headers: { ...more, 'accept-language': language },
        })
        expect(said.status).toBe(status)
        const [error] = JSON.parse(said.body).errors
        expect(error.extensions.code).toBe(code)
        expect(error.message).toContain(words)
        if (status === 413) expect(error.message).toContain(String(error.extensions.params.limit))
      }
    })

    test('platform a service that refuses at once, and one that reads a part before', async () => {
      for (const path of [busy, `/imports/org/1${randomUUID().slice(1)}/file`]) {
        const said = await sendThenRead(world.url, path, uploadBytes, { headers })
        expect([said.status, JSON.parse(said.body).errors[0].extensions.code]).toEqual([409, 'IMPORT_BUSY'])
      }
    })

    test('platform without a token as well', async () => {
      const said = await sendThenRead(world.url, free, uploadBytes)
      expect([said.status, JSON.parse(said.body).errors[0].extensions.code]).toEqual([401, 'UNAUTHENTICATED'])
    })

    test('platform fetch reads it every time', async () => {
      const body = Buffer.alloc(tooLong)
      const answers = await Promise.all(
        Array.from({ length: 20 }, async () => {
          const response = await fetch(`${world.url}${free}`, { method: 'PUT', headers, body })
          return [response.status, ((await response.json()) as Refused).errors[0]?.extensions.code]
        }),
      )
      expect(answers).toEqual(Array.from({ length: 20 }, () => [413, 'BODY_TOO_LARGE']))
    })

    test('platform who goes on sending without an end has its answer, and keeps no place', async () => {
      const more = { ...headers, 'accept-encoding': 'gzip, br, zstd' }
      const sent = request(`${world.url}${free}`, { method: 'PUT', headers: more })
      sent.on('error', () => undefined)
      const answer = new Promise<IncomingMessage>(resolve => sent.on('response', resolve))
      const timer = setInterval(() => sent.write(Buffer.alloc(pieceBytes)), 5)
      try {
        const { statusCode, headers: told } = await answer
        expect([statusCode, told['content-encoding'], Number(told['content-length']) > 0]).toEqual([
          413,
          undefined,
          true,
        ])
        await until(async () => (await world.counted('linghang_gateway_in_flight')) === 0)
        expect(sent.destroyed).toBe(false)
      } finally {
        clearInterval(timer)
        sent.destroy()
      }
    })
  })

  test.each([
    ['another service', `/imports/dues/${randomUUID()}/file`, 404, 'PATH_UNKNOWN'],
    ['an id that is none', '/imports/org/..%2F..%2Finternal/file', 404, 'PATH_UNKNOWN'],
  ])('platform %s is not found', async (_, path, status, code) => {
    const answer = await upload(path, [Buffer.from('x')])
    expect([answer.status, answer.body.errors[0].extensions.code]).toEqual([status, code])
  })

  test('platform a refusal of the service comes back in the language of the caller', async () => {
    const id = `0${randomUUID().slice(1)}`
    const answer = await upload(`/imports/org/${id}/file`, [Buffer.from('x')], { 'accept-language': 'en' })
    expect(answer).toEqual({
      status: 409,
      body: { errors: [{ message: 'The import is under way', extensions: { code: 'IMPORT_BUSY', params: { id } } }] },
    })
  })

  test('platform nobody uploads without a token', async () => {
    headers = {}
    const answer = await upload(`/imports/org/${takenImport()}/file`, [Buffer.from('x')])
    headers = await world.headersFor('secretary')
    expect([answer.status, answer.body.errors[0].extensions.code]).toEqual([401, 'UNAUTHENTICATED'])
  })

  test('platform findings come back as the file that the service made', async () => {
    const response = await fetch(`${world.url}/imports/members/${randomUUID()}/findings.csv`, { headers })
    expect([
      response.status,
      response.headers.get('content-type'),
      response.headers.get('content-disposition'),
    ]).toEqual([200, 'text/csv; charset=utf-8', 'attachment; filename="findings.csv"'])
    expect(Buffer.from(await response.arrayBuffer()).toString()).toBe('\uFEFFline,code\n2,NAME_EMPTY\n')
  })

  test('platform a caller who breaks off gives their turn back', async () => {
    const sent = request(`${world.url}/imports/org/${takenImport()}/file`, { method: 'PUT', headers })
    sent.on('error', () => undefined)
    await new Promise<void>(resolve => sent.write(Buffer.alloc(1_000), () => resolve()))
    await until(async () => (await world.counted('linghang_gateway_in_flight')) === 1)
    sent.destroy()
    await until(async () => (await world.counted('linghang_gateway_in_flight')) === 0)
  })
})

describe('platform papers pass through the gateway as streams', () => {
  test.each(['materials', 'statements'])('platform %s arrive whole, with the length that was stated', async kind => {
    const chunks = Array.from({ length: 5 }, () => randomBytes(99_000))
    const sha256 = createHash('sha256').update(Buffer.concat(chunks)).digest('hex')
    const path = `/files/${kind}/${randomUUID()}`
    expect(await upload(path, chunks, { 'content-length': '495000' })).toEqual({
      status: 200,
      body: { bytes: 495_000, sha256, said: 495_000 },
    })
  })

  test.each([
    `/files/materials/${randomUUID()}?expires=1&signature=a_-b`,
    `/files/documents/${randomUUID()}/oath-ceremony.docx?expires=1&signature=a_-b`,
    `/files/dossiers/${randomUUID()}.zip?expires=1&signature=a_-b`,
    `/files/dues-receipts/${randomUUID()}.docx?expires=1&signature=a_-b`,
    `/files/dues-publications/${randomUUID()}.docx?expires=1&signature=a_-b`,
    `/files/dues-reports/${randomUUID()}.docx?expires=1&signature=a_-b`,
    `/files/dues-exports/${randomUUID()}.zip?from=2026-01-01&until=2026-12-31&expires=1&signature=a_-b`,
    `/files/life-archives/${randomUUID()}.zip?year=2026&expires=1&signature=a_-b`,
    `/files/election-papers/${randomUUID()}/sign-in-sheet.docx?expires=1&signature=a_-b`,
    `/files/election-papers/${randomUUID()}.zip?expires=1&signature=a_-b`,
    `/files/dues-books/${randomUUID()}.xlsx?from=2026-01-01&until=2026-12-31&expires=1&signature=a_-b`,
    `/files/dues-books/${randomUUID()}.docx?from=2026-01-01&until=2026-12-31&expires=1&signature=a_-b`,
  ])('platform %s goes through with its signature, and comes back to be kept and not to be run', async path => {
    const response = await fetch(`${world.url}${path}`, { headers })
    expect([response.status, await response.text()]).toEqual([200, path])
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-disposition': 'attachment; filename="file.pdf"',
      'x-content-type-options': 'nosniff',
      'content-security-policy': 'sandbox',
      'cache-control': 'private, no-store',
    })
    expect(response.headers.has('x-inside')).toBe(false)
  })

  test.each([
    '/files/materials/1',
    `/files/documents/${randomUUID()}/Secret%2F..docx`,
    `/files/election-papers/${randomUUID()}/Secret%2F..docx`,
    '/files/dossiers/..%2Fx.zip',
    `/files/others/${randomUUID()}`,
    '/files/dues-receipts/1.docx',
    `/files/dues-books/${randomUUID()}.pdf`,
    `/imports/dues/${randomUUID()}/findings.csv`,
  ])('platform %s is not found', async path => {
    expect((await fetch(`${world.url}${path}`, { headers })).status).toBe(404)
  })

  test('platform nobody fetches a paper without a token, link or not', async () => {
    const response = await fetch(`${world.url}/files/materials/${randomUUID()}?expires=1&signature=a`)
    expect(response.status).toBe(401)
  })
})
