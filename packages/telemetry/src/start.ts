import { metrics } from '@opentelemetry/api'
import { OTLPMetricExporter as GrpcMetrics } from '@opentelemetry/exporter-metrics-otlp-grpc'
import { OTLPMetricExporter as JsonMetrics } from '@opentelemetry/exporter-metrics-otlp-http'
import { OTLPMetricExporter as ProtobufMetrics } from '@opentelemetry/exporter-metrics-otlp-proto'
import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus'
import { OTLPTraceExporter as GrpcTraces } from '@opentelemetry/exporter-trace-otlp-grpc'
import { OTLPTraceExporter as JsonTraces } from '@opentelemetry/exporter-trace-otlp-http'
import { OTLPTraceExporter as ProtobufTraces } from '@opentelemetry/exporter-trace-otlp-proto'
import { RuntimeNodeInstrumentation } from '@opentelemetry/instrumentation-runtime-node'
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources'
import { PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { NodeSDK } from '@opentelemetry/sdk-node'
import { BatchSpanProcessor, NoopSpanProcessor, type SpanProcessor } from '@opentelemetry/sdk-trace-base'
import type { Identity } from './identity.ts'
import { watchCertificates } from './watch-certificates.ts'
import { watchProcess } from './watch-process.ts'

export const metricsType = 'text/plain; version=0.0.4; charset=utf-8'

export type Telemetry = {
  resource: ReturnType<typeof resourceFromAttributes>
  /** Where spans go; without a collector they are made all the same (logs carry their ids) and dropped. */
  spanProcessor: SpanProcessor
  /** What a scrape is answered, in Prometheus' text format (`metricsType`). */
  metricsText(): Promise<string>
  stop(): Promise<void>
}

/** The part of OpenTelemetry's variables that says what goes where; the SDK reads the others (sampler, headers, resource). */
export type TelemetryEnvironment = {
  OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined
  OTEL_EXPORTER_OTLP_PROTOCOL?: 'http/protobuf' | 'http/json' | 'grpc' | undefined
  OTEL_TRACES_EXPORTER?: 'otlp' | 'none' | undefined
  OTEL_METRICS_EXPORTER?: 'otlp' | 'none' | undefined
}

const exporters = {
  'http/protobuf': { traces: () => new ProtobufTraces(), metrics: () => new ProtobufMetrics() },
  'http/json': { traces: () => new JsonTraces(), metrics: () => new JsonMetrics() },
  grpc: { traces: () => new GrpcTraces(), metrics: () => new GrpcMetrics() },
}

/**
 * Traces and metrics of one process. Call it first in `main.ts`; everything else uses the OpenTelemetry API, so its
 * order of import does not matter. Metrics are always there to be scraped; they are sent as well when
 * OTEL_METRICS_EXPORTER is `otlp`. Without an endpoint nothing is sent.
 */
export function startTelemetry(options: { identity: Identity; env: TelemetryEnvironment }): Telemetry {
  const { env, identity } = options
  const resource = resourceFromAttributes({
    'service.name': identity.service,
    'service.version': identity.version,
    'service.instance.id': identity.instance,
    'vcs.ref.head.revision': identity.commit,
    'service.namespace': 'linghang',
    // What OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say of the place goes before what we say of ourselves.
  }).merge(detectResources({ detectors: [envDetector] }))
  const by = exporters[env.OTEL_EXPORTER_OTLP_PROTOCOL ?? 'http/protobuf']
  const sendsTo = env.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined
  const spanProcessor =
    sendsTo && env.OTEL_TRACES_EXPORTER !== 'none'
      ? new BatchSpanProcessor(by.traces(), { scheduledDelayMillis: 500, maxQueueSize: 10_000 })
      : new NoopSpanProcessor()
  const scraped = new PrometheusExporter({ preventServerStart: true })
  const serializer = new PrometheusSerializer(undefined, false, undefined, false, true)
  const sent =
    sendsTo && env.OTEL_METRICS_EXPORTER === 'otlp'
      ? [new PeriodicExportingMetricReader({ exporter: by.metrics() })]
      : []
  const sdk = new NodeSDK({
    resource,
    autoDetectResources: false,
    spanProcessors: [spanProcessor],
    metricReaders: [scraped, ...sent],
    // Logs go to standard output, one JSON line an entry.
    logRecordProcessors: [],
    instrumentations: [new RuntimeNodeInstrumentation()],
  })
  sdk.start()
  const { service: _told, ...build } = identity
  metrics
    .getMeter('linghang')
    .createObservableGauge('linghang_build_info', { description: 'Which build of the program this is; always 1' })
    .addCallback(result => result.observe(1, build))
  watchProcess()
  watchCertificates(env)
  return {
    resource,
    spanProcessor,
    metricsText: async () => serializer.serialize((await scraped.collect()).resourceMetrics),
    stop: () => sdk.shutdown().catch(() => undefined),
  }
}
