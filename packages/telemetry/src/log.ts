import { trace } from '@opentelemetry/api'
import pino, { type DestinationStream, type Logger, type LoggerOptions } from 'pino'
import type { Identity } from './identity.ts'

export type Log = Logger

/**
 * One JSON line an entry, with the trace in which it was written. Headers and bodies never get in: they hold tokens
 * and people's data.
 */
export function createLog(of: string | Identity, level: string, to?: DestinationStream): Log {
  const options: LoggerOptions = {
    level,
    base: typeof of === 'string' ? { service: of } : of,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: label => ({ level: label }) },
    mixin() {
      const span = trace.getActiveSpan()?.spanContext()
      return span ? { traceId: span.traceId, spanId: span.spanId } : {}
    },
    serializers: {
      // GraphQL and database errors quote what was sent, in messages of any number of lines: of a stack only places stay.
      err: (error: Error & { code?: string }) => ({
        name: error.name,
        code: error.code,
        stack: error.stack
          ?.split('\n')
          .filter(line => /^\s+at /.test(line))
          .slice(0, 8),
      }),
      req: (request: { method: string; url: string; id: string }) => ({
        method: request.method,
        path: request.url.split('?')[0],
        id: request.id,
      }),
    },
    redact: { paths: ['*.authorization', '*.cookie', '*.idNumber', '*.phone'], remove: true },
  }
  return to ? pino(options, to) : pino(options)
}
