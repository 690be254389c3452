import { existsSync } from 'node:fs'
import { chown, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { sandboxMerchant, writeJson } from '@linghang/devstack'
import type { Cluster } from '../cluster.ts'
import { placesOf } from '../node/layout.ts'
import { hostOf, type Neighbour, namespace, neighbourObjects, ports } from './objects.ts'

const podUser = 65_532
const upTimeoutMs = 240_000

/** The folder of the node in which a neighbour's data lie; the tests may write there too. */
export const volumeOf = (cluster: Cluster, name: string): string => join(placesOf(cluster.node.folder).volumes, name)

/** Makes a folder of the node that pods may write. */
export const makeVolume = async (cluster: Cluster, name: string): Promise<string> => {
  const folder = volumeOf(cluster, name)
  await mkdir(folder, { recursive: true })
  await chown(folder, podUser, podUser)
  return folder
}

/** Gives files that the tests have written to the user of the pods. */
const handOver = async (folder: string): Promise<void> => {
  for (const name of await readdir(folder)) await chown(join(folder, name), podUser, podUser)
}

/** Our account at the payment sandbox, as the platform is told of it. */
export const merchantOf = async (cluster: Cluster): Promise<Record<string, string>> => {
  const folder = await makeVolume(cluster, 'payments')
  const merchant = await sandboxMerchant(folder, `http://${hostOf('payments')}:${ports.payments}`)
  await handOver(folder)
  return merchant
}

/** Files of sign-ins, empty and the pod's own: whoever writes into them leaves them to their owner. */
const makeSignIns = async (cluster: Cluster): Promise<void> => {
  const folder = volumeOf(cluster, 'identity')
  for (const name of ['accounts.json', 'clients.json']) {
    const file = join(folder, name)
    if (!existsSync(file)) await writeJson(file, [])
  }
  await handOver(folder)
}

/** Brings the neighbours up, as pods under `restricted`, and waits until each takes connections. */
export const raiseNeighbours = async (cluster: Cluster): Promise<void> => {
  const names = Object.keys(ports) as Neighbour[]
  for (const name of names) await makeVolume(cluster, name)
  await merchantOf(cluster)
  await makeSignIns(cluster)
  await cluster.apply(neighbourObjects(placesOf(cluster.node.folder).volumes))
  for (const name of names) {
    const wait = ['rollout', 'status', `deploy/${name}`, `--namespace=${namespace}`, `--timeout=${upTimeoutMs / 1000}s`]
    await cluster.kubectl(wait, { timeoutMs: upTimeoutMs + 10_000 })
  }
}
