import { trace } from '@opentelemetry/api'
import pino, { type Logger } from 'pino'

export type Log = Logger

/**
 * One JSON line an entry, with the trace in which it was written. Headers and bodies never get in: they hold tokens
 * and people's data.
 */
export function createLog(service: string, level: string): Log {
  return pino({
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: label => ({ level: label }) },
    mixin() {
      const span = trace.getActiveSpan()?.spanContext()
      return span ? { traceId: span.traceId, spanId: span.spanId } : {}
    },
    serializers: {
      // GraphQL and database errors may quote what was sent; the message and the place are enough to find them.
      err: (error: Error & { code?: string }) => ({
        name: error.name,
        code: error.code,
        stack: error.stack?.split('\n').slice(1, 8),
      }),
      req: (request: { method: string; url: string; id: string }) => ({
        method: request.method,
        path: request.url.split('?')[0],
        id: request.id,
      }),
    },
    redact: { paths: ['*.authorization', '*.cookie', '*.idNumber', '*.phone'], remove: true },
  })
}
