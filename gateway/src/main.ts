import { createInternalTokenSigner } from '@linghang/access'
import { createKafka, kafkaSecurityOf, meetKafka, requireGroups } from '@linghang/events'
import { createLifecycle, endingOf, followSecrets, type Health, startManagement } from '@linghang/subgraph'
import { createLog, identityOf, startTelemetry } from '@linghang/telemetry'
import manifest from '../package.json' with { type: 'json' }
import { limitsOf, readEnv } from './env.ts'
import { followOffices } from './identity/follow-offices.ts'
import { createGrantsReader, createKnownGrants, gatewayItself } from './identity/grants.ts'
import { createIdentify } from './identity/identify-caller.ts'
import { createInternalTokens } from './identity/internal-tokens.ts'
import { createOutsideTokens } from './identity/outside-token.ts'
import { awaitSubgraphs } from './serving/readiness.ts'
import { createPools, startGateway } from './serving/start-gateway.ts'

const env = readEnv(process.env)
const identity = identityOf('gateway', manifest.version, env)
const telemetry = startTelemetry({ identity, env })
const log = createLog(identity, env.LOG_LEVEL)
const lifecycle = createLifecycle(log, endingOf(env))
lifecycle.listen()
lifecycle.add('telemetry', telemetry.stop)
const secrets = followSecrets(env, log)
lifecycle.add('secrets', () => secrets.stop())

const nowMs = Date.now
const limits = limitsOf(env)
const pools = createPools(env.SUBGRAPH_URLS)
const org = pools.get('org')
if (!org) throw new Error('SUBGRAPH_URLS does not say where org is')

const tokenFor = createInternalTokens({
  sign: await createInternalTokenSigner(() => env.INTERNAL_TOKEN_PRIVATE_KEY),
  nowMs,
})
const tokenForItself = () => tokenFor(gatewayItself)
const subgraphs = awaitSubgraphs([...pools.values()], tokenForItself)
lifecycle.add('subgraphs', async () => subgraphs.stop())
const health: Health = {
  ...{ metricsText: telemetry.metricsText, lifecycle },
  ready: async () => subgraphs.missing().length === 0,
  waitingFor: subgraphs.missing,
}
if (env.MANAGEMENT_PORT !== undefined) {
  const management = await startManagement({ ...health, host: env.HOST, port: env.MANAGEMENT_PORT, log })
  lifecycle.add('management', management.stop)
}
const outsideTokens = createOutsideTokens({ issuer: env.OIDC_ISSUER, audience: env.OIDC_AUDIENCE, log, nowMs })
lifecycle.add('identity', async () => outsideTokens.stop())
const read = createGrantsReader({ orgUrl: org.url, dispatcher: org.dispatcher, tokenFor, timeoutMs: 5_000 })
const knownGrants = createKnownGrants({ read, nowMs })
const security = kafkaSecurityOf(env)
await meetKafka('gateway', env.KAFKA_BROKERS, security)
const kafka = createKafka('gateway', env.KAFKA_BROKERS, log, security)
const mayRead = (groups: string[]) => requireGroups('gateway', env.KAFKA_BROKERS, security, groups)
const offices = followOffices({ kafka, env, forget: knownGrants.forget, mayRead, log, onCrash: lifecycle.fail })
lifecycle.add('offices', () => offices.stop())

try {
  const gateway = await startGateway({
    host: env.HOST,
    port: env.PORT,
    publicUrl: env.PUBLIC_URL,
    supergraphFile: env.SUPERGRAPH_FILE,
    pools,
    limits,
    browsers: { origins: env.CORS_ORIGINS, compression: env.COMPRESSION === 'on' },
    explorer: env.EXPLORER === '1',
    identify: createIdentify({ outsideTokens, knownGrants, tokenFor, log }),
    tokenForItself,
    log,
    nowMs,
    health: env.MANAGEMENT_PORT === undefined ? health : null,
    isEnding: lifecycle.isEnding,
  })
  lifecycle.add('server', gateway.stop)
  lifecycle.begun()
} catch (error) {
  // Said in words: what stands here is about our own files and addresses, never about people.
  log.error({ reason: (error as Error).message }, 'the gateway cannot start')
  lifecycle.fail(error as Error)
}
