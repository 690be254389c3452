import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Kafka, logLevel } from 'kafkajs'
import { readEnvironment } from './env.ts'
import { stackFault } from './fault.ts'
import { readJson, writeJson } from './files.ts'
import {
  changePassword,
  type DoorPorts,
  doorFlags,
  doorNames,
  doorProperties,
  type KafkaDoors,
  operatorTls,
  userArguments,
  writeKeystore,
} from './kafka-doors.ts'
import { ensureArchive, findKafka, type KafkaPrograms, wantsArchive } from './kafka-programs.ts'
import { choosePort } from './ports.ts'
import { type Report, timed } from './report.ts'
import { lastLines, runCommand } from './run-command.ts'
import { claimServer, foreignServer, type RunningServer, serverDir, spawnServer, waitReady } from './server-process.ts'

/** A running Kafka of one node. */
export interface KafkaServer extends RunningServer {
  /** Comma-separated host:port list; with `doors` that of callers with a certificate. */
  brokers: string
  /** Of a Kafka with `doors`: where each is, and how passwords are changed. */
  doors?: Record<keyof DoorPorts, string> & { changePassword(user: string, password: string): Promise<void> }
}

interface KafkaOptions {
  stateDir: string
  port?: number
  report: Report
  /** Who may speak to it; nobody else is answered. Everybody unless told. */
  user?: KafkaUser
  /** TLS, callers of three kinds and ACLs, in place of the one door in clear. */
  doors?: KafkaDoors
}
type Ports = { port: number; controllerPort: number } & Partial<DoorPorts>
type KafkaUser = { username: string; password: string }

/** The user is the broker's own as well: it speaks to itself by the same door. */
const userProperties = ({ username, password }: KafkaUser) => ({
  'sasl.enabled.mechanisms': 'PLAIN',
  'sasl.mechanism.inter.broker.protocol': 'PLAIN',
  'listener.name.broker.plain.sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule required username="${username}" password="${password}" user_${username}="${password}";`,
})

const oneDoor = ({ port, controllerPort }: Ports, user?: KafkaUser) => ({
  listeners: `BROKER://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
  'inter.broker.listener.name': 'BROKER',
  'advertised.listeners': `BROKER://127.0.0.1:${port}`,
  'listener.security.protocol.map': `BROKER:${user ? 'SASL_PLAINTEXT' : 'PLAINTEXT'},CONTROLLER:PLAINTEXT`,
  ...(user ? userProperties(user) : {}),
})

const properties = (folder: string, ports: Ports, { user, doors }: KafkaOptions): string =>
  `${Object.entries({
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${ports.controllerPort}`,
    'controller.listener.names': 'CONTROLLER',
    ...(doors ? doorProperties(folder, ports as DoorPorts, ports.controllerPort, doors) : oneDoor(ports, user)),
    'log.dirs': join(folder, 'data'),
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 1,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
    'group.min.session.timeout.ms': 1000,
    'auto.create.topics.enable': false,
    // With the defaults a broker that was killed cannot come back for eleven seconds.
    'broker.session.timeout.ms': 3000,
    'broker.heartbeat.interval.ms': 500,
  })
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')}\n`

const logging = `status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d{yyyy-MM-dd'T'HH:mm:ss,SSS} %p %m (%c)%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
logger.start.name = kafka.server.KafkaRaftServer
logger.start.level = info
`

const jvmFlags = (programs: KafkaPrograms, folder: string, more: string[]): string[] => [
  ...['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xms64m', '-Xmx256m'],
  ...[`-Dlog4j2.configurationFile=file:${join(folder, 'log4j2.properties')}`, '-Dlog4j2.disableJmx=true'],
  ...(programs.archive ? [`-XX:SharedArchiveFile=${programs.archive}`, '-Xshare:auto', '-Xlog:cds=off'] : []),
  ...more,
  ...['-cp', programs.classPath],
]

const format = async (programs: KafkaPrograms, folder: string, doors?: KafkaDoors): Promise<void> => {
  // Hexadecimal: an id that begins with a dash would be taken for an option.
  const id = randomBytes(11).toString('hex')
  const tool = ['kafka.tools.StorageTool', 'format', '-t', id, '-c', join(folder, 'server.properties')]
  if (doors) tool.push(...userArguments(doors))
  const args = [...jvmFlags(programs, folder, []), ...tool]
  const result = await runCommand(programs.java.command, args, { timeoutMs: 120_000 })
  if (result.code === 0) return
  throw stackFault('SERVER_DIED', {
    zh: `Kafka 存储初始化失败：${lastLines(result.stderr || result.stdout, 4)}`,
    en: 'Kafka could not format its storage (output above): check disk space and permissions of the state folder.',
  })
}

