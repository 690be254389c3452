import { readFile } from 'node:fs/promises'
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway'
import { ApolloServer } from '@apollo/server'
import { startStandaloneServer } from '@apollo/server/standalone'
import { createInternalTokenSigner, systemActor } from '@linghang/access'
import { readSetting, report } from './setting.ts'

/** What Apollo's guide sets up. The one addition is the header without which our subgraphs answer nobody. */
process.env.APOLLO_TELEMETRY_DISABLED = '1'
process.env.NODE_ENV = 'production'
const setting = readSetting()
const sign = await createInternalTokenSigner(setting.privateJwk)
const actor = systemActor('00000000-0000-7000-8000-000000000002')
let authorization = `Bearer ${await sign(actor)}`
setInterval(async () => {
  authorization = `Bearer ${await sign(actor)}`
}, 20_000)

const supergraphSdl = (await readFile(setting.supergraphFile, 'utf8')).replaceAll(
  /http:\/\/(\w+)\.internal\/graphql/g,
  (_, name: string) => `${setting.urls[name]}/graphql`,
)
const gateway = new ApolloGateway({
  supergraphSdl,
  buildService: ({ url }) =>
    new RemoteGraphQLDataSource({
      url,
      willSendRequest: ({ request }) => request.http?.headers.set('authorization', authorization),
    }),
})
const { url } = await startStandaloneServer(new ApolloServer({ gateway }), { listen: { host: '127.0.0.1', port: 0 } })
report(url)
