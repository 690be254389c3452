import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  addClient,
  apiAudience,
  type IdentityProvider,
  type KafkaDoors,
  type KafkaServer,
  startIdentityProvider,
  startKafka,
} from '@linghang/devstack'
import { type Acl, createKafka, insist, withAdmin } from '@linghang/events'
import type { certificateAuthority } from '@linghang/harness/certificates'
import kafkajs from 'kafkajs'

const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = kafkajs

type Authority = ReturnType<typeof certificateAuthority>
type Contract = { processes: Record<string, { writes: string[]; reads: string[]; groups: string[]; acls: Acl[] }> }

/** As whoever administers a Kafka reads it. */
export const contract: Contract = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../docs/events/access.json'), 'utf8'),
)
export const processNames = Object.keys(contract.processes)
/** Whoever has it is one of the processes. */
export const passwordOf = (name: string): string => `${name} keeps this to itself`

const report = () => undefined

/** The real provider, with an app for each process, and the address of the keys by which its tokens are believed. */
export async function standProvider(stateDir: string, names = processNames): Promise<IdentityProvider> {
  const files = { accountsFile: join(stateDir, 'accounts.json'), clientsFile: join(stateDir, 'clients.json') }
  for (const clientId of names)
    await addClient(files.clientsFile, { clientId, secret: passwordOf(clientId), scopes: ['events'] })
  return startIdentityProvider({ stateDir, ...files, report })
}

/** How a Kafka of the tests is entered: by certificates of the authority, by passwords, by tokens of the provider. */
export const doorsOf = (authority: Authority, provider: IdentityProvider): KafkaDoors => ({
  ...authority.issue('kafka'),
  caFile: authority.caFile,
  users: Object.fromEntries(processNames.map(name => [name, passwordOf(name)])),
  tokens: { jwksUrl: `${provider.issuer}/jwks`, issuer: provider.issuer, audience: apiAudience },
})

export const standKafka = (stateDir: string, doors: KafkaDoors): Promise<KafkaServer> =>
  startKafka({ stateDir, report, doors })

/** Whoever may do everything there. */
export const operatorOf = (kafka: KafkaServer, doors: KafkaDoors) =>
  createKafka('operator', kafka.brokers.split(','), { warn: () => undefined }, { ssl: pemOf(doors) })

const pemOf = ({ caFile, certFile, keyFile }: { caFile: string; certFile: string; keyFile: string }) => ({
  ca: readFileSync(caFile, 'utf8'),
  cert: readFileSync(certFile, 'utf8'),
  key: readFileSync(keyFile, 'utf8'),
})

/** Allows each process what the contract says and nothing else. @param topics who makes the topics */
export async function allow(kafka: ReturnType<typeof operatorOf>, topics: 'create' | 'expect'): Promise<void> {
  const wanted = Object.entries(contract.processes).flatMap(([name, { acls }]) =>
    acls
      .filter(({ onlyWith }) => onlyWith === undefined || topics === 'create')
      .flatMap(({ resource, operations }) =>
        operations.map(operation => ({
          principal: `User:${name}`,
          host: '*',
          permissionType: AclPermissionTypes.ALLOW,
          resourceType: resource.type === 'topic' ? AclResourceTypes.TOPIC : AclResourceTypes.GROUP,
          resourceName: resource.name,
          resourcePatternType:
            resource.patternType === 'literal' ? ResourcePatternTypes.LITERAL : ResourcePatternTypes.PREFIXED,
          operation: AclOperationTypes[operation.toUpperCase() as 'READ'],
        })),
      ),
  )
  await insist(() => withAdmin(kafka, admin => admin.createAcls({ acl: wanted })))
}
