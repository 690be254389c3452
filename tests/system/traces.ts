import type { Span } from './spans.ts'
import { surroundings } from './surroundings.ts'

/** The spans of a trace that have arrived. */
export async function spansOfTrace(traceId: string): Promise<Span[]> {
  const response = await fetch(`${surroundings().controlUrl}/traces/${traceId}`)
  return (await response.json()) as Span[]
}

const [server, client] = [2, 3]

/**
 * Whether all that belongs to one request at the gateway has arrived: its own span, and behind each call to a subgraph
 * that subgraph's, which it ends after everything that it did.
 */
export function isWhole(spans: readonly Span[]): boolean {
  const served = new Set(spans.filter(span => span.kind === server).map(span => span.parentSpanId))
  const calls = spans.filter(span => span.service === 'gateway' && span.kind === client)
  const answered = spans.some(span => span.service === 'gateway' && span.kind === server)
  return answered && calls.length > 0 && calls.every(call => served.has(call.spanId))
}

export const isSql = (span: Span): boolean => span.kind === client && span.attributes['db.system.name'] === 'postgresql'
