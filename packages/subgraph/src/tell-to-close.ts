import type { FastifyInstance } from 'fastify'

/**
 * Once a process is ending, whoever holds a connection is told with the answer to make another one elsewhere: a pool of
 * kept connections would send requests here until the very end, and lose the last of them.
 */
export function tellToClose(app: FastifyInstance, isEnding: () => boolean): void {
  app.addHook('onSend', (_request, reply, payload, done) => {
    if (isEnding()) void reply.header('connection', 'close')
    done(null, payload)
  })
}
