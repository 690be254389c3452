import { join } from 'node:path'
import { loginUrl, prepareDatabase, prepareServer, services } from '@linghang/migrations'
import pg from 'pg'
import { loadSecrets, publicJwks, type Secrets } from '../../../deploy/local/src/secrets.ts'
import type { Cluster } from '../cluster.ts'
import { serverUrl } from '../neighbours/objects.ts'
import { makeVolume, merchantOf, volumeOf } from '../neighbours/raise.ts'

/** The namespace and the release of the platform under test. */
export const release = { name: 'linghang', namespace: 'linghang' } as const
/** Where the platform's papers and secrets are, in the words of its values. */
export const given = { secret: 'linghang-secrets', claim: 'papers' } as const
/** Who owns the databases and migrates them; no superuser. */
const owner = { name: 'linghang_owner', password: 'of-the-owner' } as const

/** Where the platform's keys and sign-ins lie: made once a node, so that what was sealed can be opened again. */
export const platformFolder = (cluster: Cluster): string => join(cluster.node.folder, 'platform')

/** The platform's own keys. */
export const platformSecrets = (cluster: Cluster): Promise<Secrets> => loadSecrets(platformFolder(cluster))

const ownerUrl = (database: string): string => {
  const url = new URL(serverUrl)
  Object.assign(url, { pathname: `/${database}`, username: owner.name, password: owner.password })
  return url.href
}

/** What an administrator of the server does beforehand: roles, the owner's password, five empty databases. */
const prepareDatabases = async ({ loginPassword }: Secrets): Promise<void> => {
  await prepareServer(serverUrl, { owner: owner.name, loginPassword })
  for (const database of services) await prepareDatabase(serverUrl, { database, owner: owner.name })
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  await client.query(`alter role ${owner.name} login password '${owner.password}'`)
  await client.end()
}

/** Everything secret that the chart asks for, by the keys under which it asks. */
const secretData = (secrets: Secrets, merchant: Record<string, string>): Record<string, string> => {
  const of = (names: string[]) => Object.fromEntries(names.map(name => [name, merchant[name] ?? '']))
  return {
    ...Object.fromEntries(
      services.map(service => [`DATABASE_URL.${service}`, loginUrl(serverUrl, service, secrets.loginPassword)]),
    ),
    MIGRATE_URLS: JSON.stringify(Object.fromEntries(services.map(service => [service, ownerUrl(service)]))),
    INTERNAL_TOKEN_JWKS: JSON.stringify(publicJwks(secrets)),
    INTERNAL_TOKEN_PRIVATE_KEY: JSON.stringify(secrets.internalTokenKey),
    CURSOR_KEY: secrets.cursorKey,
    REGISTER_KEYS: JSON.stringify(secrets.registerKeys),
    TEMPORAL_PAYLOAD_KEYS: JSON.stringify(secrets.temporalPayloadKeys),
    ...of(['PAYMENTS_PRIVATE_KEY', 'PAYMENTS_API_V3_KEY', 'PAYMENTS_PLATFORM_KEYS']),
  }
}

/** The namespace as an operator would make it, with the Secret and the volume that the chart expects to be there. */
const objects = (papers: string, stringData: Record<string, string>) => {
  const { namespace } = release
  const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' }
  const volume = { accessModes: ['ReadWriteMany'], storageClassName: 'folders' }
  const size = { storage: '10Gi' }
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } },
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: given.secret, namespace }, stringData },
    {
      ...{ apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: given.claim } },
      spec: { ...volume, capacity: size, hostPath: { path: papers }, claimRef: { namespace, name: given.claim } },
    },
    {
      ...{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: given.claim, namespace } },
      spec: { ...volume, resources: { requests: size } },
    },
  ]
}

/** Does what the chart's README asks of an operator before `helm install`. */
export const preparePlatform = async (cluster: Cluster): Promise<void> => {
  const secrets = await platformSecrets(cluster)
  await prepareDatabases(secrets)
  await makeVolume(cluster, given.claim)
  const data = secretData(secrets, await merchantOf(cluster))
  await cluster.apply({ apiVersion: 'v1', kind: 'List', items: objects(volumeOf(cluster, given.claim), data) })
}
