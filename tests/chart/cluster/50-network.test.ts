import { lookup } from 'node:dns/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { until } from '@linghang/harness/until'
import { type Cluster, openCluster } from '../cluster.ts'
import { hostOf, ports } from '../neighbours/objects.ts'
import { network } from '../node/layout.ts'
import { declared } from '../platform/declared.ts'
import { type Caller, dial, type Place, strangerPod } from '../platform/dial.ts'
import { helmWith, monitoring, peerOf, valuesOf, version } from '../platform/install.ts'
import { note } from '../platform/notes.ts'
import { type Pod, platformPods } from '../platform/pods.ts'
import { release } from '../platform/prepare.ts'

let cluster: Cluster
let callers: Caller[]
let places: Place[]

const elsewhere = 'elsewhere'
const processes = Object.keys(declared)
const serving = processes.filter(name => declared[name]?.serves)
const apply = (items: object[]): Promise<string> => cluster.apply({ apiVersion: 'v1', kind: 'List', items })
const podOf = async (name: string): Promise<Pod> => (await platformPods(cluster, name))[0] as Pod

/** To whom a caller may open a connection, as the chart declares it. */
const allowed = (caller: string): Set<string> => {
  const row = declared[caller]?.talksTo ?? []
  const names = row.flatMap(peer =>
    peer in declared ? [`${peer}:http`] : (peerOf[peer] ?? (peer === 'dns' ? 'dns' : [])),
  )
  // What a pod says to its own address never leaves it.
  if (caller in declared) names.push(`${caller}:http`, `${caller}:management`)
  // Whoever scrapes is let in everywhere, to the port of metrics alone; others reach what has no policy of ours.
  if (caller === 'prometheus') names.push(...processes.map(name => `${name}:management`))
  if (!(caller in declared) && caller !== 'stranger-within') names.push(...outside)
  return new Set(names)
}
const outside = ['dns', 'api', 'kubelet', ...Object.values(peerOf)]

/** Every pair that is not as it was declared. */
const differences = async (): Promise<string[]> => {
  const found: string[] = []
  const tried = await Promise.all(callers.map(async caller => ({ caller, open: await dial(cluster, caller, places) })))
  for (const { caller, open } of tried) {
    const wanted = allowed(caller.name)
    for (const { name } of places)
      if (open.has(name) !== wanted.has(name))
        found.push(`${caller.name} -> ${name} is ${open.has(name) ? 'open' : 'closed'}`)
  }
  return found
}

beforeAll(async () => {
  cluster = openCluster(process.env.LINGHANG_NODE_FOLDER ?? '')
  await apply([
    ...[elsewhere, monitoring].map(name => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
    strangerPod(release.namespace, 'stranger-within'),
    strangerPod(elsewhere, 'stranger'),
    strangerPod(monitoring, 'prometheus', { 'app.kubernetes.io/name': 'prometheus' }),
  ])
  const strangers = [
    { name: 'stranger-within', namespace: release.namespace, pod: 'stranger-within' },
    { name: 'stranger', namespace: elsewhere, pod: 'stranger' },
    { name: 'prometheus', namespace: monitoring, pod: 'prometheus' },
  ]
  for (const { namespace, pod } of strangers)
    await cluster.kubectl(['wait', `--namespace=${namespace}`, '--for=condition=Ready', `pod/${pod}`, '--timeout=60s'])
  const pods = new Map(await Promise.all(processes.map(async name => [name, await podOf(name)] as const)))
  const hostOfPod = (name: string): string => pods.get(name)?.status.podIP ?? ''
  callers = [
    ...processes.map(name => ({ name, namespace: release.namespace, pod: pods.get(name)?.metadata.name ?? '' })),
    ...strangers,
  ]
  places = [
    ...serving.map(name => ({ name: `${name}:http`, host: hostOfPod(name), port: 8080 })),
    ...processes.map(name => ({ name: `${name}:management`, host: hostOfPod(name), port: 9090 })),
    // By address: whoever may not ask for names would wait for each.
    ...(await Promise.all(
      Object.values(peerOf).map(async name => ({
        name,
        host: (await lookup(hostOf(name))).address,
        port: ports[name],
      })),
    )),
    { name: 'dns', host: network.dnsService, port: 53 },
    { name: 'api', host: network.apiService, port: 443 },
    { name: 'kubelet', host: network.node, port: 10_250 },
  ]
}, 200_000)

afterAll(async () => {
  await cluster.kubectl(['delete', 'namespace', elsewhere, monitoring, '--wait=false'])
  await cluster.kubectl(['delete', 'pod', `--namespace=${release.namespace}`, 'stranger-within', '--wait=false'])
})

describe('the network of the platform, by connections from every pod to every other', () => {
  test('platform what the chart declares is open, and nothing else', async () => {
    // Policies take a moment to reach new pods.
    await until(async () => (await differences()).length === 0, 30_000, 'policies have reached all pods').catch(
      () => undefined,
    )
    const found = await differences()
    note(`network: ${callers.length * places.length} pairs tried, ${found.length} otherwise than declared`)
    expect(found).toEqual([])
  })

  test('platform without its policies the same comparison finds doors that stand open', async () => {
    await cluster.kubectl(['delete', 'networkpolicies', `--namespace=${release.namespace}`, '--all'])
    try {
      await until(async () => (await differences()).length > 100, 30_000, 'doors stand open')
      expect(await differences()).toContain('stranger -> org:http is open')
    } finally {
      // By Helm, as whose they count: what another has applied it would not change any more.
      await helmWith(cluster, ['upgrade'], await valuesOf(cluster, version), ['--wait', '--timeout=8m'])
    }
    await until(async () => (await differences()).length === 0, 60_000, 'all is closed again')
  })
})
