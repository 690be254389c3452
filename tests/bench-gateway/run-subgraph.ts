import { createInternalTokenVerifier } from '@linghang/access'
import { startSubgraph } from '@linghang/subgraph'
import { createLog } from '@linghang/telemetry'
import { parse } from 'graphql'
import { readSetting, report } from './setting.ts'
import { schemas } from './subgraph-schemas.ts'

const { name, publicJwk } = readSetting()
const schema = schemas.find(one => one.name === name)
if (!schema) throw new Error(`there is no subgraph ${name}`)

let operations = 0
const accountGrants = {
  accountId: '00000000-0000-7000-8000-000000000001',
  kind: 'PERSON',
  countyId: '00000000-0000-7000-8000-000000000002',
  memberId: null,
  memberOrgId: null,
  grants: [{ role: 'ADMIN', orgId: null }],
}
const subgraph = await startSubgraph({
  name,
  host: '127.0.0.1',
  port: 0,
  typeDefs: parse(schema.sdl),
  resolvers: schema.resolvers,
  verify: createInternalTokenVerifier({ keys: [publicJwk] }),
  createContext: base => {
    operations += 1
    return base
  },
  log: createLog(name, 'error'),
  health: null,
  isEnding: () => false,
  routes: app => {
    if (name === 'org') app.post('/internal/grants', async () => accountGrants)
  },
})
report(subgraph.url, () => ({ operations }))
