import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Actor, createInternalTokenSigner, createInternalTokenVerifier } from '@linghang/access'
import {
  addAccounts,
  addClient,
  apiAudience,
  type IdentityProvider,
  obtainAppToken,
  obtainPersonToken,
  startIdentityProvider,
} from '@linghang/devstack'
import { type RunningSubgraph, type SubgraphOptions, startSubgraph } from '@linghang/subgraph'
import { createLog, identityOf, startTelemetry } from '@linghang/telemetry'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { parse } from 'graphql'
import type { JWK } from 'jose'
import {
  type AccountGrants,
  createGrantsReader,
  createKnownGrants,
  gatewayItself,
  type KnownGrants,
} from '../src/identity/grants.ts'
import { createIdentify } from '../src/identity/identify-caller.ts'
import { createInternalTokens } from '../src/identity/internal-tokens.ts'
import { createOutsideTokens } from '../src/identity/outside-token.ts'
import type { Limits } from '../src/limits.ts'
import { awaitSubgraphs } from '../src/serving/readiness.ts'
import { createPools, type RunningGateway, startGateway } from '../src/serving/start-gateway.ts'
import { composeSupergraph } from '../src/supergraph/compose-supergraph.ts'
import { subgraphs, type TestSubgraph } from './subgraphs.ts'

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

const host = '127.0.0.1'
const anyPort = 0
const countyId = randomUUID()
const telemetry = startTelemetry({ identity: identityOf('gateway-test', '0', {}), env: {} })
const log = createLog('gateway-test', process.env.TEST_LOG_LEVEL ?? 'fatal')

/** What a subgraph was asked, and who asked. */
export type Seen = { calls: number; headers: Record<string, string | undefined>[]; actors: Actor[] }

function createKeys() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const privateJwk: JWK = { ...(privateKey.export({ format: 'jwk' }) as JWK), kid: 'test' }
  return {
    privateJwk,
    jwks: { keys: [{ ...(publicKey.export({ format: 'jwk' }) as JWK), kid: 'test', alg: 'EdDSA' }] },
  }
}

type OrgBook = { grants: Map<string, AccountGrants>; asked: number }

/** What the org service answers to the gateway alone. */
const grantRoutes =
  (book: OrgBook): NonNullable<SubgraphOptions<never>['routes']> =>
  (app, actorOf) => {
    app.post('/internal/grants', async (request, reply) => {
      if (actorOf(request).kind !== 'SYSTEM') return reply.code(403).send({ code: 'FORBIDDEN' })
      book.asked += 1
      const found = book.grants.get((request.body as { subject: string }).subject)
      return found ? reply.send(found) : reply.code(404).send({ code: 'ACCOUNT_UNKNOWN' })
    })
  }

async function startOne(subgraph: TestSubgraph, port: number, jwks: { keys: JWK[] }, book: OrgBook, seen: Seen) {
  const routes = (app: FastifyInstance, actorOf: (request: FastifyRequest) => Actor) => {
    app.addHook('onRequest', async request => {
      if (request.url === '/graphql') seen.headers.push(request.headers as Record<string, string | undefined>)
    })
    if (subgraph.name === 'org') grantRoutes(book)(app, actorOf)
    subgraph.routes?.(app, actorOf)
  }
  return startSubgraph({
    name: subgraph.name,
    host,
    port,
    typeDefs: parse(subgraph.sdl),
    resolvers: subgraph.resolvers,
    verify: createInternalTokenVerifier(jwks),
    createContext: base => {
      seen.calls += 1
      seen.actors.push(base.actor)
      return base
    },
    log,
    health: null,
    isEnding: () => false,
    routes,
  })
}

async function startProvider(folder: string): Promise<IdentityProvider> {
  const accountsFile = join(folder, 'accounts.json')
  const clientsFile = join(folder, 'clients.json')
  await addAccounts(
    accountsFile,
    ['secretary', 'leader', 'stranger'].map(name => ({
      username: name,
      password: 'correct horse',
      sub: `sub-${name}`,
    })),
  )
  await addClient(clientsFile, {
    clientId: 'statistics',
    secret: 'a secret of an app',
    scopes: ['members:read', 'org:read'],
  })
  return startIdentityProvider({ stateDir: folder, accountsFile, clientsFile, report: () => undefined })
}

const person = (memberId: string | null, grants: AccountGrants['grants']): AccountGrants => ({
  accountId: randomUUID(),
  kind: 'PERSON',
  countyId,
  memberId,
  memberOrgId: null,
  grants,
})

