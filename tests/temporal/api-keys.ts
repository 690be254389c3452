import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

/** Signs keys of Temporal's API as an identity provider would, and serves that by which they are verified. */
export async function startApiKeys() {
  const { privateKey, publicKey } = await generateKeyPair('RS256')
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'RS256', use: 'sig' }] }
  const server = createServer((_, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(jwks)),
  )
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`,
    /** @param permissions as Temporal reads them, `<namespace>:<role>` @param endsIn such as `1h` */
    sign: (permissions: string[], endsIn: string | Date) =>
      new SignJWT({ permissions })
        .setProtectedHeader({ alg: 'RS256', kid: 'k' })
        .setSubject('worker')
        .setExpirationTime(endsIn)
        .sign(privateKey),
    stop: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
