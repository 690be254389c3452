import { createServer, type Socket } from 'node:net'
import pg from 'pg'

/** A message of PostgreSQL's protocol: its letter, the length, the rest. */
const message = (letter: string, body: Buffer | string): Buffer => {
  const bytes = Buffer.from(body)
  const head = Buffer.alloc(5)
  head.write(letter)
  head.writeInt32BE(bytes.length + 4, 1)
  return Buffer.concat([head, bytes])
}
const int16 = (n: number) => Buffer.from([n >> 8, n & 255])
const int32 = (n: number) => Buffer.concat([int16((n >>> 16) & 0xffff), int16(n & 0xffff)])
const ready = message('Z', 'I')
const textType = 25

/** One row of texts, as an answer to a simple query. */
function answerOf(row: Record<string, unknown>): Buffer {
  const names = Object.keys(row)
  const fields = names.map(name =>
    Buffer.concat([
      Buffer.from(`${name}\0`),
      ...[int32(0), int16(0), int32(textType), int16(-1 & 0xffff), int32(0), int16(0)],
    ]),
  )
  const values = names.map(name => Buffer.from(String(row[name])))
  return Buffer.concat([
    message('T', Buffer.concat([int16(names.length), ...fields])),
    message('D', Buffer.concat([int16(names.length), ...values.flatMap(value => [int32(value.length), value])])),
    message('C', 'SELECT 1\0'),
    ready,
  ])
}

/** Lends one session of `databaseUrl` to whoever asks, statement by statement, as a pooler in transaction mode may. */
export async function startTransactionPooler(databaseUrl: string) {
  const lent = new pg.Client({ connectionString: databaseUrl })
  await lent.connect()
  const lines = new Set<Socket>()
  const server = createServer(line => {
    lines.add(line)
    let held = Buffer.alloc(0)
    let begun = false
    line.on('error', () => undefined)
    line.on('data', data => {
      held = Buffer.concat([held, data as Buffer])
      for (;;) {
        const at = begun ? 1 : 0
        const length = held.length < at + 4 ? Number.POSITIVE_INFINITY : held.readInt32BE(at) + at
        if (held.length < length) return
        const [letter, body] = [held.toString('latin1', 0, 1), held.toString('utf8', at + 4, length - 1)]
        held = held.subarray(length)
        if (!begun) line.write(Buffer.concat([message('R', int32(0)), ready]))
        else if (letter === 'Q') void lent.query(body).then(({ rows }) => line.write(answerOf(rows[0])))
        else if (letter === 'X') line.end()
        begun = true
      }
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const url = new URL(databaseUrl)
  url.host = `127.0.0.1:${port}`
  return {
    url: url.href,
    async stop(): Promise<void> {
      for (const line of lines) line.destroy()
      await new Promise(resolve => server.close(resolve))
      await lent.end()
    },
  }
}
