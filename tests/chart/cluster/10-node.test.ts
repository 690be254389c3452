import { beforeAll, describe, expect, test } from '@jest/globals'
import { type Cluster, openCluster } from '../cluster.ts'

let cluster: Cluster

beforeAll(() => {
  cluster = openCluster(process.env.LINGHANG_NODE_FOLDER ?? '')
})

describe('chart: the node of the tests', () => {
  test('platform a real node is ready, with the versions that are pinned', async () => {
    const node = JSON.parse(await cluster.kubectl(['get', 'node', 'node-1', '-o', 'json']))
    const ready = node.status.conditions.find(({ type }: { type: string }) => type === 'Ready')
    expect(ready.status).toBe('True')
    expect(node.status.nodeInfo).toMatchObject({ kubeletVersion: 'v1.36.3' })
  })

  test('platform a pod that would run as root is refused at the door', async () => {
    const asRoot = cluster.kubectl(['run', 'rooty', '--image=linghang.test/pause:1', '--image-pull-policy=Never'])
    await expect(asRoot).rejects.toThrow(/violates PodSecurity "restricted:latest"/)
  })

  test('platform the kubelet measures what pods use', async () => {
    expect(await cluster.kubectl(['top', 'pods', '--namespace=kube-system'])).toMatch(/dns-\S+\s+\d+m\s+\d+Mi/)
  })
})
