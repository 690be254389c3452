import { createInternalTokenSigner } from '@linghang/access'
import { createLog, identityOf, startTelemetry } from '@linghang/telemetry'
import { limitsOf, readEnv } from '../../gateway/src/env.ts'
import { createGrantsReader, createKnownGrants, gatewayItself } from '../../gateway/src/identity/grants.ts'
import { createIdentify } from '../../gateway/src/identity/identify-caller.ts'
import { createInternalTokens } from '../../gateway/src/identity/internal-tokens.ts'
import { createOutsideTokens } from '../../gateway/src/identity/outside-token.ts'
import { createPools, startGateway } from '../../gateway/src/serving/start-gateway.ts'
import { readSetting, report } from './setting.ts'

/** The gateway as `main.ts` puts it together, with everything on; only the events of the org service are not followed. */
const setting = readSetting()
const env = readEnv({
  HOST: '127.0.0.1',
  PORT: '0',
  PUBLIC_URL: 'http://127.0.0.1',
  INTERNAL_TOKEN_PRIVATE_KEY: JSON.stringify(setting.privateJwk),
  OIDC_ISSUER: setting.issuer,
  OIDC_AUDIENCE: setting.audience,
  SUBGRAPH_URLS: JSON.stringify(setting.urls),
  KAFKA_BROKERS: 'unused:9092',
  SUPERGRAPH_FILE: setting.supergraphFile,
  // One account asks for everything: what it may ask for in a second is not what is measured.
  COST_BUCKET: '1000000000',
  COST_PER_SECOND: '1000000000',
})
// What it counts costs something too.
startTelemetry({ identity: identityOf('gateway', '0', {}), env: {} })
const log = createLog('gateway', 'error')
const nowMs = Date.now
const pools = createPools(env.SUBGRAPH_URLS)
const org = pools.get('org')
if (!org) throw new Error('org is missing')
const tokenFor = createInternalTokens({ sign: await createInternalTokenSigner(env.INTERNAL_TOKEN_PRIVATE_KEY), nowMs })
const read = createGrantsReader({ orgUrl: org.url, dispatcher: org.dispatcher, tokenFor, timeoutMs: 5_000 })
const gateway = await startGateway({
  host: env.HOST,
  port: env.PORT,
  publicUrl: env.PUBLIC_URL,
  supergraphFile: env.SUPERGRAPH_FILE,
  pools,
  limits: limitsOf(env),
  browsers: { origins: [], compression: true },
  explorer: false,
  identify: createIdentify({
    outsideTokens: createOutsideTokens({ issuer: env.OIDC_ISSUER, audience: env.OIDC_AUDIENCE, log, nowMs }),
    knownGrants: createKnownGrants({ read, nowMs }),
    tokenFor,
    log,
  }),
  tokenForItself: () => tokenFor(gatewayItself),
  log,
  nowMs,
  health: null,
  isEnding: () => false,
})
report(`${gateway.url}/graphql`)
