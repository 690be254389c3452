import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Cluster } from '../cluster.ts'
import { door } from '../door/objects.ts'
import { hostOf, issuer, type Neighbour, namespace as neighbours, ports } from '../neighbours/objects.ts'
import { merchantOf } from '../neighbours/raise.ts'
import { given, platformFolder, release } from './prepare.ts'

/** The chart of this checkout. */
export const chart = fileURLToPath(new URL('../../../deploy/helm/linghang', import.meta.url))
/** The version of the images that are built of this checkout. */
export const version: string = JSON.parse(
  readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
).version
const installTimeoutMs = 600_000

/** The namespace of whoever scrapes metrics. */
export const monitoring = 'monitoring'
/** Where callers reach the gateway inside the cluster. */
export const publicUrl = `http://${release.name}-gateway.${release.namespace}.svc.cluster.local:8080`

/** What the chart calls its peers, and what stands for each here. */
export const peerOf: Record<string, Neighbour> = {
  ...{ postgresql: 'postgres', kafka: 'kafka', temporal: 'temporal' },
  ...{ identityProvider: 'identity', payments: 'payments' },
}
const named = (namespace: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': namespace } })
const podsOf = (name: Neighbour) => ({
  namespaceSelector: named(neighbours),
  podSelector: { matchLabels: { app: name } },
})

/** Values as an operator of a small cluster would write them, with the neighbours of the tests in the place of servers. */
export const valuesOf = async (cluster: Cluster, tag: string): Promise<object> => {
  const merchant = await merchantOf(cluster)
  return {
    image: { registry: 'localhost', tag, pullPolicy: 'Never' },
    publicUrl,
    oidc: { issuer },
    kafka: {
      brokers: [`${hostOf('kafka')}:${ports.kafka}`],
      securityProtocol: 'PLAINTEXT',
      topics: 'create',
      topic: { replication: 1 },
    },
    temporal: { address: `${hostOf('temporal')}:${ports.temporal}`, tls: false },
    materials: { existingClaim: given.claim },
    payments: {
      enabled: true,
      baseUrl: merchant.PAYMENTS_BASE_URL,
      merchantId: merchant.PAYMENTS_MERCHANT_ID,
      appId: merchant.PAYMENTS_APP_ID,
      merchantSerial: merchant.PAYMENTS_MERCHANT_SERIAL,
      committees: ['*'],
    },
    secrets: { existingSecret: given.secret },
    networkPolicy: {
      denyOthers: 'namespace',
      peers: Object.fromEntries(Object.entries(peerOf).map(([peer, name]) => [peer, { to: [podsOf(name)] }])),
      from: { gateway: [podsOf('payments'), { namespaceSelector: named(door.namespace) }] },
    },
    worker: { settings: { REMINDERS_AHEAD: '0' } },
  }
}

/** helm, with the smallest profile and values in a file: what they hold is not to be read from the list of processes. */
export const helmWith = async (
  cluster: Cluster,
  verb: readonly string[],
  values: object,
  more: readonly string[] = [],
): Promise<string> => {
  const file = join(platformFolder(cluster), 'values.json')
  await writeFile(file, JSON.stringify(values), { mode: 0o600 })
  const profile = join(chart, 'profiles/small.yaml')
  const where = [`--namespace=${release.namespace}`, '--values', profile, '--values', file]
  return cluster.helm([...verb, release.name, chart, ...where, ...more], { timeoutMs: installTimeoutMs })
}
