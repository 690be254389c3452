import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Certificate } from '@linghang/harness/certificates'

/** TLS before the provider of identities, which on a laptop has none: a client's secret goes to no address in clear. */
export async function startTokenDoor({ certFile, keyFile }: Certificate, issuer: string) {
  const behind = new URL(issuer)
  const server = createServer({ cert: readFileSync(certFile), key: readFileSync(keyFile) }, (asked, answer) => {
    const passed = request(
      // The provider says what it is called by to whoever asks: that is its own address, behind the door.
      {
        ...{ host: behind.hostname, port: behind.port, path: asked.url, method: asked.method },
        headers: { ...asked.headers, host: behind.host },
      },
      given => {
        answer.writeHead(given.statusCode ?? 502, given.headers)
        given.pipe(answer)
      },
    )
    passed.on('error', () => answer.writeHead(502).end())
    asked.pipe(passed)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    endpoint: `https://127.0.0.1:${(server.address() as AddressInfo).port}/token`,
    stop: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
