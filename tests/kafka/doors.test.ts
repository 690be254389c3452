import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals'
import {
  apiAudience,
  type IdentityProvider,
  type KafkaDoors,
  type KafkaServer,
  removePostgresState,
} from '@linghang/devstack'
import { ensureTopics, insist, topics, withAdmin } from '@linghang/events'
import { certificateAuthority } from '@linghang/harness/certificates'
import { secretVolume } from '@linghang/harness/secret-volume'
import { type StartedService, startService } from '@linghang/harness/start-service'
import { until } from '@linghang/harness/until'
import type { ServiceName } from '@linghang/migrations'
import { importJWK, SignJWT } from 'jose'
import { layGround } from './ground.ts'
import { allow, doorsOf, operatorOf, passwordOf, standKafka, standProvider } from './stand-kafka.ts'
import { startTokenDoor } from './token-door.ts'

jest.setTimeout(180_000)

let folder: string
let ground: Awaited<ReturnType<typeof layGround>>
let provider: IdentityProvider
let door: Awaited<ReturnType<typeof startTokenDoor>>
let ours: ReturnType<typeof certificateAuthority>
let theirs: ReturnType<typeof certificateAuthority>
let doors: KafkaDoors
let server: KafkaServer
let running: StartedService[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linghang-doors-'))
  ground = await layGround(folder, ['org', 'members', 'assessment'])
  provider = await standProvider(folder)
  ours = certificateAuthority(folder, 'ours')
  theirs = certificateAuthority(folder, 'theirs')
  door = await startTokenDoor(ours.issue('identity'), provider.issuer)
  doors = doorsOf(ours, provider)
  server = await standKafka(folder, doors)
  await allow(operatorOf(server, doors), 'create')
}, 180_000)
afterEach(async () => {
  await Promise.all(running.map(service => service.stop()))
  running = []
})
afterAll(async () => {
  await server?.stop()
  await door?.stop()
  await provider?.stop()
  await ground?.stop()
  await removePostgresState(folder)
  await rm(folder, { recursive: true, force: true })
})

type Environment = Record<string, string>
const at = (name: keyof Omit<NonNullable<KafkaServer['doors']>, 'changePassword'>) => server.doors?.[name] ?? ''

async function start(name: ServiceName, brokers: string, env: Environment): Promise<StartedService> {
  const kafkaBrokers = brokers
  const service = await startService(name, { kafkaBrokers, env }, ground.at)
  running.push(service)
  return service
}
const logOf = (service: StartedService): string => readFileSync(service.server.logFile ?? '', 'utf8')

