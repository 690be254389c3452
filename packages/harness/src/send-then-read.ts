import { connect } from 'node:net'

export type Said = { status: number; headers: string; body: string }

const pieceBytes = 64 * 1024

/**
 * An upload by a program that writes the whole body before it reads a line of the answer, as most do.
 * @param options.chunked sends no length
 * @throws the error of the line when it is cut
 */
export async function sendThenRead(
  url: string,
  path: string,
  bytes: number,
  options: { headers?: Record<string, string>; chunked?: boolean; method?: string } = {},
): Promise<Said> {
  const { hostname, port } = new URL(url)
  const line = connect(Number(port), hostname)
  line.pause()
  let failure: Error | null = null
  line.on('error', error => {
    failure = error
  })
  const write = (data: Buffer | string) =>
    new Promise<void>((resolve, reject) => line.write(data, error => (error ? reject(failure ?? error) : resolve())))
  const length = options.chunked ? 'transfer-encoding: chunked' : `content-length: ${bytes}`
  const more = Object.entries(options.headers ?? {}).map(([name, value]) => `${name}: ${value}`)
  const method = options.method ?? 'PUT'
  await write([`${method} ${path} HTTP/1.1`, `host: ${hostname}`, length, ...more, '', ''].join('\r\n'))
  for (let left = bytes; left > 0; left -= pieceBytes) {
    const piece = Buffer.alloc(Math.min(left, pieceBytes), 32)
    if (options.chunked) await write(`${piece.length.toString(16)}\r\n`)
    await write(piece)
    if (options.chunked) await write('\r\n')
  }
  if (options.chunked) await write('0\r\n\r\n')
  let text = ''
  for await (const part of line.setEncoding('utf8')) {
    text += part
    if (isWhole(text)) break
  }
  line.destroy()
  if (!isWhole(text)) throw failure ?? new Error('the line ended before the answer')
  const [headers = '', body = ''] = text.split('\r\n\r\n')
  return { status: Number(headers.split(' ')[1]), headers: headers.toLowerCase(), body }
}

function isWhole(text: string): boolean {
  const at = text.indexOf('\r\n\r\n')
  const length = Number(/content-length: (\d+)/i.exec(text.slice(0, at))?.[1])
  return at >= 0 && Buffer.byteLength(text.slice(at + 4)) >= length
}
