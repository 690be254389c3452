import { createWriteStream, readdirSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { kill } from 'node:process'
import { text } from 'node:stream/consumers'
import type { PlatformProcess } from '../../deploy/local/src/platform.ts'
import { type OtlpBody, type Span, spansOf, tracePrefix } from './spans.ts'

const heldTraces = 500

/** What a process has started: PostgreSQL is many, and each goes on when the first is stopped. */
const startedBy = (pid: number): number[] =>
  readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .filter(name => {
      try {
        // Behind the name, which may hold anything: state, parent.
        return readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1] === String(pid)
      } catch {
        return false
      }
    })
    .map(Number)

const signals: Record<string, NodeJS.Signals> = { kill: 'SIGKILL', freeze: 'SIGSTOP', thaw: 'SIGCONT' }

/**
 * What the set-up does for the tests, which run elsewhere: takes spans (OTLP over HTTP in JSON) and gives those of a
 * trace back, kills or freezes processes, lets them go on, and waits until they are ready again.
 *
 * @param spansFile gets every span as it came, for whoever looks for a text in all of them
 */
export async function startControl(spansFile: string) {
  const traces = new Map<string, Span[]>()
  const file = createWriteStream(spansFile)
  let processes: Record<string, PlatformProcess> = {}

  const keep = (body: string): void => {
    file.write(`${body}\n`)
    for (const span of spansOf(JSON.parse(body) as OtlpBody)) {
      if (!span.traceId.startsWith(tracePrefix)) continue
      const oldest = traces.keys().next().value
      if (traces.size >= heldTraces && oldest) traces.delete(oldest)
      traces.set(span.traceId, [...(traces.get(span.traceId) ?? []), span])
    }
  }
  const answer = async (request: IncomingMessage): Promise<unknown> => {
    const [, what, name = ''] = (request.url ?? '').split('/')
    if (what === 'v1') {
      keep(await text(request))
      return {}
    }
    if (what === 'traces') return traces.get(name) ?? []
    const process = processes[name]
    const signal = signals[what ?? '']
    if (signal && process) {
      const { pid } = process
      if (pid && signal !== 'SIGKILL') for (const child of startedBy(pid)) kill(child, signal)
      process.kill(signal)
      return { pid }
    }
    if (what === 'ready' && process) {
      await process.whenReady()
      return { pid: process.pid }
    }
    if (what === 'processes') return Object.keys(processes)
    throw new Error(`no such thing: ${request.url}`)
  }
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    answer(request).then(
      found => response.setHeader('content-type', 'application/json').end(JSON.stringify(found)),
      error => response.writeHead(500).end(String(error)),
    )
  })
  server.requestTimeout = 0
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    /** From now on these can be killed. */
    watch(of: Record<string, PlatformProcess>): void {
      processes = of
    },
    async stop(): Promise<void> {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
      await new Promise<void>(resolve => file.end(resolve))
    },
  }
}
