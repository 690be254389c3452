import type { Attributes, Histogram } from '@opentelemetry/api'

/**
 * The histogram is there from now on with nothing in it, as a counter to which 0 was added. Prometheus reckons only what
 * was added to a series since it saw it first: what comes late as the first of a process would be no alert’s.
 */
export function standAtZero(histogram: Histogram, of: Attributes = {}): void {
  // Falls into no bucket and is not counted; the series is made all the same.
  histogram.record(Number.NaN, of)
}
