import { type ChildProcess, fork } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import autocannon from 'autocannon'
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { composeSupergraph } from '../../gateway/src/supergraph/compose-supergraph.ts'
import type { Setting } from './setting.ts'
import { fetchesEach, query, schemas } from './subgraph-schemas.ts'

// Counted and not timed: on a busy machine both still run as long as it takes for their code to be compiled.
const warmUpRequests = Number(process.env.BENCH_WARM_UP ?? 500)
const roundRequests = Number(process.env.BENCH_REQUESTS ?? 1_500)
const rounds = Number(process.env.BENCH_ROUNDS ?? 2)
const connections = Number(process.env.BENCH_CONNECTIONS ?? 50)
const audience = 'urn:linghang:api'

type Usage = { cpuMicros: number; rssBytes: number; operations?: number }
type Running = { process: ChildProcess; url: string; usage: () => Promise<Usage> }
type Round = { perSecond: number; cpuMs: number; p50Ms: number; p99Ms: number; fetches: number; rssBytes: number }
type Workload = 'same' | 'different'

const children: ChildProcess[] = []

async function start(file: string, setting: Setting): Promise<Running> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), [JSON.stringify(setting)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  })
  children.push(child)
  const exited = once(child, 'exit').then(([code]) => {
    throw new Error(`${file} ended with ${code}`)
  })
  exited.catch(() => undefined)
  const [ready] = (await Promise.race([once(child, 'message'), exited])) as [{ url: string }]
  return {
    process: child,
    url: ready.url,
    async usage() {
      child.send('usage')
      const [usage] = (await once(child, 'message')) as [Usage]
      return usage
    },
  }
}

