import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { openBook } from './book.ts'
import { createCallbacks } from './callbacks.ts'
import { loadSandboxKeys } from './keys.ts'
import { openDoors } from './people.ts'
import { type Answer, type Asked, doors, json, type Sandbox } from './protocol.ts'
import { faultOfRequest, signedHeaders } from './wire.ts'

interface SandboxOptions {
  /** Where it listens: this machine alone unless told. */
  host?: string
  port: number
  folder: string
}

const bodyLimitBytes = 64_000

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    chunks.push(chunk as Buffer)
    bytes += (chunk as Buffer).length
    if (bytes > bodyLimitBytes) throw new Error('body too large')
  }
  return Buffer.concat(chunks).toString('utf8')
}

const inputOf = (body: string): Record<string, unknown> | null => {
  try {
    const input: unknown = body === '' ? {} : JSON.parse(body)
    return typeof input === 'object' && input !== null ? (input as Record<string, unknown>) : null
  } catch {
    return null
  }
}

const reply = (response: ServerResponse, { status, body }: Answer, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers }).end(body)
}

const answer = async (sandbox: Sandbox, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const { method = '', url: target = '/', headers } = request
  const { pathname, searchParams: query } = new URL(target, sandbox.url)
  const body = await readBody(request)
  const input = inputOf(body)
  if (!input) return reply(response, json(400, { code: 'PARAM_ERROR', message: 'the body is not JSON' }))
  const asked = (params: string[]): Asked => ({ params: params.map(decodeURIComponent), query, input })
  const open = openDoors.find(door => door.method === method && door.path === pathname)
  if (open) return reply(response, open.open(sandbox, asked([])))
  const fault = faultOfRequest(sandbox.keys, { method, target, headers, body }, Date.now())
  if (fault) return reply(response, json(401, { code: 'SIGN_ERROR', message: fault }))
  for (const door of doors) {
    const found = door.method === method ? door.path.exec(pathname) : null
    if (!found) continue
    const said = door.open(sandbox, asked(found.slice(1)))
    if (sandbox.answers.fail > 0) {
      sandbox.answers.fail -= 1
      return reply(response, json(500, { code: 'SYSTEM_ERROR', message: 'as it was told' }))
    }
    return reply(response, said, door.signed ? signedHeaders(sandbox.keys, said.body, Date.now()) : {})
  }
  reply(response, json(404, { code: 'NOT_FOUND', message: 'no such door' }))
}

const start = async ({ host = '127.0.0.1', port, folder }: SandboxOptions): Promise<void> => {
  const keys = await loadSandboxKeys(join(folder, 'keys.json'))
  const forged = await loadSandboxKeys(join(folder, 'forged.json'))
  const book = openBook(join(folder, 'payments.sqlite'))
  const callbacks = createCallbacks(keys, forged, book)
  const sandbox: Sandbox = {
    ...{ keys, book, callbacks, url: `http://127.0.0.1:${port}`, fee: { perTenThousand: 0 }, bills: new Map() },
    ...{ refunds: { hang: false }, answers: { fail: 0 } },
  }
  const server = createServer((request, response) => {
    answer(sandbox, request, response).catch(error => {
      console.error(error)
      if (!response.headersSent) response.writeHead(500).end()
    })
  })
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      callbacks.stop()
      server.close(() => process.exit(0))
      server.closeAllConnections()
    })
  }
  server.listen(port, host)
}

await start(JSON.parse(process.argv[2] ?? '{}') as SandboxOptions)
