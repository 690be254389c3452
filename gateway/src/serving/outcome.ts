import type { RequestOutcome } from './measurements.ts'

const codesShown = 10
/** What is our own fault, whoever asked and whatever for: no caller can do anything about it but ask again. */
const ours: ReadonlySet<string> = new Set(['INTERNAL', 'SUBGRAPH_UNAVAILABLE', 'BUSY', 'OUTCOME_UNKNOWN'])

/** Errors come first in an answer that has any. */
const hasErrors = (text: string): boolean => text.startsWith('{"errors"')

/** The codes of an answer's errors, which stand before its data; each once. */
export const codesIn = (text: string): string[] =>
  hasErrors(text)
    ? [
        ...new Set(Array.from(text.slice(0, 20_000).matchAll(/"code":"([A-Z_]+)"/g), match => match[1] as string)),
      ].slice(0, codesShown)
    : []

/** How a request has ended, for whoever counts: errors of the caller's own are not ours. */
export const outcomeOf = ({ status, text }: { status: number; text: string }): RequestOutcome => {
  if (status >= 500) return 'failed'
  if (status >= 400) return 'refused'
  if (!hasErrors(text)) return 'ok'
  return codesIn(text).some(code => ours.has(code)) ? 'degraded' : 'partial'
}
