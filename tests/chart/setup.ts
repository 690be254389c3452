import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { services } from '@linghang/migrations'
import { startControl } from '../system/control.ts'
import { publishSurroundings } from '../system/surroundings.ts'
import { openCluster } from './cluster.ts'
import { hostOf, issuer, ports, serverUrl } from './neighbours/objects.ts'
import { volumeOf } from './neighbours/raise.ts'
import { publicUrl } from './platform/install.ts'
import { processesOf } from './platform/pods.ts'
import { platformFolder, platformSecrets, release } from './platform/prepare.ts'

declare global {
  var endOfChartRun: (() => Promise<void>) | undefined
}

const serviceUrl = (name: string): string =>
  `http://${release.name}-${name}.${release.namespace}.svc.cluster.local:8080`

/** The platform in the cluster as the system's tests reach a platform: those run on it as they are. */
export default async (): Promise<void> => {
  const cluster = openCluster(process.env.LINGHANG_NODE_FOLDER ?? '')
  await mkdir(platformFolder(cluster), { recursive: true })
  const control = await startControl(join(platformFolder(cluster), 'spans.jsonl'))
  control.watch(processesOf(cluster))
  globalThis.endOfChartRun = () => control.stop()
  const { temporalPayloadKeys } = await platformSecrets(cluster)
  publishSurroundings({
    root: fileURLToPath(new URL('../..', import.meta.url)),
    // Accounts of the identity provider are written where its pod reads them.
    stateDir: volumeOf(cluster, 'identity'),
    gatewayUrl: `${publicUrl}/graphql`,
    publicUrl,
    issuer,
    kafkaBrokers: `${hostOf('kafka')}:${ports.kafka}`,
    temporalAddress: `${hostOf('temporal')}:${ports.temporal}`,
    temporalNamespace: 'linghang',
    postgresUrl: serverUrl.replace(/\/postgres$/, ''),
    subgraphUrls: Object.fromEntries(services.map(name => [name, serviceUrl(name)])),
    controlUrl: control.url,
    temporalPayloadKeys,
  })
}
