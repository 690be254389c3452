import { readFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, jest, test } from '@jest/globals'
import {
  callTemporal,
  type PostgresServer,
  removePostgresState,
  startPostgres,
  startTemporalServer,
  type TemporalServer,
} from '@linghang/devstack'
import { certificateAuthority } from '@linghang/harness/certificates'
import { Connection } from '@temporalio/client'

jest.setTimeout(600_000)

const report = () => undefined
let postgres: PostgresServer | undefined
let temporal: TemporalServer | undefined
let folder: string | undefined
afterAll(async () => {
  await temporal?.stop()
  await postgres?.stop()
  if (folder) await removePostgresState(folder)
})

describe('platform Temporal’s server proper, over PostgreSQL', () => {
  test('platform answers whoever has a certificate and nobody else, and keeps what was begun over kill -9', async () => {
    folder = await mkdtemp(join(tmpdir(), 'linghang-temporal-'))
    postgres = await startPostgres({ stateDir: folder, report })
    const [ours, theirs] = [certificateAuthority(folder, 'ours'), certificateAuthority(folder, 'theirs')]
    const [own, stranger] = [ours.issue('worker'), theirs.issue('worker')]
    const options = {
      ...{ stateDir: folder, namespace: 'linghang', postgresUrl: postgres.superuserUrl, report },
      searchAttributes: { orgCode: 'Keyword' },
      tls: {
        ...{ ...ours.issue('temporal'), clientCaFile: ours.caFile, caFile: ours.caFile },
        ...{ callerCert: own.certFile, callerKey: own.keyFile },
      },
    }
    const first = await startTemporalServer(options)
    temporal = first
    const begin = ['workflow', 'start', '-n', 'linghang', '--workflow-id', 'waits', '--type', 'never']
    const attribute = ['--task-queue', 'nobody', '--search-attribute', 'orgCode="330302"']
    expect((await callTemporal(first.door, [...begin, ...attribute], report)).code).toBe(0)

    const serverRootCACertificate = readFileSync(ours.caFile)
    const pairOf = ({ certFile, keyFile }: typeof own) => ({ crt: readFileSync(certFile), key: readFileSync(keyFile) })
    const reach = (clientCertPair?: ReturnType<typeof pairOf>) =>
      Connection.connect({
        ...{ address: first.address, connectTimeout: '5 seconds' },
        tls: { serverRootCACertificate, ...(clientCertPair ? { clientCertPair } : {}) },
      })
    await (await reach(pairOf(own))).close()
    await expect(reach()).rejects.toThrow()
    await expect(reach(pairOf(stranger))).rejects.toThrow()

    first.kill('SIGKILL')
    await first.exited
    const second = await startTemporalServer(options)
    temporal = second
    expect(second.address).toBe(first.address)
    const found = ['workflow', 'describe', '-n', 'linghang', '--workflow-id', 'waits', '-o', 'json']
    const { stdout } = await callTemporal(second.door, found, report)
    expect(JSON.parse(stdout).workflowExecutionInfo.status).toBe('WORKFLOW_EXECUTION_STATUS_RUNNING')
  })
})
