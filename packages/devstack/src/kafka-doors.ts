import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stackFault } from './fault.ts'
import type { KafkaPrograms } from './kafka-programs.ts'
import { lastLines, runCommand } from './run-command.ts'

/**
 * A Kafka as a city runs it: TLS at every door, callers known by a certificate (`mtls`), a password (`scram`) or a token
 * (`oauth`), and nobody allowed anything that no ACL says.
 */
export interface KafkaDoors {
  /** Of the broker, which speaks to itself by it; whoever else has one for the same name may do everything. PEM files. */
  certFile: string
  keyFile: string
  /** Who signs it and the callers' certificates. */
  caFile: string
  /** Passwords of SCRAM-SHA-512, from the first start on. */
  users: Record<string, string>
  /** Whose tokens are taken, for whom; the caller is their `sub`. */
  tokens: { jwksUrl: string; issuer: string; audience: string }
}

/** Of the broker's certificate. */
const operator = 'kafka'
export const doorNames = ['mtls', 'scram', 'oauth'] as const
export type DoorPorts = Record<(typeof doorNames)[number], number>

/** The lines of server.properties that make the doors. */
export const doorProperties = (folder: string, ports: DoorPorts, controllerPort: number, doors: KafkaDoors) => {
  const at = (name: string, port: number) => `${name.toUpperCase()}://127.0.0.1:${port}`
  const listeners = doorNames.map(name => at(name, ports[name])).join(',')
  const { jwksUrl, issuer, audience } = doors.tokens
  const classes = 'org.apache.kafka.common.security'
  return {
    listeners: `${listeners},${at('controller', controllerPort)}`,
    'advertised.listeners': listeners,
    'inter.broker.listener.name': 'MTLS',
    'listener.security.protocol.map': 'MTLS:SSL,SCRAM:SASL_SSL,OAUTH:SASL_SSL,CONTROLLER:SSL',
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.location': join(folder, 'keystore.pem'),
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': doors.caFile,
    'listener.name.mtls.ssl.client.auth': 'required',
    'listener.name.controller.ssl.client.auth': 'required',
    'ssl.principal.mapping.rules': 'RULE:^CN=([^,]+).*$/$1/',
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': `User:${operator}`,
    'listener.name.scram.sasl.enabled.mechanisms': 'SCRAM-SHA-512',
    'listener.name.scram.scram-sha-512.sasl.jaas.config': `${classes}.scram.ScramLoginModule required;`,
    'listener.name.oauth.sasl.enabled.mechanisms': 'OAUTHBEARER',
    'listener.name.oauth.oauthbearer.sasl.jaas.config': `${classes}.oauthbearer.OAuthBearerLoginModule required;`,
    'listener.name.oauth.oauthbearer.sasl.server.callback.handler.class': `${classes}.oauthbearer.OAuthBearerValidatorCallbackHandler`,
    'sasl.oauthbearer.jwks.endpoint.url': jwksUrl,
    'sasl.oauthbearer.expected.issuer': issuer,
    'sasl.oauthbearer.expected.audience': audience,
  }
}

/** Kafka asks no address for keys that it was not told of at its start. */
export const doorFlags = ({ tokens }: KafkaDoors): string[] => [
  `-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=${tokens.jwksUrl}`,
]

/** What the format of the storage is told of who has a password. */
export const userArguments = ({ users }: KafkaDoors): string[] =>
  Object.entries(users).flatMap(([name, password]) => [
    '--add-scram',
    `SCRAM-SHA-512=[name=${name},password=${password}]`,
  ])

/** A key and its certificate in one file, as Kafka reads them. */
export const writeKeystore = async (folder: string, { certFile, keyFile }: KafkaDoors): Promise<void> => {
  const parts = await Promise.all([keyFile, certFile].map(file => readFile(file, 'utf8')))
  await writeFile(join(folder, 'keystore.pem'), parts.join('\n'), { mode: 0o600 })
}

/** How the devstack itself comes in. */
export const operatorTls = async ({ caFile, certFile, keyFile }: KafkaDoors) => ({
  ca: await readFile(caFile, 'utf8'),
  cert: await readFile(certFile, 'utf8'),
  key: await readFile(keyFile, 'utf8'),
})

/** Changes somebody's password while Kafka runs. */
export const changePassword = async (
  programs: KafkaPrograms,
  folder: string,
  mtls: string,
  { caFile }: KafkaDoors,
  [user, password]: readonly [string, string],
): Promise<void> => {
  const reach = join(folder, 'operator.properties')
  const pem = { 'ssl.keystore.type': 'PEM', 'ssl.keystore.location': join(folder, 'keystore.pem') }
  const trust = { 'ssl.truststore.type': 'PEM', 'ssl.truststore.location': caFile }
  const lines = Object.entries({ 'security.protocol': 'SSL', ...pem, ...trust })
  await writeFile(reach, lines.map(([name, value]) => `${name}=${value}\n`).join(''))
  const what = ['--alter', '--entity-type', 'users', '--entity-name', user]
  const change = ['--add-config', `SCRAM-SHA-512=[password=${password}]`]
  const result = await runCommand(
    programs.java.command,
    [
      ...['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', programs.classPath, 'kafka.admin.ConfigCommand'],
      ...['--bootstrap-server', mtls, '--command-config', reach, ...what, ...change],
    ],
    { timeoutMs: 60_000 },
  )
  if (result.code === 0) return
  throw stackFault('SERVER_DIED', {
    zh: `Kafka 没有更改密码：${lastLines(result.stderr || result.stdout, 4)}`,
    en: 'Kafka did not change the password (output above).',
  })
}
