import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Agent, type ClientRequest, request } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, jest, test } from '@jest/globals'
import { systemActor } from '@linghang/access'
import { tokenOf } from '@linghang/harness/ask'
import { type StartedService, startService } from '@linghang/harness/start-service'
import { logOf } from '@linghang/harness/surroundings'
import { until } from '@linghang/harness/until'

jest.setTimeout(180_000)

const drainMs = 4_000
const everyMs = 20
const started: StartedService[] = []

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

afterAll(() => Promise.all(started.map(service => service.stop())))

async function startOrg(env: Record<string, string> = {}) {
  const management = await findFreePort()
  const service = await startService('org', { env: { MANAGEMENT_PORT: String(management), ...env } })
  started.push(service)
  const authorization = `Bearer ${await tokenOf(systemActor(randomUUID()))}`
  return { service, management: `http://127.0.0.1:${management}`, authorization }
}
type Org = Awaited<ReturnType<typeof startOrg>>

/** When it was asked and answered, since the load began. */
type Answered = { atMs: number; answeredMs: number; status: number | null; connection: string | undefined }
const question = JSON.stringify({ query: '{ organisations(first: 1) { totalCount } }' })

function ask(
  { service, authorization }: Org,
  agent: Agent,
  body: (sending: ClientRequest) => void,
  nowMs = () => performance.now(),
) {
  const atMs = nowMs()
  const { promise, resolve } = Promise.withResolvers<Answered>()
  const headers = { authorization, 'content-type': 'application/json', 'content-length': Buffer.byteLength(question) }
  const sending = request(`${service.url}/graphql`, { agent, method: 'POST', headers }, answer => {
    answer.resume()
    answer.once('close', () =>
      resolve({
        ...{ atMs, answeredMs: nowMs() },
        status: answer.complete ? (answer.statusCode ?? null) : null,
        connection: answer.headers.connection,
      }),
    )
  })
  sending.once('error', () => resolve({ atMs, answeredMs: nowMs(), status: null, connection: undefined }))
  body(sending)
  return promise
}

/** Fifty questions a second over kept connections, from now on until it is told to end. */
function askOn(org: Org) {
  const agent = new Agent({ keepAlive: true, maxSockets: 50 })
  const answers: Promise<Answered>[] = []
  const begunMs = performance.now()
  const nowMs = () => performance.now() - begunMs
  const timer = setInterval(() => {
    answers.push(ask(org, agent, sending => sending.end(question), nowMs))
  }, everyMs)
  return {
    nowMs,
    count: () => answers.length,
    async end(): Promise<Answered[]> {
      clearInterval(timer)
      const all = await Promise.all(answers)
      agent.destroy()
      return all
    },
  }
}

const statusAt = async (url: string) => (await fetch(url)).status

describe('platform how a process ends', () => {
  test('platform health and metrics are at the management port alone, and with each line of the log say which build they are of', async () => {
    const build = { LINGHANG_VERSION: '9.8.7', LINGHANG_COMMIT: 'c0ffee', INSTANCE_ID: 'org-7' }
    const org = await startOrg(build)
    for (const path of ['/health/live', '/health/started', '/health/ready', '/metrics']) {
      expect([path, await statusAt(`${org.management}${path}`)]).toEqual([path, 200])
      expect([path, await statusAt(`${org.service.url}${path}`)]).toEqual([path, 404])
    }
    expect(await statusAt(`${org.management}/graphql`)).toBe(404)
    const text = await (await fetch(`${org.management}/metrics`)).text()
    expect(text).toContain('linghang_build_info{version="9.8.7",commit="c0ffee",instance="org-7"} 1')
    const lines = logOf(org.service.server.name)
      .split('\n')
      .filter(line => line.startsWith('{'))
    expect(lines.length).toBeGreaterThan(1)
    for (const line of lines)
      expect(JSON.parse(line)).toMatchObject({ service: 'org', version: '9.8.7', commit: 'c0ffee', instance: 'org-7' })
  })

  test('platform under load readiness falls at once, nobody is refused while it drains, connections are told to close, none is cut', async () => {
    const org = await startOrg({ DRAIN_SECONDS: String(drainMs / 1_000), SHUTDOWN_SECONDS: '20' })
    const load = askOn(org)
    await until(() => load.count() > 50)
    // Somebody who is still sending when the listener closes.
    const slowly = new Agent({ keepAlive: true })
    const half = Math.floor(question.length / 2)
    const late = ask(org, slowly, sending => {
      sending.write(question.slice(0, half))
      void sleep(drainMs + 1_000).then(() => sending.end(question.slice(half)))
    })
    await until(async () => (await statusAt(`${org.management}/health/ready`)) === 200)
    const endedMs = load.nowMs()
    org.service.server.kill('SIGTERM')
    await until(async () => (await statusAt(`${org.management}/health/ready`)) === 503, 1_000, 'readiness falls')
    expect(await statusAt(`${org.management}/health/live`)).toBe(200)
    await until(() => load.nowMs() > endedMs + drainMs * 0.5)
    const answers = await load.end()
    expect(answers.filter(({ status }) => status !== 200)).toEqual([])
    // Those of the first moments may have been answered before the signal came.
    const told = answers.filter(({ atMs }) => atMs > endedMs + drainMs * 0.2)
    expect(told.length).toBeGreaterThan(10)
    expect(told.filter(({ connection }) => connection !== 'close')).toEqual([])
    const before = answers.filter(({ answeredMs }) => answeredMs < endedMs)
    expect(before.length).toBeGreaterThan(10)
    expect(before.filter(({ connection }) => connection === 'close')).toEqual([])
    expect((await late).status).toBe(200)
    slowly.destroy()
    expect((await org.service.server.exited).code).toBe(0)
    expect(load.nowMs() - endedMs).toBeLessThan(20_000)
  })

  test('platform without draining the same load is refused: so the other test would see it', async () => {
    const org = await startOrg()
    const load = askOn(org)
    await until(() => load.count() > 50)
    const endedMs = load.nowMs()
    org.service.server.kill('SIGTERM')
    await until(() => load.nowMs() > endedMs + drainMs * 0.5)
    expect((await load.end()).some(({ status }) => status === null)).toBe(true)
  })

  test('platform whoever does not end in time is ended, and says so', async () => {
    const org = await startOrg({ SHUTDOWN_SECONDS: '2' })
    const agent = new Agent({ keepAlive: true })
    let isSending = false
    const cut = ask(org, agent, sending => {
      sending.write(question.slice(0, 5), () => {
        isSending = true
      })
    })
    await until(() => isSending)
    // The server has to have met the request before it is told to end.
    await ask(org, new Agent(), sending => sending.end(question))
    const begunMs = performance.now()
    org.service.server.kill('SIGTERM')
    expect((await org.service.server.exited).code).toBe(1)
    expect(performance.now() - begunMs).toBeLessThan(10_000)
    expect((await cut).status).toBe(null)
  })
})