/** An identity provider's keys, and a token of it that outlives the run. */
async function startIssuer() {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const jwk = { ...(await exportJWK(publicKey)), kid: 'bench', alg: 'ES256' }
  const server = createServer((request, response) => {
    const found = request.url?.startsWith('/.well-known') ? { issuer, jwks_uri: `${issuer}/jwks` } : { keys: [jwk] }
    response.setHeader('content-type', 'application/json').end(JSON.stringify(found))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const token = await new SignJWT({ scope: 'api' })
    .setProtectedHeader({ alg: 'ES256', kid: 'bench' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject('bench')
    .setExpirationTime('2h')
    .sign(privateKey)
  return { issuer, token, server }
}

let asked = 0
/** One dashboard that many screens show, or branches of its own for each request: nothing to share. */
const bodyFor = (workload: Workload): string => {
  if (workload === 'different') asked += 1
  const variables = Object.fromEntries(['a', 'b', 'c', 'd'].map(name => [name, `${name}${asked}`]))
  return JSON.stringify({ query, variables })
}

async function load(url: string, token: string, workload: Workload, amount: number) {
  const result = await autocannon({
    url,
    connections,
    amount,
    timeout: 60,
    requests: [
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        setupRequest: request => ({ ...request, body: bodyFor(workload) }),
      },
    ],
  })
  if (result.errors > 0 || result.non2xx > 0) throw new Error(`${result.errors} errors, ${result.non2xx} not 2xx`)
  return result
}

async function measure(gateway: Running, subgraphs: Running[], token: string, workload: Workload): Promise<Round> {
  await load(gateway.url, token, workload, warmUpRequests)
  const operations = async () => {
    const all = await Promise.all(subgraphs.map(({ usage }) => usage()))
    return all.reduce((sum, usage) => sum + (usage.operations ?? 0), 0)
  }
  const [before, askedBefore] = [await gateway.usage(), await operations()]
  const result = await load(gateway.url, token, workload, roundRequests)
  const [after, askedAfter] = [await gateway.usage(), await operations()]
  const total = result['2xx']
  return {
    perSecond: total / result.duration,
    cpuMs: (after.cpuMicros - before.cpuMicros) / 1_000 / total,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    fetches: (askedAfter - askedBefore) / total,
    rssBytes: after.rssBytes,
  }
}

/** Both give the same answer, and it takes the stock gateway as many fetches as it is said to; ours carries some together. */
async function prove(gateways: { ours: Running; stock: Running }, subgraphs: Running[], token: string): Promise<void> {
  const answers: string[] = []
  for (const [name, { url }] of Object.entries(gateways)) {
    const before = await Promise.all(subgraphs.map(({ usage }) => usage()))
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: bodyFor('same'),
    })
    const { data } = (await response.json()) as { data: unknown }
    answers.push(JSON.stringify(data))
    const after = await Promise.all(subgraphs.map(({ usage }) => usage()))
    const fetches = after.reduce((sum, usage, n) => sum + (usage.operations ?? 0) - (before[n]?.operations ?? 0), 0)
    if (name === 'stock' && fetches !== fetchesEach)
      throw new Error(`the query took ${fetches} fetches, ${fetchesEach} were meant`)
  }
  if (new Set(answers).size !== 1 || !answers[0]?.includes('duesRecord')) throw new Error('the two answer differently')
}

const mean = (all: Round[], of: (round: Round) => number) => all.reduce((sum, round) => sum + of(round), 0) / all.length

function show(name: string, all: Round[]): string {
  const cells = [
    mean(all, round => round.perSecond).toFixed(0),
    mean(all, round => round.cpuMs).toFixed(2),
    mean(all, round => round.p50Ms).toFixed(0),
    mean(all, round => round.p99Ms).toFixed(0),
    mean(all, round => round.fetches).toFixed(1),
    (Math.max(...all.map(round => round.rssBytes)) / 1024 / 1024).toFixed(0),
  ]
  return [name.padEnd(8), ...cells.map(cell => cell.padStart(10))].join('')
}

async function bench(folder: string): Promise<void> {
  const { issuer, token, server } = await startIssuer()
  const pair = generateKeyPairSync('ed25519')
  const privateJwk: JWK = { ...(pair.privateKey.export({ format: 'jwk' }) as JWK), kid: 'bench' }
  const publicJwk: JWK = { ...(pair.publicKey.export({ format: 'jwk' }) as JWK), kid: 'bench', alg: 'EdDSA' }
  const supergraphFile = join(folder, 'supergraph.graphql')
  await writeFile(supergraphFile, composeSupergraph(schemas))
  const setting: Setting = { name: '', privateJwk, publicJwk, issuer, audience, urls: {}, supergraphFile }
  const subgraphs = await Promise.all(schemas.map(({ name }) => start('./run-subgraph.ts', { ...setting, name })))
  const urls = Object.fromEntries(schemas.map(({ name }, n) => [name, subgraphs[n]?.url ?? '']))
  const ours = await start('./run-ours.ts', { ...setting, urls })
  const stock = await start('./run-stock.ts', { ...setting, urls })
  await prove({ ours, stock }, subgraphs, token)
  const print = (line: string) => process.stdout.write(`${line}\n`)
  print(
    `${fetchesEach} subgraph fetches a query, ${connections} connections, ${rounds} rounds of ${roundRequests} requests`,
  )
  for (const workload of ['same', 'different'] as const) {
    const results: { ours: Round[]; stock: Round[] } = { ours: [], stock: [] }
    for (let round = 0; round < rounds; round += 1) {
      results.stock.push(await measure(stock, subgraphs, token, workload))
      results.ours.push(await measure(ours, subgraphs, token, workload))
    }
    print(`\n${workload === 'same' ? 'one dashboard, asked by all' : 'other branches in each request'}`)
    print(
      `${' '.repeat(8)}${['req/s', 'CPU-ms', 'p50 ms', 'p99 ms', 'requests', 'MiB'].map(t => t.padStart(10)).join('')}`,
    )
    print(show('stock', results.stock))
    print(show('ours', results.ours))
    const times = (of: (round: Round) => number) => mean(results.stock, of) / mean(results.ours, of)
    print(
      `ours takes ${times(({ cpuMs }) => cpuMs).toFixed(1)} times less CPU a request and answers ${(
        1 / times(({ perSecond }) => perSecond)
      ).toFixed(1)} times as many requests/s`,
    )
  }
  server.close()
}

const folder = await mkdtemp(join(tmpdir(), 'linghang-bench-'))
try {
  await bench(folder)
} finally {
  for (const child of children) child.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true })
}
process.exit()
