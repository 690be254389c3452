import { processEnvironment, readEnvironment, serverEnvironment, telemetryEnvironment } from '@linghang/subgraph'
import { temporalEnvironment } from '@linghang/temporal'
import { z } from 'zod'

/** What the subgraph needs. */
export const readServerEnvironment = () => readEnvironment('workflows', serverEnvironment, process.env)
export type ServerEnvironment = ReturnType<typeof readServerEnvironment>

const { HOST, PORT, DATABASE_URL, DATABASE_DIRECT_URL, DATABASE_KEPT_STATEMENTS, LOG_LEVEL } = serverEnvironment
const workerEnvironment = {
  HOST,
  /** Health and metrics, where they have no MANAGEMENT_PORT; nothing else is served. */
  PORT,
  ...processEnvironment,
  DATABASE_URL,
  DATABASE_DIRECT_URL,
  DATABASE_KEPT_STATEMENTS,
  ...telemetryEnvironment,
  LOG_LEVEL,
  ...temporalEnvironment,
  /** Which version of which deployment this worker is, where the Temporal Worker Controller makes it one. */
  TEMPORAL_DEPLOYMENT_NAME: z.string().min(1).optional(),
  TEMPORAL_WORKER_BUILD_ID: z.string().min(1).optional(),
  /** When offices open and reminders go out, Asia/Shanghai. */
  REMINDERS_AT: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .default('09:00')
    .transform(time => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))),
  /** Within how many minutes before that cases write their reminders, each at its own moment; 0: all at once. */
  REMINDERS_AHEAD: z.coerce.number().int().min(0).max(480).default(60),
  /** How many reminders of one county share a transaction at most; 1: each has its own. */
  REMINDERS_TOGETHER: z.coerce.number().int().min(1).max(1_000).default(200),
  /** How many workflows are kept in memory between two of their tasks. */
  CACHED_WORKFLOWS: z.coerce.number().int().min(100).max(100_000).default(500),
}

/** What the worker needs: no Kafka, no tokens; Temporal instead. */
export const readWorkerEnvironment = () => readEnvironment('worker', workerEnvironment, process.env)
