import type { Report } from './report.ts'
import { runCommand } from './run-command.ts'
import type { RunningServer } from './server-process.ts'
import { findTemporal } from './temporal-programs.ts'

/** A running Temporal server. */
export interface TemporalServer extends RunningServer {
  /** host:port of the gRPC frontend. */
  address: string
  /** The web UI, null when an address in the environment names none. */
  uiUrl: string | null
  namespace: string
}

/** How somebody calls a frontend: PEM files where it wants TLS, a key where it wants one. */
export interface TemporalDoor {
  address: string
  caFile?: string | undefined
  certFile?: string | undefined
  keyFile?: string | undefined
  apiKey?: string | undefined
}

export const frontendHealth = 'temporal.api.workflowservice.v1.WorkflowService'

/** Runs Temporal's CLI against a frontend. */
export const callTemporal = async (door: TemporalDoor, args: string[], report: Report) => {
  const { address, caFile, certFile, keyFile, apiKey } = door
  const flags = [
    ...(caFile ? ['--tls', '--tls-ca-path', caFile] : []),
    ...(certFile && keyFile ? ['--tls-cert-path', certFile, '--tls-key-path', keyFile] : []),
  ]
  return runCommand(await findTemporal(report), [...args, '--address', address, ...flags], {
    timeoutMs: 20_000,
    ...(apiKey ? { env: { TEMPORAL_API_KEY: apiKey } } : {}),
  })
}