/** One broker that is up and is led: the metadata names only brokers that are. */
const answers = async (
  brokers: string,
  { user, doors }: Pick<KafkaOptions, 'user' | 'doors'> = {},
): Promise<boolean> => {
  const kafka = new Kafka({
    clientId: 'devstack-health',
    brokers: brokers.split(','),
    connectionTimeout: 1000,
    requestTimeout: 2000,
    logLevel: logLevel.NOTHING,
    retry: { retries: 0 },
    ...(user ? { sasl: { mechanism: 'plain' as const, ...user } } : {}),
    ...(doors ? { ssl: await operatorTls(doors) } : {}),
  })
  const admin = kafka.admin()
  try {
    await admin.connect()
    const cluster = await admin.describeCluster()
    return cluster.brokers.length > 0 && cluster.controller !== null
  } finally {
    await admin.disconnect().catch(() => undefined)
  }
}

const readPorts = async (path: string): Promise<Partial<Ports>> => {
  const value = await readJson(path)
  return typeof value === 'object' && value !== null && 'port' in value && 'controllerPort' in value
    ? (value as Partial<Ports>)
    : {}
}

/** The ports of the last start, as far as they are free. With doors the first of them is the broker's port. */
const choosePorts = async (file: string, { port: wanted, doors }: KafkaOptions): Promise<Ports> => {
  const known = await readPorts(file)
  const port = await choosePort('Kafka', wanted, known.port)
  const ports: Ports = { port, controllerPort: await choosePort('Kafka controller', undefined, known.controllerPort) }
  if (doors)
    for (const name of doorNames)
      ports[name] = name === 'mtls' ? port : await choosePort(`Kafka ${name}`, undefined, known[name])
  await writeJson(file, ports)
  return ports
}

/** Configures, formats on first use and runs the broker. */
const run = async (programs: KafkaPrograms, options: KafkaOptions, moreFlags: string[]): Promise<KafkaServer> => {
  const folder = serverDir(options.stateDir, 'kafka')
  const { doors } = options
  const ports = await choosePorts(join(folder, 'server.json'), options)
  const { port } = ports
  await writeFile(join(folder, 'server.properties'), properties(folder, ports, options))
  await writeFile(join(folder, 'log4j2.properties'), logging)
  if (doors) await writeKeystore(folder, doors)
  if (!existsSync(join(folder, 'data', 'meta.properties'))) {
    await timed(options.report, 'kafka', 'format the storage', () => format(programs, folder, doors))
  }
  const flags = jvmFlags(programs, folder, [...moreFlags, ...(doors ? doorFlags(doors) : [])])
  return timed(options.report, 'kafka', `start on 127.0.0.1:${port} (${programs.origin})`, async () => {
    const brokers = `127.0.0.1:${port}`
    const running = await spawnServer(
      {
        name: 'kafka',
        stateDir: options.stateDir,
        command: programs.java.command,
        args: [...flags, 'kafka.Kafka', join(folder, 'server.properties')],
        stopSignal: 'SIGTERM',
        stopTimeoutMs: 30_000,
      },
      port,
    )
    await waitReady(running, () => answers(brokers, options), 60_000)
    if (!doors) return { ...running, brokers }
    const [mtls, scram, oauth] = doorNames.map(name => `127.0.0.1:${ports[name]}`) as [string, string, string]
    const change = (user: string, password: string) => changePassword(programs, folder, mtls, doors, [user, password])
    return { ...running, brokers, doors: { mtls, scram, oauth, changePassword: change } }
  })
}

/** Kafka with its archive of classes, which halves every later start: made once for each Java runtime. */
export const provisionKafka = async (report: Report): Promise<KafkaPrograms> => {
  const programs = await findKafka(report)
  if (!wantsArchive(programs)) return programs
  const detail = 'make the class archive for faster starts (once)'
  return timed(report, 'kafka', detail, () =>
    ensureArchive(programs, async (stateDir, flags) => {
      await claimServer(stateDir, 'kafka', 'SIGTERM')
      const server = await run(programs, { stateDir, report: () => undefined }, flags)
      await server.stop()
    }),
  )
}

/**
 * Starts Kafka in KRaft mode, or adopts the one that LINGHANG_KAFKA_BROKERS names. Topics are not created by
 * themselves. Starting again with the same state folder recovers everything; both ports may have changed.
 *
 * @param options.port fixed broker port; an error when it is taken
 * @throws StackFault
 */
export const startKafka = async (options: KafkaOptions): Promise<KafkaServer> => {
  const { kafkaBrokers } = readEnvironment()
  if (kafkaBrokers) {
    const server = foreignServer('kafka', Number(kafkaBrokers.split(',')[0]?.split(':').at(-1)))
    await waitReady(server, () => answers(kafkaBrokers), 15_000)
    return { ...server, brokers: kafkaBrokers }
  }
  const programs = await findKafka(options.report)
  await claimServer(options.stateDir, 'kafka', 'SIGTERM')
  return run(programs, options, [])
}
