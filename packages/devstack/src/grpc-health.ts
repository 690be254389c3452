import { readFileSync } from 'node:fs'
import { connect } from 'node:http2'

const serving = 1

/** A protobuf message `{ string field 1 }` in a gRPC frame. */
const frame = (service: string): Buffer => {
  const name = Buffer.from(service)
  const message = Buffer.concat([Buffer.from([0x0a, name.length]), name])
  const head = Buffer.alloc(5)
  head.writeUInt32BE(message.length, 1)
  return Buffer.concat([head, message])
}

/** The answer is `{ enum field 1 }`: frame of five bytes, tag 0x08, value. */
const statusOf = (body: Buffer): number | undefined => (body.length >= 7 && body[5] === 0x08 ? body[6] : undefined)

/**
 * Asks a gRPC server for the health of one of its services (grpc.health.v1).
 *
 * @param address host:port
 * @param timeoutMs bound of the whole call
 * @param tls PEM files where it wants TLS: whom to trust, and who asks
 * @returns whether it answers SERVING; false when it cannot be reached
 */
export const isServing = (
  address: string,
  service: string,
  timeoutMs: number,
  tls: { caFile?: string | undefined; certFile?: string | undefined; keyFile?: string | undefined } = {},
): Promise<boolean> =>
  new Promise(resolve => {
    const pem = ([name, file]: [string, string | undefined]) => (file ? [[name, readFileSync(file)]] : [])
    const given = Object.entries({ ca: tls.caFile, cert: tls.certFile, key: tls.keyFile }).flatMap(pem)
    const session = connect(`${tls.caFile ? 'https' : 'http'}://${address}`, Object.fromEntries(given))
    const timer = setTimeout(() => finish(false), timeoutMs)
    const finish = (healthy: boolean): void => {
      clearTimeout(timer)
      session.destroy()
      resolve(healthy)
    }
    session.once('error', () => finish(false))
    const stream = session.request({
      ':method': 'POST',
      ':path': '/grpc.health.v1.Health/Check',
      'content-type': 'application/grpc',
      te: 'trailers',
    })
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.once('error', () => finish(false))
    stream.once('end', () => finish(statusOf(Buffer.concat(chunks)) === serving))
    stream.end(frame(service))
  })
