import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { bearerOf, TokenUnavailable } from './kafka-oauth.ts'

const folder = mkdtempSync(join(tmpdir(), 'linghang-oauth-'))
type Asked = { authorization: string | undefined; body: string }
let answer: (response: ServerResponse) => void = response => response.end()
let asked: Asked[] = []
let server: Server
let endpoint: string
beforeAll(async () => {
  server = createServer(async (request: IncomingMessage, response) => {
    let body = ''
    for await (const chunk of request.setEncoding('utf8')) body += chunk
    asked.push({ authorization: request.headers.authorization, body })
    answer(response)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  endpoint = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/token`
})
afterEach(() => {
  asked = []
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

const client = () => ({
  ...{ KAFKA_OAUTH_TOKEN_ENDPOINT: endpoint, KAFKA_OAUTH_CLIENT_ID: 'org:1', KAFKA_OAUTH_CLIENT_SECRET: 'known' },
})
const grant = (token: string, seconds?: number) => {
  answer = response => response.end(JSON.stringify({ access_token: token, expires_in: seconds, token_type: 'Bearer' }))
}

describe('platform the token with which a process comes to Kafka', () => {
  test('platform out of a file is what the file says at each connection, without the blanks around it', async () => {
    const file = join(folder, 'token')
    const bearer = bearerOf({ KAFKA_OAUTH_TOKEN_FILE: file })
    for (const token of ['first', 'second']) {
      writeFileSync(file, `${token}\n`)
      expect(await bearer()).toBe(token)
    }
    writeFileSync(file, ' \n')
    await expect(bearer()).rejects.toThrow(TokenUnavailable)
    writeFileSync(file, 'x'.repeat(65_537))
    await expect(bearer()).rejects.toThrow(TokenUnavailable)
    rmSync(file)
    await expect(bearer()).rejects.toThrow(TokenUnavailable)
  })

  test('platform of an endpoint is asked for with the client’s name and secret, once for several connections', async () => {
    grant('given', 300)
    const bearer = bearerOf({ ...client(), KAFKA_OAUTH_SCOPE: 'kafka' })
    expect(await Promise.all([bearer(), bearer()])).toEqual(['given', 'given'])
    expect(await bearer()).toBe('given')
    expect(asked).toEqual([
      {
        authorization: `Basic ${Buffer.from('org%3A1:known').toString('base64')}`,
        body: 'grant_type=client_credentials&scope=kafka',
      },
    ])
  })

  test('platform of an endpoint is asked for anew before it ends, and with the secret of then', async () => {
    let secret = 'first'
    const env = {
      ...client(),
      get KAFKA_OAUTH_CLIENT_SECRET() {
        return secret
      },
    }
    const bearer = bearerOf(env)
    grant('short', 0.01)
    await bearer()
    await new Promise(resolve => setTimeout(resolve, 10))
    secret = 'second'
    grant('next', 300)
    expect(await bearer()).toBe('next')
    const secretOf = ({ authorization = '' }: Asked) =>
      Buffer.from(authorization.slice(6), 'base64').toString().split(':')[1]
    expect(asked.map(secretOf)).toEqual(['first', 'second'])
  })

  test.each<[string, (response: ServerResponse) => void, string]>([
    ['a refusal', response => response.writeHead(401).end('{"error":"invalid_client"}'), 'answered 401'],
    ['no JSON', response => response.end('<html>'), 'gave no access_token'],
    ['no token', response => response.end('{"access_token":""}'), 'gave no access_token'],
    ['a redirect', response => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(), 'cannot be reached'],
    [
      'more than 64 KiB',
      response => response.end(JSON.stringify({ access_token: 'x'.repeat(65_536) })),
      'more than 64 KiB',
    ],
  ])('platform an endpoint that answers with %s gives no token, and says nothing secret', async (_, way, said) => {
    answer = way
    const fault = await bearerOf(client())().catch(error => error)
    expect(fault).toBeInstanceOf(TokenUnavailable)
    expect(fault.message).toContain(said)
    expect(fault.message).not.toContain('known')
  })
})
