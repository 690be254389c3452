import { beforeAll, describe, expect, test } from '@jest/globals'
import { until } from '@linghang/harness/until'
import { type Cluster, openCluster } from '../cluster.ts'
import { declared } from '../platform/declared.ts'
import { note } from '../platform/notes.ts'
import { isReady, type Pod, platformPods } from '../platform/pods.ts'
import { release } from '../platform/prepare.ts'
import { inMegabytes, startedOf } from '../platform/started.ts'

let cluster: Cluster

beforeAll(() => {
  cluster = openCluster(process.env.LINGHANG_NODE_FOLDER ?? '')
})

/** Deletes the pod of a process, and waits for the one that comes in its place. */
const anew = async (name: string): Promise<Pod> => {
  const [before] = await platformPods(cluster, name)
  await cluster.kubectl(['delete', 'pod', `--namespace=${release.namespace}`, before?.metadata.name ?? '', '--wait'])
  return until(
    async () => {
      const [pod] = await platformPods(cluster, name)
      return pod && isReady(pod) ? pod : null
    },
    180_000,
    `${name} is ready`,
  )
}

describe('what a pod of each image needs, one after the other', () => {
  test.each(Object.keys(declared))('platform %s is ready, and has written nothing but to /tmp', async name => {
    const pod = await anew(name)
    const { readyMs, residentBytes, highestBytes, written } = await startedOf(cluster, pod)
    note(
      `${name}: start to ready ${(readyMs / 1000).toFixed(2)} s, ${inMegabytes(residentBytes)} MB, at most ${inMegabytes(highestBytes)} MB, wrote ${written.join(' ') || 'nothing'}`,
    )
    expect(written).toEqual([])
  })
})
