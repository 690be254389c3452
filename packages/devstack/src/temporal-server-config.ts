/** A certificate of the frontend, and by whom a caller's must be signed. PEM files. */
export interface TemporalTls {
  certFile: string
  keyFile: string
  /** Callers without a certificate of this CA are not answered; without it any may call. */
  clientCaFile?: string
}

/** Where a server of Temporal stands and what it keeps its state in. */
export interface TemporalServerPlace {
  /** Of whoever owns both databases. */
  postgres: { host: string; port: number; user: string; password: string; database: string; visibility: string }
  /** On which address it listens, and under which it is reached by itself. */
  bindOn: string
  broadcast: string
  ports: Record<TemporalPort, number>
  dynamicConfigFile: string
  tls?: TemporalTls
  /** Keys (JWK set) of whoever signs API keys, as URLs: without it nobody is asked for one. */
  apiKeysFrom?: readonly string[]
}
export const temporalPorts = [
  ...(['frontend', 'frontendMembers', 'internal', 'internalMembers', 'history', 'historyMembers'] as const),
  ...(['matching', 'matchingMembers', 'worker', 'workerMembers', 'metrics'] as const),
] as const
export type TemporalPort = (typeof temporalPorts)[number]

/** The roles of one process. Its own workers go by the inner frontend, so that certificates and keys are for callers. */
export const temporalRoles = ['frontend', 'internal-frontend', 'history', 'matching', 'worker'] as const

/**
 * The server's configuration as its file has it (JSON, which is YAML): all roles in one process, state and visibility in
 * PostgreSQL.
 */
export function temporalServerConfig({ postgres, bindOn, broadcast, ports, ...more }: TemporalServerPlace): string {
  const store = (databaseName: string, maxConns: number) => ({
    sql: {
      ...{ pluginName: 'postgres12', databaseName, connectAddr: `${postgres.host}:${postgres.port}` },
      ...{ connectProtocol: 'tcp', user: postgres.user, password: postgres.password },
      ...{ maxConns, maxIdleConns: maxConns, maxConnLifetime: '1h' },
    },
  })
  const role = (grpcPort: number, membershipPort: number) => ({ rpc: { grpcPort, membershipPort, bindOnIP: bindOn } })
  const { tls, apiKeysFrom } = more
  return `${JSON.stringify(
    {
      log: { stdout: true, level: 'warn' },
      persistence: {
        ...{ defaultStore: 'default', visibilityStore: 'visibility', numHistoryShards: 4 },
        datastores: { default: store(postgres.database, 20), visibility: store(postgres.visibility, 10) },
      },
      global: {
        membership: { maxJoinDuration: '30s', broadcastAddress: broadcast },
        metrics: { prometheus: { listenAddress: `${bindOn}:${ports.metrics}` } },
        ...(tls
          ? {
              tls: {
                // Certificates are read anew, so that one near its end is replaced without a restart.
                refreshInterval: '5s',
                frontend: {
                  server: {
                    ...{ certFile: tls.certFile, keyFile: tls.keyFile },
                    ...(tls.clientCaFile ? { requireClientAuth: true, clientCaFiles: [tls.clientCaFile] } : {}),
                  },
                },
              },
            }
          : {}),
        ...(apiKeysFrom
          ? {
              authorization: {
                ...{ jwtKeyProvider: { keySourceURIs: apiKeysFrom, refreshInterval: '10s' } },
                ...{ permissionsClaimName: 'permissions', authorizer: 'default', claimMapper: 'default' },
              },
            }
          : {}),
      },
      services: {
        frontend: role(ports.frontend, ports.frontendMembers),
        'internal-frontend': role(ports.internal, ports.internalMembers),
        history: role(ports.history, ports.historyMembers),
        matching: role(ports.matching, ports.matchingMembers),
        worker: role(ports.worker, ports.workerMembers),
      },
      clusterMetadata: {
        ...{ enableGlobalNamespace: false, failoverVersionIncrement: 10 },
        ...{ masterClusterName: 'active', currentClusterName: 'active' },
        clusterInformation: {
          active: {
            enabled: true,
            initialFailoverVersion: 1,
            rpcName: 'frontend',
            rpcAddress: `${broadcast}:${ports.internal}`,
          },
        },
      },
      dcRedirectionPolicy: { policy: 'noop' },
      archival: { history: { state: 'disabled' }, visibility: { state: 'disabled' } },
      namespaceDefaults: { archival: { history: { state: 'disabled' }, visibility: { state: 'disabled' } } },
      dynamicConfigClient: { filepath: more.dynamicConfigFile, pollInterval: '10s' },
    },
    null,
    2,
  )}\n`
}

/** What tests and a laptop want otherwise: a namespace and its attributes are known a second after they were made. */
export const temporalDynamicConfig = `${JSON.stringify({
  'system.namespaceCacheRefreshInterval': [{ value: '1s' }],
  'system.forceSearchAttributesCacheRefreshOnRead': [{ value: true }],
})}\n`
