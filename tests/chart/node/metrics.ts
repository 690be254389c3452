import { readFileSync } from 'node:fs'
import { createServer, request } from 'node:https'
import { join } from 'node:path'
import { network, nodeName, placesOf } from './layout.ts'
import { metricsPort } from './system.ts'

/**
 * metrics.k8s.io as an autoscaler and `kubectl top` ask for it, out of what the kubelet itself has measured: real
 * processor time and memory of real containers. (metrics-server would raise sixty versions of the node's module.)
 */
interface Measured {
  name: string
  cpu?: { time: string; usageNanoCores?: number }
  memory?: { workingSetBytes?: number }
}
interface Summary {
  node: { nodeName: string } & Measured
  pods: { podRef: { name: string; namespace: string }; containers?: Measured[] }[]
}
interface PodList {
  items: { metadata: { name: string; namespace: string; labels?: Record<string, string> } }[]
}

const version = 'metrics.k8s.io/v1beta1'
const { certificates } = placesOf(process.argv[2] ?? '')
const read = (name: string): Buffer => readFileSync(join(certificates, name))
const asAdmin = { ca: read('ca.crt'), cert: read('admin.crt'), key: read('admin.key') }

const ask = <T>(port: number, path: string): Promise<T> =>
  new Promise((resolve, reject) => {
    const asked = request({ host: network.node, port, path, ...asAdmin, timeout: 5_000 }, response => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        if (response.statusCode === 200) resolve(JSON.parse(Buffer.concat(chunks).toString()) as T)
        else reject(new Error(`${path}: ${response.statusCode}`))
      })
    })
    asked.on('timeout', () => asked.destroy(new Error(`${path}: no answer`)))
    asked.on('error', reject)
    asked.end()
  })

const usage = ({ cpu, memory }: Measured) => ({
  cpu: `${cpu?.usageNanoCores ?? 0}n`,
  memory: `${Math.floor((memory?.workingSetBytes ?? 0) / 1024)}Ki`,
})

/** A container that has just begun has no rate yet: it is left out until it has one. */
const isMeasured = ({ cpu, memory }: Measured): boolean =>
  cpu?.usageNanoCores !== undefined && memory?.workingSetBytes !== undefined

const podMetrics = async (namespace: string | undefined, selector: string) => {
  const where = namespace === undefined ? '/api/v1/pods' : `/api/v1/namespaces/${namespace}/pods`
  const [asked, summary] = await Promise.all([
    ask<PodList>(6443, `${where}?labelSelector=${encodeURIComponent(selector)}`),
    ask<Summary>(10250, '/stats/summary'),
  ])
  return asked.items.flatMap(({ metadata }) => {
    const found = summary.pods.find(
      ({ podRef }) => podRef.namespace === metadata.namespace && podRef.name === metadata.name,
    )
    const containers = found?.containers?.filter(isMeasured) ?? []
    const timestamp = containers[0]?.cpu?.time
    if (timestamp === undefined) return []
    const used = containers.map(container => ({ name: container.name, usage: usage(container) }))
    return [{ metadata, timestamp, window: '10s', containers: used }]
  })
}

const nodeMetrics = async () => {
  const { node } = await ask<Summary>(10250, '/stats/summary')
  return [{ metadata: { name: nodeName }, timestamp: node.cpu?.time, window: '10s', usage: usage(node) }]
}

const verbs = ['get', 'list']
const resources = [
  { name: 'nodes', singularName: '', namespaced: false, kind: 'NodeMetrics', verbs },
  { name: 'pods', singularName: '', namespaced: true, kind: 'PodMetrics', verbs },
]

const answer = async (url: URL): Promise<object | undefined> => {
  const path = url.pathname.split('/').filter(Boolean).slice(3)
  if (!url.pathname.startsWith(`/apis/${version}`)) return undefined
  if (path.length === 0) return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: version, resources }
  const namespace = path[0] === 'namespaces' ? path[1] : undefined
  const [resource, name] = namespace === undefined ? path : path.slice(2)
  const kind = resource === 'nodes' ? 'NodeMetrics' : 'PodMetrics'
  const selector = url.searchParams.get('labelSelector') ?? ''
  const items = resource === 'nodes' ? await nodeMetrics() : await podMetrics(namespace, selector)
  if (name === undefined) return { kind: `${kind}List`, apiVersion: version, metadata: {}, items }
  const found = items.find(({ metadata }) => metadata.name === name)
  return found ? { kind, apiVersion: version, ...found } : undefined
}

createServer({ cert: read('apiserver.crt'), key: read('apiserver.key') }, (asked, response) => {
  const say = (status: number, body: object): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }
  answer(new URL(asked.url ?? '/', `https://${network.node}`)).then(
    found => say(found ? 200 : 404, found ?? { kind: 'Status', apiVersion: 'v1', status: 'Failure', code: 404 }),
    error => {
      console.error(error)
      say(503, { kind: 'Status', apiVersion: 'v1', status: 'Failure', code: 503 })
    },
  )
}).listen(metricsPort, network.node)
