import { keyRing, readEnvironment, serverEnvironment } from '@linghang/subgraph'
import { z } from 'zod'

/** What the subgraph needs. */
export const readServerEnvironment = () => readEnvironment('workflows', serverEnvironment, process.env)
export type ServerEnvironment = ReturnType<typeof readServerEnvironment>

const { HOST, PORT, DATABASE_URL, OTEL_EXPORTER_OTLP_ENDPOINT, LOG_LEVEL } = serverEnvironment
const workerEnvironment = {
  HOST,
  PORT,
  DATABASE_URL,
  OTEL_EXPORTER_OTLP_ENDPOINT,
  LOG_LEVEL,
  TEMPORAL_ADDRESS: z.string().regex(/^[^:]+:\d+$/),
  TEMPORAL_NAMESPACE: z.string().min(1),
  TEMPORAL_PAYLOAD_KEYS: keyRing,
}

/** What the worker needs: no Kafka, no tokens; Temporal instead. */
export const readWorkerEnvironment = () => readEnvironment('worker', workerEnvironment, process.env)
export type WorkerEnvironment = ReturnType<typeof readWorkerEnvironment>
