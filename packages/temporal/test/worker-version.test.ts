import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, test } from '@jest/globals'
import { startTemporal, type TemporalServer } from '@linghang/devstack'
import { until } from '@linghang/harness/until'
import { Connection } from '@temporalio/client'
import { NativeConnection, Worker } from '@temporalio/worker'
import { versionOf } from '../src/index.ts'

let stateDir: string
let temporal: TemporalServer
beforeAll(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'linghang-versions-'))
  temporal = await startTemporal({ stateDir, namespace: 'versions', report: () => undefined })
})
afterAll(async () => {
  await temporal?.stop()
  await rm(stateDir, { recursive: true })
})

test('platform Temporal knows a worker as the version that it was told to be', async () => {
  const { address, namespace } = temporal
  const [connection, native] = await Promise.all([
    Connection.connect({ address }),
    NativeConnection.connect({ address }),
  ])
  const deploymentName = 'party/linghang-worker'
  const told = versionOf({ TEMPORAL_DEPLOYMENT_NAME: deploymentName, TEMPORAL_WORKER_BUILD_ID: '0-1-0' })
  const worker = await Worker.create({
    ...{ connection: native, namespace, taskQueue: 'versions', activities: { remind: async () => undefined } },
    ...told,
  })
  const running = worker.run()
  try {
    await until(async () => {
      const { workerDeploymentInfo } = await connection.workflowService.describeWorkerDeployment({
        namespace,
        deploymentName,
      })
      const known = workerDeploymentInfo?.versionSummaries?.map(({ deploymentVersion }) => deploymentVersion?.buildId)
      return known?.includes('0-1-0')
    })
  } finally {
    worker.shutdown()
    await running
    await Promise.all([connection.close(), native.close()])
  }
})
