import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { createInternalTokenSigner, systemActor } from '@linghang/access'

const nilUuid = '00000000-0000-0000-0000-000000000000'

/**
 * What the gateway is to the provider of payments: passes its callbacks on, byte for byte, in its own name.
 * @param duesUrl where the service answers; while it is killed the provider is told that nobody does
 */
export async function openDoor(duesUrl: string, key: Parameters<typeof createInternalTokenSigner>[0]) {
  const sign = await createInternalTokenSigner(key)
  const server = createServer(async (request, response) => {
    try {
      const body = await text(request)
      const said = Object.entries(request.headers).filter(
        ([name]) => name.startsWith('wechatpay-') || name === 'content-type',
      )
      const answer = await fetch(`${duesUrl}/payments/notify`, {
        method: 'POST',
        headers: { ...Object.fromEntries(said), authorization: `Bearer ${await sign(systemActor(nilUuid))}` } as Record<
          string,
          string
        >,
        body,
        signal: AbortSignal.timeout(20_000),
      })
      await answer.body?.cancel()
      response.writeHead(answer.status).end()
    } catch {
      response.writeHead(502).end()
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    notifyUrl: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/payments/notify`,
    close: () => server.closeAllConnections() ?? server.close(),
  }
}
