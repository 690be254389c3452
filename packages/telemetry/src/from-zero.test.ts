import { describe, expect, test } from '@jest/globals'
import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus'
import { MeterProvider } from '@opentelemetry/sdk-metrics'
import { standAtZero } from './from-zero.ts'

describe('a histogram that stands at 0', () => {
  test('platform it is scraped before anything was recorded, and what is recorded is all that it counts', async () => {
    const reader = new PrometheusExporter({ preventServerStart: true })
    const histogram = new MeterProvider({ readers: [reader] }).getMeter('m').createHistogram('delay', {
      advice: { explicitBucketBoundaries: [30] },
    })
    const scraped = async () => {
      const text = new PrometheusSerializer().serialize((await reader.collect()).resourceMetrics)
      return text
        .split('\n')
        .flatMap(line => (line.startsWith('delay') ? [line.replace(',otel_scope_name="m"', '')] : []))
    }
    const series = (count: number, sum: number) => [
      `delay_count{group="g"} ${count}`,
      `delay_sum{group="g"} ${sum}`,
      'delay_bucket{group="g",le="30"} 0',
      `delay_bucket{group="g",le="+Inf"} ${count}`,
    ]
    standAtZero(histogram, { group: 'g' })
    expect(await scraped()).toEqual(series(0, 0))
    histogram.record(40, { group: 'g' })
    expect(await scraped()).toEqual(series(1, 40))
    await reader.shutdown()
  })
})