/** What a service says that ends at its start. */
async function lastWordsOf(brokers: string, env: Environment): Promise<string> {
  const fault: Error = await start('assessment', brokers, env).then(
    () => new Error('it has started'),
    error => error,
  )
  const log = /log (\S+) \(/.exec(fault.message)?.[1]
  return log && existsSync(log) ? readFile(log, 'utf8') : fault.message
}

/** A token of the provider's own making, with its own key. */
async function signToken(sub: string, { audience = apiAudience, endsIn = '1h' } = {}): Promise<string> {
  const { jwks } = JSON.parse(await readFile(join(folder, 'identity/keys.json'), 'utf8'))
  const [key] = jwks.keys
  return new SignJWT({ sub })
    .setProtectedHeader({ alg: 'ES256', kid: key.kid })
    .setIssuer(provider.issuer)
    .setAudience(audience)
    .setIssuedAt(Math.floor(Date.now() / 1_000) - 7_200)
    .setExpirationTime(endsIn)
    .sign(await importJWK(key, 'ES256'))
}
const tokenFile = async (text: string): Promise<string> => {
  const file = join(await mkdtemp(join(folder, 'token-')), 'token')
  await writeFile(file, text)
  return file
}

const trust = () => ({ KAFKA_CA_FILE: ours.caFile })
const certified = ({ certFile, keyFile } = ours.issue('assessment')): Environment => ({
  ...{ KAFKA_SECURITY_PROTOCOL: 'SSL', ...trust(), KAFKA_CERT_FILE: certFile, KAFKA_KEY_FILE: keyFile },
})
const password = (text = passwordOf('assessment'), name = 'assessment'): Environment => ({
  ...{ KAFKA_SECURITY_PROTOCOL: 'SASL_SSL', ...trust(), KAFKA_SASL_USERNAME: name, KAFKA_SASL_PASSWORD: text },
})
const bearer = (): Environment => ({
  ...{ KAFKA_SECURITY_PROTOCOL: 'SASL_SSL', ...trust(), KAFKA_SASL_MECHANISM: 'OAUTHBEARER' },
})
const tokenOf = async (options: Parameters<typeof signToken>[1] = {}): Promise<Environment> => ({
  ...bearer(),
  KAFKA_OAUTH_TOKEN_FILE: await tokenFile(await signToken('assessment', options)),
})
const endpoint = (secret = passwordOf('assessment')): Environment => ({
  ...{ ...bearer(), KAFKA_OAUTH_TOKEN_ENDPOINT: door.endpoint, NODE_EXTRA_CA_CERTS: ours.caFile },
  ...{ KAFKA_OAUTH_CLIENT_ID: 'assessment', KAFKA_OAUTH_CLIENT_SECRET: secret },
})

const groupOf = { org: 'org.member-refs', members: 'members.org-tree', assessment: 'assessment.people' } as const
/** Whether somebody reads in the service's group, as Kafka knows it. */
async function reads(name: keyof typeof groupOf): Promise<boolean> {
  const { groups } = await insist(() =>
    withAdmin(operatorOf(server, doors), admin => admin.describeGroups([`linghang.${groupOf[name]}`])),
  )
  return groups.every(({ state, members }) => state === 'Stable' && members.length > 0)
}

describe('platform a Kafka with TLS, callers of three kinds and ACLs', () => {
  test('platform each service makes its own topic and waits for those of the others, which they alone may make', async () => {
    // What workflows tells, members hears; workflows itself does not run here.
    await ensureTopics(operatorOf(server, doors), ['workflows.events'])
    const as = (name: ServiceName) => ({ ...password(passwordOf(name), name), KAFKA_TOPICS: 'create' })
    await Promise.all((['members', 'org'] as const).map(name => start(name, at('scram'), as(name))))
    const made = await withAdmin(operatorOf(server, doors), admin => admin.listTopics())
    expect(made).toEqual(expect.arrayContaining(['org.events', 'members.events']))
    expect(made).not.toContain('dues.events')
  })

  test.each<[string, () => [string, Environment | Promise<Environment>]]>([
    ['a certificate', () => [at('mtls'), certified()]],
    ['a password', () => [at('scram'), password()]],
    ['a token out of a file', () => [at('oauth'), tokenOf()]],
    ['a token of the provider, asked for at its endpoint', () => [at('oauth'), endpoint()]],
  ])('platform a service comes in with %s, and reads', async (_, way) => {
    await ensureTopics(operatorOf(server, doors), topics)
    const [brokers, env] = way()
    await start('assessment', brokers, { ...(await env), KAFKA_TOPICS: 'expect' })
    await until(() => reads('assessment'), 30_000, 'the service reads')
  })

  test.each<[string, () => [string, Environment | Promise<Environment>], string]>([
    [
      'a CA that has not signed Kafka’s certificate',
      () => [at('scram'), { ...password(), KAFKA_CA_FILE: theirs.caFile }],
      'KAFKA_CA_FILE: Kafka’s certificate is not signed by a CA that is trusted',
    ],
    [
      'no certificate where one is wanted',
      () => [at('mtls'), { KAFKA_SECURITY_PROTOCOL: 'SSL', ...trust() }],
      'KAFKA_CERT_FILE, KAFKA_KEY_FILE: Kafka does not take this certificate, or wants one',
    ],
    [
      'a certificate of another CA',
      () => [at('mtls'), certified(theirs.issue('assessment'))],
      'KAFKA_CERT_FILE, KAFKA_KEY_FILE: Kafka does not take this certificate, or wants one',
    ],
    [
      'another’s password',
      () => [at('scram'), password(passwordOf('dues'))],
      'KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD: Kafka lets nobody in with them',
    ],
    [
      'a mechanism that this door does not have',
      () => [at('scram'), { ...password(), KAFKA_SASL_MECHANISM: 'PLAIN' }],
      'KAFKA_SASL_MECHANISM: Kafka does not know it at this address',
    ],
    [
      'a token that has ended',
      () => [at('oauth'), tokenOf({ endsIn: '-1h' })],
      'Kafka does not take the token (Kafka 不接受令牌): invalid_token',
    ],
    [
      'a token for somebody else',
      () => [at('oauth'), tokenOf({ audience: 'urn:another' })],
      'Kafka does not take the token (Kafka 不接受令牌): invalid_token',
    ],
    [
      'a client’s secret that the provider does not know',
      () => [at('oauth'), endpoint(passwordOf('dues'))],
      'KAFKA_OAUTH_TOKEN_ENDPOINT answered 401',
    ],
    [
      'groups that it may not read in',
      () => [at('scram'), { ...password(), KAFKA_GROUP_PREFIX: 'elsewhere.' }],
      'Kafka’s ACLs do not let this user into its groups: KAFKA_GROUP_PREFIX',
    ],
  ])('platform a service with %s ends at its start and says why, without a secret', async (_, way, said) => {
    const [brokers, given] = way()
    const env = await given
    await ensureTopics(operatorOf(server, doors), topics)
    const words = await lastWordsOf(brokers, env)
    expect(words).toContain(said)
    expect(words).not.toMatch(/keeps this to itself|eyJ/)
  })

  test('platform a password, a token, certificates and a CA that are changed in files are taken by services that run', async () => {
    const pems = ({ certFile, keyFile } = ours.issue('org'), { caFile } = ours) => ({
      ...{ cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8'), ca: readFileSync(caFile, 'utf8') },
    })
    const next = () => ({ ca: readFileSync(theirs.caFile, 'utf8') })
    const [certificates, passwords, tokens] = [
      secretVolume(folder, pems()),
      secretVolume(folder, { ...pems(), password: passwordOf('assessment') }),
      secretVolume(folder, { ...pems(), token: await signToken('members') }),
    ]
    const { KAFKA_SASL_PASSWORD: _, ...named } = password()
    const services = await Promise.all([
      start('org', at('mtls'), {
        ...{ KAFKA_SECURITY_PROTOCOL: 'SSL', KAFKA_CA_FILE: certificates.path('ca') },
        ...{ KAFKA_CERT_FILE: certificates.path('cert'), KAFKA_KEY_FILE: certificates.path('key') },
      }),
      start('assessment', at('scram'), {
        ...{ ...named, KAFKA_CA_FILE: passwords.path('ca'), KAFKA_SASL_PASSWORD_FILE: passwords.path('password') },
      }),
      start('members', at('oauth'), {
        ...{ ...bearer(), KAFKA_CA_FILE: tokens.path('ca'), KAFKA_OAUTH_TOKEN_FILE: tokens.path('token') },
      }),
    ])
    const [, assessment, members] = services
    for (const name of ['org', 'assessment', 'members'] as const)
      await until(() => reads(name), 30_000, `${name} reads`)

    await server.doors?.changePassword('assessment', 'the next one keeps this to itself')
    certificates.swap(pems(theirs.issue('org'), theirs))
    passwords.swap({ ...next(), password: passwordOf('assessment') })
    tokens.swap({ ...next(), token: await signToken('members', { endsIn: '-1h' }) })
    await server.stop()
    doors = { ...doors, ...theirs.issue('kafka'), caFile: theirs.caFile }
    server = await standKafka(folder, doors)

    await until(() => reads('org'), 60_000, 'org comes with its new certificate, and believes the new one of Kafka')
    await until(() => logOf(assessment).includes('invalid credentials'), 60_000, 'the old password is refused')
    await until(() => logOf(members).includes('invalid_token'), 60_000, 'the ended token is refused')
    passwords.swap({ ...next(), password: 'the next one keeps this to itself' })
    tokens.swap({ ...next(), token: await signToken('members') })
    for (const name of ['assessment', 'members'] as const) await until(() => reads(name), 60_000, `${name} reads again`)

    for (const service of services) {
      expect(() => process.kill(service.server.pid ?? 0, 0)).not.toThrow()
      expect(logOf(service)).not.toMatch(/keeps this to itself|eyJ/)
    }
  })
})
