import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type Access, aclsOf, groupPrefixOf, operatorAcls, topics, writtenBy } from '@linghang/events'
import { hearingOf } from '@linghang/subgraph'
import { gatewayHearing } from '../gateway/src/identity/follow-offices.ts'
import { plan as assessment } from '../services/assessment/src/service.ts'
import { plan as dues } from '../services/dues/src/service.ts'
import { plan as members } from '../services/members/src/service.ts'
import { plan as org } from '../services/org/src/service.ts'
import { plan as workflows } from '../services/workflows/src/service.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Where the contract lies: for whoever administers Kafka, and for the chart, which reads no file outside its folder. */
export const accessFiles = ['docs/events/access.json', 'deploy/helm/linghang/files/access.json']

/** Nothing is kept, opened or read before a service stands; only this one is looked at while rooms are put together. */
const env = { MATERIALS_STORE: { kind: 'FOLDER', folder: root } } as never

const heard = [
  [gatewayHearing],
  ...[org, members, dues, assessment, workflows].map(plan => hearingOf(plan(env) as never)),
]

function accessOf(hearing: (typeof heard)[number]): [string, Access] {
  const name = hearing[0]?.group.split('.')[0] ?? ''
  const own = (list: readonly string[]) => [...new Set(list)].sort()
  return [
    name,
    {
      writes: writtenBy(name),
      reads: own(hearing.flatMap(({ topics: read }) => read)),
      groups: own(hearing.map(({ group }) => group)),
    },
  ]
}

/** Who does what at Kafka: of each process the topics and groups, and the rights that come of them, for a broker that denies. */
export function accessContract() {
  const processes = Object.fromEntries(
    heard.map(accessOf).map(([name, access]) => [name, { ...access, acls: aclsOf(name, access, name === 'gateway') }]),
  )
  return { groupPrefix: groupPrefixOf({}), processes, operators: { acls: operatorAcls(topics) } }
}

export const writeAccess = (): string => `${JSON.stringify(accessContract(), null, 2)}\n`

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const file of accessFiles) {
    mkdirSync(dirname(`${root}${file}`), { recursive: true })
    writeFileSync(`${root}${file}`, writeAccess())
  }
}
