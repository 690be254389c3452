import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Actor, createInternalTokenVerifier } from '@linghang/access'
import { type RunningSubgraph, type SubgraphOptions, startSubgraph } from '@linghang/subgraph'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { parse } from 'graphql'
import type { JWK } from 'jose'
import type { AccountGrants } from '../src/identity/grants.ts'
import type { Limits } from '../src/limits.ts'
import { composeSupergraph } from '../src/supergraph/compose-supergraph.ts'
import { log, standInFront, startProvider, subjectOf } from './in-front.ts'
import { subgraphs, type TestSubgraph } from './subgraphs.ts'

const host = '127.0.0.1'
const anyPort = 0
const countyId = randomUUID()
const statistics = {
  client: { clientId: 'statistics', secret: 'a secret of an app', scopes: ['members:read', 'org:read'] },
  scope: 'members:read',
}

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
      [subjectOf('secretary'), person(randomUUID(), [{ role: 'SECRETARY', orgId: randomUUID() }])],
      [subjectOf('leader'), person(null, [{ role: 'LEADER', orgId: null }])],
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

  const provider = await startProvider(folder, ['secretary', 'leader', 'stranger'], [statistics])
  const { tokenOf } = provider
  const gateway = await standInFront({
    urls: Object.fromEntries([...running].map(([name, { url }]) => [name, url])),
    issuer: provider.issuer,
    signingKey: keys.privateJwk,
    supergraphFile,
    changes,
    ...{ origins, explorer, watchedApart },
  })
  for (const one of seen.values()) Object.assign(one, { calls: 0, headers: [], actors: [] })

  return {
    url: gateway.url,
    issuer: provider.issuer,
    supergraphFile,
    knownGrants: gateway.knownGrants,
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
