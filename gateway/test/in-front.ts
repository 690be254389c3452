import { join } from 'node:path'
import { createInternalTokenSigner } from '@linghang/access'
import {
  addAccounts,
  addClient,
  apiAudience,
  type NewClient,
  obtainAppToken,
  obtainPersonToken,
  startIdentityProvider,
} from '@linghang/devstack'
import { until } from '@linghang/harness/until'
import { createLog, identityOf, startTelemetry } from '@linghang/telemetry'
import type { JWK } from 'jose'
import { createGrantsReader, createKnownGrants, gatewayItself, type KnownGrants } from '../src/identity/grants.ts'
import { createIdentify } from '../src/identity/identify-caller.ts'
import { createInternalTokens } from '../src/identity/internal-tokens.ts'
import { createOutsideTokens } from '../src/identity/outside-token.ts'
import type { Limits } from '../src/limits.ts'
import { awaitSubgraphs } from '../src/serving/readiness.ts'
import { createPools, type RunningGateway, startGateway } from '../src/serving/start-gateway.ts'

export const limits: Limits = {
  depth: 15,
  aliases: 30,
  tokens: 5_000,
  rootFields: 20,
  directives: 50,
  selections: 5_000,
  nodes: 5_000,
  costBucket: 10_000_000,
  costPerSecond: 1_000_000,
  bodyBytes: 256 * 1024,
  inFlight: 500,
  inFlightEach: 500,
  bodyTimeoutMs: 30_000,
  uploadBytes: 1024 * 1024,
  requestTimeoutMs: 30_000,
  subgraphTimeoutMs: 20_000,
  uploadTimeoutMs: 60_000,
}

export const log = createLog('gateway-test', process.env.TEST_LOG_LEVEL ?? 'fatal')
const telemetry = startTelemetry({ identity: identityOf('gateway-test', '0', {}), env: {} })
const password = 'correct horse'

/** The subject of whoever signs in by this name. */
export const subjectOf = (name: string): string => `sub-${name}`

/** An app and the scope for which it asks, which may be less than it might have. */
type App = { client: NewClient; scope: string }

/** A real identity provider to which these people are known by name, and these apps. */
export async function startProvider(folder: string, people: readonly string[], apps: readonly App[] = []) {
  const accountsFile = join(folder, 'accounts.json')
  const clientsFile = join(folder, 'clients.json')
  await addAccounts(
    accountsFile,
    people.map(username => ({ username, password, sub: subjectOf(username) })),
  )
  for (const { client } of apps) await addClient(clientsFile, client)
  const provider = await startIdentityProvider({ stateDir: folder, accountsFile, clientsFile, report: () => undefined })
  const { issuer } = provider
  const tokens = new Map<string, Promise<string>>()
  const obtain = async (name: string): Promise<string> => {
    const app = apps.find(({ client }) => client.clientId === name)
    const { accessToken } = app
      ? await obtainAppToken({ issuer, clientId: name, clientSecret: app.client.secret, scope: app.scope })
      : await obtainPersonToken({ issuer, username: name, password })
    return accessToken
  }
  return {
    issuer,
    /** Who signs in signs in once. */
    tokenOf(name: string): Promise<string> {
      const known = tokens.get(name) ?? obtain(name)
      tokens.set(name, known)
      // A sign-in that failed is no sign-in: the next one begins anew.
      known.catch(() => tokens.delete(name))
      return known
    },
    stop: () => provider.stop(),
  }
}
export type Provider = Awaited<ReturnType<typeof startProvider>>

/** A real gateway before services that run already and trust this key; it stands when each of them has answered. */
export async function standInFront(options: {
  urls: Readonly<Record<string, string>>
  issuer: string
  signingKey: JWK
  supergraphFile: string
  changes?: Partial<Limits>
  origins?: string[]
  explorer?: boolean
  watchedApart?: boolean
}) {
  const pools = createPools(options.urls)
  const org = pools.get('org') as NonNullable<ReturnType<typeof pools.get>>
  const tokenFor = createInternalTokens({ sign: await createInternalTokenSigner(options.signingKey), nowMs: Date.now })
  const outsideTokens = createOutsideTokens({ issuer: options.issuer, audience: apiAudience, log, nowMs: Date.now })
  const read = createGrantsReader({ orgUrl: org.url, dispatcher: org.dispatcher, tokenFor, timeoutMs: 5_000 })
  const knownGrants: KnownGrants = createKnownGrants({ read, nowMs: Date.now })
  const tokenForItself = () => tokenFor(gatewayItself)
  const awaited = awaitSubgraphs([...pools.values()], tokenForItself)
  await until(async () => awaited.missing().length === 0, 30_000, 'every service has answered the gateway', 10)
  const gateway: RunningGateway = await startGateway({
    host: '127.0.0.1',
    port: 0,
    publicUrl: 'http://api.example.test',
    supergraphFile: options.supergraphFile,
    pools,
    limits: { ...limits, ...options.changes },
    browsers: { origins: options.origins ?? [], compression: true },
    explorer: options.explorer ?? false,
    identify: createIdentify({ outsideTokens, knownGrants, tokenFor, log }),
    tokenForItself,
    log,
    nowMs: Date.now,
    health: options.watchedApart
      ? null
      : {
          metricsText: telemetry.metricsText,
          lifecycle: { hasBegun: () => true, isServing: () => true },
          ready: async () => awaited.missing().length === 0,
          waitingFor: awaited.missing,
        },
    isEnding: () => false,
  })
  return {
    url: gateway.url,
    knownGrants,
    async stop(): Promise<void> {
      await gateway.stop()
      outsideTokens.stop()
    },
  }
}
export type Front = Awaited<ReturnType<typeof standInFront>>
