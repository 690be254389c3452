import { randomBytes, randomUUID } from 'node:crypto'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals'
import {
  callTemporal,
  findFreePort,
  type RunningServer,
  removePostgresState,
  spawnServer,
  startTemporalServer,
  type TemporalDoor,
  waitReady,
} from '@linghang/devstack'
import { type Certificate, certificateAuthority } from '@linghang/harness/certificates'
import { databaseUrl } from '@linghang/harness/databases'
import { secretVolume } from '@linghang/harness/secret-volume'
import { until } from '@linghang/harness/until'
import { addDays, caseLadders, termDeadlines } from '@linghang/rulebook'
import { readEnvironment } from '@linghang/subgraph'
import { startActivityWorker, temporalEnvironment } from '@linghang/temporal'
import pg from 'pg'
import { layGround } from '../kafka/ground.ts'
import { startApiKeys } from './api-keys.ts'

jest.setTimeout(900_000)

const report = () => undefined
const folder = mkdtempSync(join(tmpdir(), 'linghang-rotation-'))
let ground: Awaited<ReturnType<typeof layGround>>
const running: { stop(): Promise<void> }[] = []
beforeAll(async () => {
  ground = await layGround(folder, ['workflows'])
})
afterEach(async () => {
  for (const part of running.splice(0).reverse()) await part.stop()
})
afterAll(async () => {
  await ground?.stop()
  await removePostgresState(folder)
  rmSync(folder, { recursive: true, force: true })
})

const [ours, next] = [certificateAuthority(folder, 'ours'), certificateAuthority(folder, 'next')]
const server = ours.issue('temporal')
const clientCaFile = join(folder, 'clients.pem')
const pemsOf = ({ certFile, keyFile }: Certificate) => ({
  cert: readFileSync(certFile, 'utf8'),
  key: readFileSync(keyFile, 'utf8'),
})

/** Temporal again in the same place, in the place of the one that runs. */
async function stand(options: Pick<Parameters<typeof startTemporalServer>[0], 'tls' | 'apiKeys'>) {
  for (const part of running.filter(each => 'door' in each)) {
    await part.stop()
    running.splice(running.indexOf(part), 1)
  }
  const temporal = await startTemporalServer({
    ...{ stateDir: folder, namespace: 'linghang', postgresUrl: ground.at.postgresUrl, report },
    ...options,
  })
  running.unshift(temporal)
  return temporal
}

const keyRing = () => ({ k1: randomBytes(32).toString('base64') })
const ring = JSON.stringify({ current: 'k1', keys: keyRing() })

async function startWorker(address: string, env: Record<string, string>): Promise<RunningServer> {
  const port = await findFreePort()
  const worker = await spawnServer(
    {
      ...{ name: `worker-${port}`, stateDir: folder, command: process.execPath, cwd: ground.at.root },
      args: ['--disable-warning=ExperimentalWarning', join(ground.at.root, 'services/workflows/src/worker.ts')],
      env: {
        ...{ HOST: '127.0.0.1', PORT: String(port), DATABASE_URL: databaseUrl(ground.at, 'workflows') },
        ...{ TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: 'linghang', TEMPORAL_TLS: 'on' },
        ...{ TEMPORAL_CA_FILE: ours.caFile, TEMPORAL_PAYLOAD_KEYS: ring, REMINDERS_AT: '00:00', REMINDERS_AHEAD: '0' },
        ...env,
      },
      ...{ stopSignal: 'SIGTERM' as const, stopTimeoutMs: 20_000 },
    },
    port,
  )
  running.push(worker)
  await waitReady(worker, async () => (await fetch(`http://127.0.0.1:${port}/health/ready`)).ok, 240_000)
  return worker
}
const logOf = (worker: RunningServer): string => readFileSync(worker.logFile ?? '', 'utf8')
const alive = (worker: RunningServer) => expect(() => process.kill(worker.pid ?? 0, 0)).not.toThrow()

async function query(sql: string, values: unknown[]) {
  const url = new URL(ground.at.postgresUrl)
  url.pathname = '/workflows'
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  return (await client.query(sql, values).finally(() => client.end())).rows
}

/** A term that ends soon is handed over to a workflow, which the worker takes up: both ways to Temporal, each as it is now. */
async function handedOver(door: TemporalDoor): Promise<void> {
  const id = randomUUID()
  const dates = termDeadlines({ termEnd: addDays(new Date().toISOString().slice(0, 10), 100) })
  const deadlines = dates.map(({ rule, dueOn, nature }) => ({ rule, dueOn, nature }))
  await query(
    `insert into watch (id, county_id, org_id, subject_id, kind, deadlines, ladders, version)
     values ($1, $2, $1, $1, 'TERM_OF_OFFICE', $3, $4, 1)`,
    [id, randomUUID(), JSON.stringify(deadlines), JSON.stringify({ TERM_ENDS: caseLadders.TERM_ENDS })],
  )
  await until(
    async () => (await query('select 1 from watch where id = $1 and told_version = version', [id])).length > 0,
    120_000,
    'the watch is handed over',
  )
  const ended = async () => {
    const { stdout } = await callTemporal(door, ['workflow', 'list', '-n', 'linghang', '-o', 'json'], report)
    const found = (JSON.parse(stdout || '[]') as { execution: { workflowId: string } }[]).find(({ execution }) =>
      execution.workflowId.includes(id),
    )
    if (!found) return false
    const show = ['workflow', 'show', '-n', 'linghang', '-w', found.execution.workflowId, '-o', 'json']
    return (await callTemporal(door, show, report)).stdout.includes('WORKFLOW_TASK_COMPLETED')
  }
  await until(ended, 120_000, 'the worker takes the workflow up', 1_000)
}

