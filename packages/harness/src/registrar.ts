import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { registerCity } from '../../../services/org/test/register-city.ts'
import { registerCounty } from '../../../services/org/test/register-county.ts'
import type { Registered } from './register.ts'

type Asked<Kind extends keyof Registered> = { databaseUrl: string; what: Registered[Kind] }

/**
 * Registers counties and cities for a whole run, past GraphQL as operators do, where the tests ask by `register`. Keeps no
 * process alive. @returns its address
 */
export async function startRegistrar(): Promise<string> {
  const answer = async (path: string, asked: unknown): Promise<string> => {
    if (path === '/county') {
      const { databaseUrl, what } = asked as Asked<'county'>
      return registerCounty(databaseUrl, what)
    }
    const { databaseUrl, what } = asked as Asked<'city'>
    return registerCity(databaseUrl, what)
  }
  const server = createServer((request, response) => {
    json(request)
      .then(asked => answer(request.url ?? '', asked))
      .then(
        id => response.end(id),
        error => response.writeHead(500).end(String(error)),
      )
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
