export { cachedPath, fetchOnce } from './cache.ts'
export { unpackDebian } from './debian-packages.ts'
export { isStackFault, type StackFault, type StackFaultCode, stackFault } from './fault.ts'
export { readJson, withFileLock, writeJson } from './files.ts'
export { generateClient } from './generate-client.ts'
export {
  addAccount,
  addAccounts,
  addClient,
  listClients,
  type NewAccount,
  type NewClient,
} from './identity/accounts.ts'
export { apiAudience, consoleClientId, personScope } from './identity/names.ts'
export { type IdentityProvider, startIdentityProvider } from './identity.ts'
export { javaFromWheel } from './java.ts'
export { type KafkaServer, startKafka } from './kafka.ts'
export type { KafkaDoors } from './kafka-doors.ts'
export { findKafka } from './kafka-programs.ts'
export { type ObjectStoreServer, startObjectStore } from './object-store.ts'
export { convertToPdf, type OfficeProgram, officeProgram, textOfPdf } from './office-program.ts'
export { type PaymentSandbox, sandboxMerchant, startPaymentSandbox } from './payments.ts'
export { startPgbouncer } from './pgbouncer.ts'
export { assertPortFree, findFreePort, isPortFree } from './ports.ts'
export { type PostgresServer, removePostgresState, startPostgres } from './postgres.ts'
export { findPostgres } from './postgres-programs.ts'
export { identify, isAlive, type ProcessIdentity, waitGone } from './process-identity.ts'
export { type PrometheusServer, startPrometheus } from './prometheus.ts'
export { findPrometheus } from './prometheus-programs.ts'
export { provision, provisionForTests } from './provision.ts'
export { type Progress, type Report, type Step, timed } from './report.ts'
export { type CommandResult, findOnPath, lastLines, runCommand } from './run-command.ts'
export {
  claimServer,
  type Exit,
  logFileOf,
  logTail,
  openLog,
  type RunningServer,
  spawnServer,
  waitReady,
} from './server-process.ts'
export { type SearchAttributeKind, startTemporal } from './temporal.ts'
export { callTemporal, type TemporalDoor, type TemporalServer } from './temporal-door.ts'
export { findTemporal, temporalTestServerPath } from './temporal-programs.ts'
export { prepareTemporalDatabases, startTemporalServer } from './temporal-server.ts'
export {
  type TemporalServerPlace,
  temporalDynamicConfig,
  temporalRoles,
  temporalServerConfig,
} from './temporal-server-config.ts'
export { type TemporalServerPrograms, temporalServerPrograms } from './temporal-server-programs.ts'
export { obtainAppToken, obtainPersonToken, refreshPersonToken, type TokenSet } from './tokens.ts'
export { versions } from './versions.ts'
export { fetchWheel } from './wheels.ts'
