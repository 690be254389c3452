import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * What a Service is to pods: one address whose requests go to whatever stands behind it now, each over a connection of its
 * own. Whoever is taken away is given no more of them, and ended once it has answered those it has.
 */
export async function startRouter() {
  let target = 0
  const underWay = new Map<number, number>()
  const count = (port: number, more: number): void => void underWay.set(port, (underWay.get(port) ?? 0) + more)
  const server = createServer((asked, answer) => {
    const port = target
    count(port, 1)
    answer.on('close', () => count(port, -1))
    const passed = request(
      { ...{ host: '127.0.0.1', port, path: asked.url, method: asked.method, agent: false }, headers: asked.headers },
      given => {
        answer.writeHead(given.statusCode ?? 502, given.headers)
        given.pipe(answer)
      },
    )
    passed.on('error', () => (answer.headersSent ? answer.destroy() : answer.writeHead(502).end()))
    asked.pipe(passed)
  })
  // A connection that the router closed while a request comes over it would be a failure of the router's own.
  server.keepAliveTimeout = 3_600_000
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    /** @returns once nobody waits for an answer of the one before */
    async lead(to: number): Promise<void> {
      const before = target
      target = to
      while ((underWay.get(before) ?? 0) > 0) await new Promise(resolve => setTimeout(resolve, 50))
    },
    stop: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