describe('platform who comes to Temporal changes while the worker runs', () => {
  test('S0-38 certificates: the worker comes with one of another authority, and the first is believed no more', async () => {
    copyFileSync(ours.caFile, clientCaFile)
    const own = ours.issue('operator')
    const tls = { ...server, clientCaFile, caFile: ours.caFile, callerCert: own.certFile, callerKey: own.keyFile }
    const first = await stand({ tls })
    const volume = secretVolume(folder, pemsOf(ours.issue('worker')))
    const worker = await startWorker(first.address, {
      ...{ TEMPORAL_CERT_FILE: volume.path('cert'), TEMPORAL_KEY_FILE: volume.path('key') },
    })
    await handedOver(first.door)

    writeFileSync(clientCaFile, readFileSync(ours.caFile, 'utf8') + readFileSync(next.caFile, 'utf8'))
    await stand({ tls })
    volume.swap(pemsOf(next.issue('worker')))
    await until(() => logOf(worker).includes('reached with a new certificate'), 120_000, 'the new one is taken')
    copyFileSync(next.caFile, clientCaFile)
    const operator = next.issue('operator')
    const last = await stand({ tls: { ...tls, callerCert: operator.certFile, callerKey: operator.keyFile } })
    await handedOver(last.door)
    alive(worker)
  })

  test('S0-38 a key of the API: one that is of no use is told and not taken, the next is, and the first has ended', async () => {
    const keys = await startApiKeys()
    running.push(keys)
    const temporal = await stand({
      tls: { ...server, caFile: ours.caFile },
      apiKeys: { from: [keys.url], ours: await keys.sign(['temporal-system:admin', 'linghang:admin'], '1h') },
    })
    const mayWork = ['linghang:read', 'linghang:write', 'linghang:worker']
    const ended = await keys.sign(mayWork, new Date(Date.now() - 60_000))
    const refused = await startWorker(temporal.address, { TEMPORAL_API_KEY: ended }).then(
      () => new Error('it has started'),
      error => error,
    )
    const log = /log (\S+) \(/.exec(refused.message)?.[1] ?? ''
    expect(existsSync(log) ? readFileSync(log, 'utf8') : refused.message).toContain(
      'TEMPORAL_API_KEY, TEMPORAL_CERT_FILE',
    )

    // As long as a worker takes to start on a busy machine, so that it ends with the test under way and not before.
    const endsAt = new Date(Date.now() + 180_000)
    const volume = secretVolume(folder, { key: await keys.sign(mayWork, endsAt) })
    const worker = await startWorker(temporal.address, { TEMPORAL_API_KEY_FILE: volume.path('key') })
    await handedOver(temporal.door)
    volume.swap({ key: await keys.sign(['elsewhere:write'], '1h') })
    await until(() => logOf(worker).includes('not reached with the new certificate or key'), 120_000, 'that is told')
    volume.swap({ key: await keys.sign(mayWork, '1h') })
    await until(() => logOf(worker).includes('Temporal is reached with a new'), 120_000, 'the next is taken')
    await until(() => Date.now() > endsAt.getTime() + 1_000, 200_000, 'the first has ended')
    await handedOver(temporal.door)
    alive(worker)
    expect(logOf(worker)).not.toContain('eyJ')
  })

  test('platform a service with activities of its own follows its payload keys while it runs', async () => {
    const volume = secretVolume(folder, { ring })
    const env = readEnvironment('dues', temporalEnvironment, {
      ...{ TEMPORAL_ADDRESS: `127.0.0.1:${await findFreePort()}`, TEMPORAL_NAMESPACE: 'linghang' },
      TEMPORAL_PAYLOAD_KEYS_FILE: volume.path('ring'),
    })
    const log = { info: report, warn: report, error: report }
    running.push(startActivityWorker({ env, taskQueue: 'dues', activities: {}, log }))
    volume.swap({ ring: JSON.stringify({ current: 'k2', keys: { ...JSON.parse(ring).keys, k2: keyRing().k1 } }) })
    await until(() => env.TEMPORAL_PAYLOAD_KEYS.current === 'k2', 10_000, 'the key of now is the one of the file')
  })
})
