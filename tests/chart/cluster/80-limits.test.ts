import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { until } from '@linghang/harness/until'
import { dashboard } from '../../system/dashboard.ts'
import { type Cluster, openCluster } from '../cluster.ts'
import { nodeName } from '../node/layout.ts'
import { countyAtWork, keepAsking, lostOf, type Workplace } from '../platform/callers.ts'
import { exhaustMemory } from '../platform/exhaust.ts'
import { helmWith, valuesOf, version } from '../platform/install.ts'
import { note } from '../platform/notes.ts'
import { isReady, type Pod, platformPods, restartsOf } from '../platform/pods.ts'
import { release } from '../platform/prepare.ts'

let cluster: Cluster
let at: Workplace
const where = `--namespace=${release.namespace}`
const gateway = `${release.name}-gateway`

const upgrade = async (more: object): Promise<string> =>
  helmWith(cluster, ['upgrade'], { ...(await valuesOf(cluster, version)), ...more }, ['--wait', '--timeout=8m'])
const readyPods = async (name: string): Promise<Pod[]> => (await platformPods(cluster, name)).filter(isReady)
const seconds = (sinceMs: number): string => `${((performance.now() - sinceMs) / 1000).toFixed(0)} s`

beforeAll(async () => {
  cluster = openCluster(process.env.LINGHANG_NODE_FOLDER ?? '')
  at = await countyAtWork()
}, 240_000)

afterAll(() => upgrade({}), 500_000)

describe('a pod that takes more memory than it may', () => {
  test('platform it is killed and comes back, and nothing that was acknowledged is lost', async () => {
    const [before] = await platformPods(cluster, 'org')
    const { told: soFar, stop } = keepAsking(at)
    await until(async () => soFar.acknowledged.length > 3, 30_000, 'callers are at work')
    const begunAt = performance.now()
    await exhaustMemory(cluster, before as Pod)
    const after = await until(
      async () => {
        const [pod] = await platformPods(cluster, 'org')
        return pod && isReady(pod) && restartsOf(pod) > restartsOf(before as Pod) ? pod : null
      },
      180_000,
      'the pod is ready again',
    )
    note(`out of memory until it is ready again: ${seconds(begunAt)}`)
    expect(after.metadata.name).toBe(before?.metadata.name)
    expect(after.status.containerStatuses?.[0]?.lastState.terminated).toMatchObject({
      ...{ reason: 'OOMKilled', exitCode: 137 },
    })
    const told = await stop()
    expect(told.failed.length).toBeGreaterThan(0)
    expect(told.acknowledged.length).toBeGreaterThan(0)
    expect(await lostOf(told)).toEqual([])
  })
})

describe('pods that are asked to leave', () => {
  /** kubectl drain of the node for the pods of the gateway. */
  const drain = (): Promise<string> =>
    cluster.kubectl([
      'drain',
      nodeName,
      '--pod-selector',
      'app.kubernetes.io/component=gateway',
      '--delete-emptydir-data',
      '--timeout=30s',
    ])

  beforeAll(() => upgrade({ gateway: { replicas: 2 } }), 500_000)

  test('platform of two one may leave, the last one may not, and no request fails meanwhile', async () => {
    const { stop } = keepAsking(at)
    try {
      expect(await readyPods('gateway')).toHaveLength(2)
      // The node takes no new pods while it is drained: what is to come in the place of the first one waits.
      await expect(drain()).rejects.toThrow(/violate the pod's disruption budget/)
      expect(await readyPods('gateway')).toHaveLength(1)
    } finally {
      await cluster.kubectl(['uncordon', nodeName])
    }
    await until(async () => (await readyPods('gateway')).length === 2, 120_000, 'the second pod is there again')
    expect((await stop()).failed).toEqual([])
  })

  test('platform with one pod there is no budget, and a drain empties the node', async () => {
    await upgrade({})
    await expect(cluster.kubectl(['get', 'pdb', where, gateway])).rejects.toThrow(/not found/)
    try {
      await drain()
      expect(await readyPods('gateway')).toEqual([])
    } finally {
      await cluster.kubectl(['uncordon', nodeName])
    }
    await until(async () => (await readyPods('gateway')).length === 1, 120_000, 'the pod is there again')
  })
})

describe('scaling by what there is to do', () => {
  const autoscaling = {
    ...{ by: 'hpa', minReplicas: 1, maxReplicas: 2, cpuPercent: 60 },
    behavior: {
      scaleDown: { stabilizationWindowSeconds: 10, policies: [{ type: 'Pods', value: 1, periodSeconds: 5 }] },
    },
  }
  const wanted = async (): Promise<{ replicas: number; percent: number | undefined }> => {
    const { status } = JSON.parse(await cluster.kubectl(['get', 'hpa', where, gateway, '-o', 'json']))
    const [metric] = status.currentMetrics ?? []
    return { replicas: status.desiredReplicas, percent: metric?.resource?.current?.averageUtilization }
  }

  test('platform pods of the gateway become more when there is more to do, and fewer when it is over', async () => {
    await upgrade({ gateway: { autoscaling, resources: { requests: { cpu: '200m', memory: '192Mi' } } } })
    await until(
      async () => {
        const { replicas, percent } = await wanted()
        return replicas === 1 && percent !== undefined && percent < 30
      },
      120_000,
      'one pod that has little to do',
    )
    let over = false
    const ask = async (): Promise<void> => {
      while (!over) await at.county.admin.send(dashboard, { code: at.branch.code })
    }
    const begunAt = performance.now()
    const callers = Array.from({ length: 8 }, ask)
    await until(async () => (await readyPods('gateway')).length === 2, 180_000, 'a second pod has come')
    note(`scaling: a second pod is ready after ${seconds(begunAt)} of load`)
    over = true
    await Promise.all(callers)
    const endedAt = performance.now()
    await until(async () => (await readyPods('gateway')).length === 1, 240_000, 'the second pod has gone')
    note(`scaling: gone again ${seconds(endedAt)} after it`)
  })
})
