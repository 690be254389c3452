import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'

const answerWithinMs = 2_000

/**
 * Where Temporal's core is to show what it counts of the worker (slots, cached workflows, how long tasks wait), on this
 * machine alone, and how to read it: a scrape of the worker is one page.
 */
export async function openTemporalMetrics(): Promise<{ address: string; text: () => Promise<string> }> {
  // The core takes an address and does not tell which one it got for port 0.
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`
  server.close()
  await once(server, 'close')
  return {
    address,
    async text() {
      const answer = await fetch(`http://${address}/metrics`, { signal: AbortSignal.timeout(answerWithinMs) })
      return answer.text()
    },
  }
}
