import type { IncomingMessage, ServerResponse } from 'node:http'
import { metrics } from '@opentelemetry/api'
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { MeterProvider } from '@opentelemetry/sdk-metrics'
import { BatchSpanProcessor, NoopSpanProcessor, type SpanProcessor } from '@opentelemetry/sdk-trace-base'
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node'

export type Telemetry = {
  resource: ReturnType<typeof resourceFromAttributes>
  /** Where spans go; without a collector they are made all the same (logs carry their ids) and dropped. */
  spanProcessor: SpanProcessor
  /** Answers a scrape in Prometheus' text format. */
  serveMetrics(request: IncomingMessage, response: ServerResponse): void
  stop(): Promise<void>
}

/**
 * Traces and metrics of one process. Call it first in `main.ts`; everything else uses the OpenTelemetry API, so its
 * order of import does not matter.
 * @param otlpEndpoint base URL of a collector (OTLP over HTTP), as in OTEL_EXPORTER_OTLP_ENDPOINT
 */
export function startTelemetry(options: {
  service: string
  version: string
  otlpEndpoint: string | undefined
}): Telemetry {
  const resource = resourceFromAttributes({
    'service.name': options.service,
    'service.version': options.version,
    'service.namespace': 'linghang',
  })
  const spanProcessor = options.otlpEndpoint
    ? new BatchSpanProcessor(
        new OTLPTraceExporter({ url: `${options.otlpEndpoint.replace(/\/$/, '')}/v1/traces`, timeoutMillis: 5_000 }),
        {
          scheduledDelayMillis: 500,
          maxQueueSize: 10_000,
        },
      )
    : new NoopSpanProcessor()
  const tracing = new NodeTracerProvider({ resource, spanProcessors: [spanProcessor] })
  tracing.register()
  const reader = new PrometheusExporter({ preventServerStart: true })
  const metering = new MeterProvider({ resource, readers: [reader] })
  metrics.setGlobalMeterProvider(metering)
  return {
    resource,
    spanProcessor,
    serveMetrics: (request, response) => reader.getMetricsRequestHandler(request, response),
    async stop() {
      await Promise.allSettled([tracing.shutdown(), metering.shutdown()])
    },
  }
}