/** Gateway, identity provider and three subgraphs, all real and over HTTP. */
export async function startWorld(
  changes: Partial<Limits> = {},
  {
    origins = [],
    explorer = false,
    watchedApart = false,
  }: { origins?: string[]; explorer?: boolean; watchedApart?: boolean } = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'linghang-gateway-'))
  const keys = createKeys()
  const book: OrgBook = {
    asked: 0,
    grants: new Map([
      ['sub-secretary', person(randomUUID(), [{ role: 'SECRETARY', orgId: randomUUID() }])],
      ['sub-leader', person(null, [{ role: 'LEADER', orgId: null }])],
      ['statistics', { ...person(null, [{ role: 'APP', orgId: null }]), kind: 'APP' }],
    ]),
  }
  const seen = new Map(subgraphs.map(({ name }) => [name, { calls: 0, headers: [], actors: [] } as Seen]))
  const running = new Map<string, RunningSubgraph>()
  const startSubgraphNamed = async (name: string, port = anyPort) => {
    const subgraph = subgraphs.find(one => one.name === name) as TestSubgraph
    running.set(name, await startOne(subgraph, port, keys.jwks, book, seen.get(name) as Seen))
  }
  for (const { name } of subgraphs) await startSubgraphNamed(name)
  const supergraphFile = join(folder, 'supergraph.graphql')
  await writeFile(supergraphFile, composeSupergraph(subgraphs))

  const pools = createPools(Object.fromEntries([...running].map(([name, { url }]) => [name, url])))
  const org = pools.get('org') as NonNullable<ReturnType<typeof pools.get>>
  const tokenFor = createInternalTokens({ sign: await createInternalTokenSigner(keys.privateJwk), nowMs: Date.now })
  const provider = await startProvider(folder)
  const outsideTokens = createOutsideTokens({ issuer: provider.issuer, audience: apiAudience, log, nowMs: Date.now })
  const read = createGrantsReader({ orgUrl: org.url, dispatcher: org.dispatcher, tokenFor, timeoutMs: 5_000 })
  const knownGrants: KnownGrants = createKnownGrants({ read, nowMs: Date.now })
  const tokenForItself = () => tokenFor(gatewayItself)
  const awaited = awaitSubgraphs([...pools.values()], tokenForItself)
  await until(async () => awaited.missing().length === 0)
  for (const one of seen.values()) Object.assign(one, { calls: 0, headers: [], actors: [] })
  const gateway: RunningGateway = await startGateway({
    host,
    port: anyPort,
    publicUrl: 'http://api.example.test',
    supergraphFile,
    pools,
    limits: { ...limits, ...changes },
    browsers: { origins, compression: true },
    explorer,
    identify: createIdentify({ outsideTokens, knownGrants, tokenFor, log }),
    tokenForItself,
    log,
    nowMs: Date.now,
    health: watchedApart
      ? null
      : {
          metricsText: telemetry.metricsText,
          lifecycle: { hasBegun: () => true, isServing: () => true },
          ready: async () => awaited.missing().length === 0,
          waitingFor: awaited.missing,
        },
    isEnding: () => false,
  })
  const tokens = new Map<string, Promise<string>>()
  const tokenOf = (name: string): Promise<string> => {
    const known = tokens.get(name)
    if (known) return known
    const { issuer } = provider
    const app = { issuer, clientId: 'statistics', clientSecret: 'a secret of an app', scope: 'members:read' }
    const obtained =
      name === 'statistics'
        ? obtainAppToken(app)
        : obtainPersonToken({ issuer, username: name, password: 'correct horse' })
    const token = obtained.then(({ accessToken }) => accessToken)
    tokens.set(name, token)
    return token
  }

  return {
    url: gateway.url,
    issuer: provider.issuer,
    supergraphFile,
    knownGrants,
    book,
    seenBy: (name: string): Seen => seen.get(name) as Seen,
    /** Subgraph calls since the world began. */
    calls: (): number => [...seen.values()].reduce((sum, { calls }) => sum + calls, 0),
    headersFor: async (name: string): Promise<Record<string, string>> => ({
      authorization: `Bearer ${await tokenOf(name)}`,
    }),
    /** The sum of a counter's series whose labels hold all of these. */
    async counted(counter: string, ...labels: string[]): Promise<number> {
      const text = await (await fetch(`${gateway.url}/metrics`)).text()
      const lines = text.split('\n').filter(line => new RegExp(`^${counter}(_total)?[{ ]`).test(line))
      return lines
        .filter(line => labels.every(label => line.includes(label)))
        .reduce((sum, line) => sum + Number(line.split(' ')[1]), 0)
    },
    async stopSubgraph(name: string): Promise<number> {
      const subgraph = running.get(name) as RunningSubgraph
      await subgraph.stop()
      running.delete(name)
      return Number(new URL(subgraph.url).port)
    },
    startSubgraph: startSubgraphNamed,
    async post(
      body: unknown,
      options: { as?: string | null; headers?: Record<string, string>; path?: string } = {},
    ): Promise<Answer> {
      const as = options.as === undefined ? 'secretary' : options.as
      const authorization = as === null ? {} : { authorization: `Bearer ${await tokenOf(as)}` }
      const response = await fetch(`${gateway.url}${options.path ?? '/graphql'}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...authorization, ...options.headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      })
      return { status: response.status, headers: response.headers, body: (await response.json()) as Answer['body'] }
    },
    async stop(): Promise<void> {
      await gateway.stop()
      outsideTokens.stop()
      await Promise.all([...running.values()].map(subgraph => subgraph.stop()))
      await provider.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
/** Resolves once `condition` holds; the test's own time-out ends what never comes. */
export async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise(resolve => setTimeout(resolve, 10))
}
export type World = Awaited<ReturnType<typeof startWorld>>

export type AnswerError = {
  message: string
  path?: (string | number)[]
  extensions: Record<string, unknown> & { code: string; params?: Record<string, unknown> }
}
export type Answer = {
  status: number
  headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: the shape of data is what each test asks for.
  body: { data?: any; errors?: AnswerError[] }
}
