import { globSync } from 'node:fs'
import { join } from 'node:path'
import { services } from '@linghang/migrations'
import { makeOperationTypes } from '@linghang/subgraph/operation-types'
import { generateClients } from './databases.ts'
import { repositoryDir } from './env.ts'

const api = 'docs/schema.graphql'
const tests = [
  '{services,packages}/*/test/**/*.ts',
  'gateway/test/**/*.ts',
  'tests/**/*.ts',
  'packages/harness/src/*.ts',
]

/** For whom operations are typed, and by which contract: our own client and the tests by the API, those of a service by its own. */
const wanted = [
  { schema: api, sources: ['deploy/local/src/*.ts'], out: 'deploy/local/src/generated/operations.ts', nulls: true },
  { schema: api, sources: tests, out: 'packages/harness/src/generated/api.ts', nulls: false },
  ...services.map(service => ({
    schema: `services/${service}/schema.graphql`,
    sources: tests,
    out: `packages/harness/src/generated/${service}.ts`,
    nulls: false,
  })),
]

/** Makes what the compiler and the tests read and nobody commits: clients, types of contracts and of operations. */
export async function makeTypes(report: (detail: string) => void): Promise<void> {
  await generateClients(report)
  for (const { schema, sources, out, nulls } of wanted) {
    const made = await makeOperationTypes({
      schemaFile: join(repositoryDir, schema),
      sources: globSync(sources, { cwd: repositoryDir }).map(file => join(repositoryDir, file)),
      outFile: join(repositoryDir, out),
      nulls,
    })
    if (made) report(`${out}: types of operations made`)
  }
}
