import { until } from '@linghang/harness/until'
import type { PlatformProcess } from '../../../deploy/local/src/platform.ts'
import type { Cluster } from '../cluster.ts'
import { type Neighbour, namespace as neighbours } from '../neighbours/objects.ts'
import { containersOf } from '../node/runtime.ts'
import { release } from './prepare.ts'

/** What of a pod the tests look at. */
export interface Pod {
  metadata: { name: string; uid: string; labels: Record<string, string>; deletionTimestamp?: string }
  spec: {
    containers: { name: string; image: string; resources?: { requests?: { memory?: string } } }[]
    automountServiceAccountToken?: boolean
  }
  status: {
    phase: string
    podIP?: string
    conditions?: { type: string; status: string }[]
    containerStatuses?: {
      name: string
      ready: boolean
      restartCount: number
      containerID?: string
      state: { waiting?: { reason: string }; running?: object }
      lastState: { terminated?: { exitCode: number; reason: string } }
    }[]
  }
}

/** Pods of a namespace with these labels, those on their way out left aside. */
export const podsOf = async (cluster: Cluster, namespace: string, selector: string): Promise<Pod[]> => {
  const text = await cluster.kubectl(['get', 'pods', `--namespace=${namespace}`, '--selector', selector, '-o', 'json'])
  return (JSON.parse(text) as { items: Pod[] }).items.filter(({ metadata }) => metadata.deletionTimestamp === undefined)
}

/** Pods of a process of the platform. */
export const platformPods = (cluster: Cluster, process: string): Promise<Pod[]> =>
  podsOf(cluster, release.namespace, `app.kubernetes.io/component=${process}`)

export const isReady = ({ status }: Pod): boolean =>
  status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') ?? false

/** How often containers of a pod have been started anew, all together. */
export const restartsOf = ({ status }: Pod): number =>
  (status.containerStatuses ?? []).reduce((sum, { restartCount }) => sum + restartCount, 0)

const containerIds = (pods: Pod[]): string[] =>
  pods.flatMap(({ status }) => status.containerStatuses ?? []).flatMap(({ containerID }) => containerID ?? [])

const readyTimeoutMs = 180_000

/** A process of the platform, or a neighbour, as pods: killed with a signal to its programs, brought back by the kubelet. */
const asProcess = (cluster: Cluster, pods: () => Promise<Pod[]>): PlatformProcess => {
  let ended: string[] = []
  let killing: Promise<void> = Promise.resolve()
  return {
    pid: null,
    kill: signal => {
      killing = pods().then(async found => {
        const ids = containerIds(found)
        if (signal === 'SIGKILL') ended = ids
        await containersOf(cluster.node).signal(ids, signal)
      })
    },
    whenReady: async () => {
      await killing
      const isBack = async (): Promise<boolean> => {
        const found = await pods().catch(() => [])
        return found.length > 0 && found.every(isReady) && !containerIds(found).some(id => ended.includes(id))
      }
      await until(isBack, readyTimeoutMs, 'pods are ready again')
    },
  }
}

const own = ['gateway', 'org', 'members', 'dues', 'assessment', 'workflows', 'worker']
const beside: Neighbour[] = ['postgres', 'kafka', 'temporal', 'identity', 'payments']

/** All processes by the names that `npm start` has for them. */
export const processesOf = (cluster: Cluster): Record<string, PlatformProcess> =>
  Object.fromEntries([
    ...own.map(name => [name, asProcess(cluster, () => platformPods(cluster, name))] as const),
    ...beside.map(name => [name, asProcess(cluster, () => podsOf(cluster, neighbours, `app=${name}`))] as const),
  ])
