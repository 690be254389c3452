import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** How long a caller is listened to after its refusal: in all, and without a byte. */
export type Patience = { inAllMs: number; silentMs: number }
const patience: Patience = { inAllMs: 30_000, silentMs: 5_000 }
const timedOut = 408

/** The body of an upload as it comes. Whoever stops reading it leaves the connection open for the answer. */
export const bodyOf = (request: FastifyRequest): AsyncIterable<Uint8Array> =>
  request.body instanceof Readable ? request.body.iterator({ destroyOnReturn: false }) : Readable.from([])

/** Whether some of the body has still to come. */
const isSending = ({ raw, headers }: FastifyRequest): boolean =>
  !raw.complete &&
  !raw.destroyed &&
  (headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > 0)

/**
 * Lets a caller that is still sending read why it is refused. A connection that is closed with bytes unread is reset,
 * and the caller's system throws the answer away with it: most programs write the whole body before they look. So the
 * answer goes out whole at once, what still comes is read and dropped, and then the connection is closed.
 */
export function answerWhileSending(app: FastifyInstance, { inAllMs, silentMs }: Patience = patience): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    // Whoever was too slow is not waited for any longer.
    if (reply.statusCode < 400 || reply.statusCode === timedOut || !isSending(request)) return done(null, payload)
    if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return done(null, payload)
    const { raw } = request
    const bytes = Buffer.from(payload)
    const answer = new Readable({ read: () => undefined })
    const end = () => {
      clearTimeout(atMost)
      clearTimeout(silence)
      raw.off('data', heard).off('end', end).off('close', end)
      answer.push(null)
    }
    const atMost = setTimeout(end, inAllMs)
    const silence = setTimeout(end, silentMs)
    const heard = () => silence.refresh()
    raw.on('data', heard).once('end', end).once('close', end).resume()
    answer.push(bytes)
    // What packs answers would wait for the end of this one.
    request.headers['x-no-compression'] = '1'
    void reply.header('connection', 'close').header('content-length', bytes.length)
    done(null, answer)
  })
}
