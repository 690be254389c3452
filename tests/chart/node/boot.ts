import { appendFile, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeCertificates } from './certificates.ts'
import { startApiServer, startControllers } from './control-plane.ts'
import { does, launch, must, waitUntil } from './inside.ts'
import { startKubelet, startPolicies } from './kubelet.ts'
import { kubeconfigOf, type NodeSetting, nodeName, placesOf } from './layout.ts'
import { ctr, pauseImage, startContainerd } from './runtime.ts'
import { mountAll, wireNetwork } from './surroundings.ts'
import { systemObjects } from './system.ts'

/**
 * What runs inside the node's namespaces: mounts, wires, starts every program of it in order, and stays. Started by
 * `node.ts`; with the state of an earlier run under the same folder it is the same node after a restart.
 */
const setting = JSON.parse(process.argv[2] ?? '{}') as NodeSetting & { images: string }
const { folder, kubectl } = setting
const places = placesOf(folder)
const begunAt = performance.now()

const say = (text: string): Promise<void> =>
  appendFile(places.progress, `${((performance.now() - begunAt) / 1000).toFixed(1)} s  ${text}\n`)

const asAdmin = ['--kubeconfig', kubeconfigOf(folder)]

const importImages = async (): Promise<void> => {
  const [command, ...args] = ctr
  for (const file of (await readdir(setting.images)).filter(name => name.endsWith('.tar')))
    await must(command, ...args, 'images', 'import', join(setting.images, file))
  // The kubelet clears away what no pod uses; a sandbox's image is used by none of its containers.
  await must(command, ...args, 'images', 'label', pauseImage, 'io.cri-containerd.pinned=pinned')
}

const boot = async (): Promise<void> => {
  for (const place of [places.logs, places.configuration, places.volumes]) await mkdir(place, { recursive: true })
  await mountAll(folder)
  await wireNetwork(folder)
  await makeCertificates(folder)
  await say('mounts, network, certificates')
  await Promise.all([startApiServer(setting), startContainerd(setting).then(importImages)])
  await say('API server ready, images imported')
  startControllers(setting)
  await startKubelet(setting)
  const objects = join(places.configuration, 'system.json')
  await writeFile(objects, JSON.stringify(systemObjects))
  await must(kubectl, ...asAdmin, 'apply', '-f', objects)
  await waitUntil('the node is known', () => does(kubectl, ...asAdmin, 'get', 'node', nodeName))
  startPolicies(setting)
  launch(places.logs, 'metrics', process.execPath, [fileURLToPath(new URL('./metrics.ts', import.meta.url)), folder])
  await must(kubectl, ...asAdmin, 'wait', '--for=condition=Ready', `node/${nodeName}`, '--timeout=60s')
  await say('node Ready')
  await must(kubectl, ...asAdmin, '--namespace=kube-system', 'rollout', 'status', 'deploy/dns', '--timeout=60s')
  await say('cluster DNS ready')
  await writeFile(places.ready, '')
}

await boot().catch(async error => {
  await say(`failed: ${String(error)}`)
  process.exit(1)
})
// The namespaces live as long as the first process in them.
setInterval(() => undefined, 2 ** 30)
