import { standAtZero } from '@linghang/telemetry'
import { metrics } from '@opentelemetry/api'

/** `partial`: errors beside data, the caller's own; `degraded`: some of them are ours. */
export type RequestOutcome = 'ok' | 'partial' | 'degraded' | 'refused' | 'failed'
/** `shared`: another fetch that was under way has answered it as well. */
type FetchOutcome = 'answered' | 'failed' | 'shared'
export type CountFetch = (subgraph: string, outcome: FetchOutcome, tookMs: number) => void

const secondsBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/** What the gateway counts: requests and their time by outcome, subgraph fetches and their time by subgraph. */
export function createMeasurements(inFlight: () => number, subgraphs: readonly string[] = []) {
  const meter = metrics.getMeter('linghang.gateway')
  const requests = meter.createCounter('linghang_gateway_requests', { description: 'Requests by outcome' })
  const requestSeconds = meter.createHistogram('linghang_gateway_request_duration_seconds', {
    description: 'Time to the whole answer, by outcome',
    advice: { explicitBucketBoundaries: secondsBuckets },
  })
  const fetches = meter.createCounter('linghang_gateway_fetches', { description: 'Fetches by subgraph and outcome' })
  const fetchSeconds = meter.createHistogram('linghang_gateway_fetch_duration_seconds', {
    description: 'Time of a fetch by subgraph and outcome',
    advice: { explicitBucketBoundaries: secondsBuckets },
  })
  const reloads = meter.createCounter('linghang_gateway_supergraph_reloads', {
    description: 'New supergraphs by outcome',
  })
  const shared = meter.createCounter('linghang_gateway_shared_answers', {
    description: 'Requests answered by the equal one that was under way',
  })
  const gauge = meter.createObservableGauge('linghang_gateway_in_flight', { description: 'Requests under way' })
  gauge.addCallback(result => result.observe(inFlight()))
  // Rates and alerts work from the start, and not from the first fault on.
  for (const outcome of ['ok', 'partial', 'degraded', 'refused', 'failed']) {
    requests.add(0, { outcome })
    standAtZero(requestSeconds, { outcome })
  }
  for (const subgraph of subgraphs)
    for (const outcome of ['answered', 'failed', 'shared']) fetches.add(0, { subgraph, outcome })
  for (const outcome of ['loaded', 'refused']) reloads.add(0, { outcome })
  shared.add(0)
  const countFetch: CountFetch = (subgraph, outcome, tookMs) => {
    fetches.add(1, { subgraph, outcome })
    if (outcome !== 'shared') fetchSeconds.record(tookMs / 1_000, { subgraph, outcome })
  }
  return {
    countFetch,
    countShared: (): void => shared.add(1),
    countReload: (outcome: 'loaded' | 'refused'): void => reloads.add(1, { outcome }),
    countRequest(outcome: RequestOutcome, tookMs: number): void {
      requests.add(1, { outcome })
      requestSeconds.record(tookMs / 1_000, { outcome })
    },
  }
}
