import { createHash } from 'node:crypto'
import { neighbourImages } from './images.ts'

/** The namespace of what stands beside the platform. */
export const namespace = 'neighbours'
/** Names under which pods of any namespace find the neighbours. */
export const hostOf = (name: string): string => `${name}.${namespace}.svc.cluster.local`
/** Ports of the neighbours. */
export const ports = { postgres: 5432, kafka: 9092, temporal: 7233, identity: 8080, payments: 8081 } as const
export type Neighbour = keyof typeof ports
/** The database superuser's password, on a network that only the tests reach. */
const superuserPassword = 'of-the-tests'

/** The database server as its administrator reaches it, from pods and from the tests. */
export const serverUrl = `postgres://postgres:${superuserPassword}@${hostOf('postgres')}:${ports.postgres}/postgres`

const postgres = `[ -f /data/cluster/PG_VERSION ] || {
  mkdir -p /data/cluster && chmod 700 /data/cluster
  /opt/postgres/bin/initdb --pgdata=/data/cluster --username=postgres --auth=scram-sha-256 --pwfile=/settings/password \\
    --encoding=UTF8 --locale-provider=builtin --locale=C --builtin-locale=C.UTF-8 && echo 'host all all all scram-sha-256' >> /data/cluster/pg_hba.conf
}
exec /opt/postgres/bin/postgres -D /data/cluster -c listen_addresses=* -c unix_socket_directories= -c max_connections=300 \\
  -c shared_buffers=128MB -c shared_preload_libraries=pg_stat_statements -c jit=off -c timezone=UTC -c log_error_verbosity=terse
`

const kafkaProperties = Object.entries({
  'process.roles': 'broker,controller',
  'node.id': 1,
  'controller.quorum.voters': '1@127.0.0.1:9093',
  listeners: `BROKER://:${ports.kafka},CONTROLLER://127.0.0.1:9093`,
  'advertised.listeners': `BROKER://${hostOf('kafka')}:${ports.kafka}`,
  'inter.broker.listener.name': 'BROKER',
  'controller.listener.names': 'CONTROLLER',
  'listener.security.protocol.map': 'BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT',
  'log.dirs': '/data/log',
  'offsets.topic.replication.factor': 1,
  'offsets.topic.num.partitions': 1,
  'transaction.state.log.replication.factor': 1,
  'transaction.state.log.min.isr': 1,
  'share.coordinator.state.topic.replication.factor': 1,
  'share.coordinator.state.topic.min.isr': 1,
  'group.initial.rebalance.delay.ms': 0,
  'auto.create.topics.enable': false,
  'broker.session.timeout.ms': 3000,
  'broker.heartbeat.interval.ms': 500,
})
  .map(([name, value]) => `${name}=${value}\n`)
  .join('')

const kafkaLogging = `status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %p %m (%c)%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
`

const kafka = `set -f
java="/opt/java/bin/java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xms64m -Xmx256m \\
  -Dlog4j2.configurationFile=file:/settings/log4j2.properties -Dlog4j2.disableJmx=true -cp /opt/kafka/*"
[ -f /data/log/meta.properties ] || $java kafka.tools.StorageTool format -t 000000000000000000000c -c /settings/server.properties
exec $java kafka.Kafka /settings/server.properties
`

const temporal = `exec temporal server start-dev --ip 0.0.0.0 --port ${ports.temporal} --headless --db-filename /data/temporal.sqlite \\
  --log-level warn --namespace linghang --sqlite-pragma journal_mode=wal --sqlite-pragma synchronous=normal
`

const program = (file: string, options: object): string =>
  `exec node --disable-warning=ExperimentalWarning /app/packages/devstack/src/${file}/main.ts '${JSON.stringify(options)}'\n`

/** Where the identity provider is found, by pods and by the tests alike. */
export const issuer = `http://${hostOf('identity')}:${ports.identity}`

const of: Record<Neighbour, { image: string; run: string; memory: string; settings?: Record<string, string> }> = {
  postgres: {
    image: neighbourImages.postgres,
    run: postgres,
    memory: '1Gi',
    settings: { password: superuserPassword },
  },
  kafka: {
    image: neighbourImages.kafka,
    run: kafka,
    memory: '768Mi',
    settings: { 'server.properties': kafkaProperties, 'log4j2.properties': kafkaLogging },
  },
  temporal: { image: neighbourImages.temporal, run: temporal, memory: '768Mi' },
  identity: {
    image: neighbourImages.sandbox,
    run: program('identity', {
      ...{ issuer, host: '0.0.0.0', port: ports.identity, folder: '/data' },
      ...{ accountsFile: '/data/accounts.json', clientsFile: '/data/clients.json' },
    }),
    memory: '256Mi',
  },
  payments: {
    image: neighbourImages.sandbox,
    run: program('payments', { host: '0.0.0.0', port: ports.payments, folder: '/data' }),
    memory: '256Mi',
  },
}

const restricted = {
  pod: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  container: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
}

const objectsOf = (name: Neighbour, volumes: string) => {
  const { image, run, memory, settings } = of[name]
  const metadata = { name, namespace, labels: { app: name } }
  const data = { 'run.sh': run, ...settings }
  // A pod is not begun anew because its settings are others.
  const annotations = { settings: createHash('sha256').update(JSON.stringify(data)).digest('hex') }
  const container = {
    ...{ name, image, imagePullPolicy: 'Never', args: ['/settings/run.sh'] },
    ports: [{ name: 'main', containerPort: ports[name] }],
    readinessProbe: { tcpSocket: { port: 'main' }, periodSeconds: 1, failureThreshold: 60 },
    resources: { requests: { cpu: '20m', memory: '64Mi' }, limits: { memory } },
    securityContext: restricted.container,
    volumeMounts: [
      { name: 'data', mountPath: '/data' },
      { name: 'settings', mountPath: '/settings' },
      { name: 'tmp', mountPath: '/tmp' },
    ],
  }
  const pod = {
    ...{ automountServiceAccountToken: false, terminationGracePeriodSeconds: 20, securityContext: restricted.pod },
    containers: [container],
    volumes: [
      { name: 'data', persistentVolumeClaim: { claimName: name } },
      { name: 'settings', configMap: { name } },
      { name: 'tmp', emptyDir: {} },
    ],
  }
  const size = { storage: '10Gi' }
  return [
    {
      ...{ apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name } },
      spec: {
        ...{ capacity: size, accessModes: ['ReadWriteOnce'], storageClassName: 'folders' },
        hostPath: { path: `${volumes}/${name}` },
        claimRef: { namespace, name },
      },
    },
    {
      ...{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata },
      spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'folders', resources: { requests: size } },
    },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata, data },
    {
      ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata },
      spec: {
        replicas: 1,
        // Two of them would write into one folder.
        strategy: { type: 'Recreate' },
        selector: { matchLabels: { app: name } },
        template: { metadata: { labels: { app: name }, annotations }, spec: pod },
      },
    },
    {
      ...{ apiVersion: 'v1', kind: 'Service', metadata },
      spec: { selector: { app: name }, ports: [{ name: 'main', port: ports[name], targetPort: 'main' }] },
    },
  ]
}

/** Everything of the neighbours as one list for `kubectl apply`. @param volumes folder of the node with one a neighbour */
export const neighbourObjects = (volumes: string) => ({
  apiVersion: 'v1',
  kind: 'List',
  items: [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    ...(Object.keys(ports) as Neighbour[]).flatMap(name => objectsOf(name, volumes)),
  ],
})
