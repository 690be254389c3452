import { globSync } from 'node:fs'
import { join } from 'node:path'
import { services } from '@linghang/migrations'
import { findDocuments, makeOperationTypes } from '@linghang/subgraph/operation-types'
import { generateClients } from './databases.ts'
import { repositoryDir } from './env.ts'

const api = 'docs/schema.graphql'
const tests = [
  '{services,packages}/*/test/**/*.ts',
  'gateway/test/**/*.ts',
  'tests/**/*.ts',
  'packages/harness/src/*.ts',
]

const documentsIn = (sources: readonly string[]) =>
  findDocuments(globSync(sources, { cwd: repositoryDir }).map(file => join(repositoryDir, file)))

/**
 * Makes what the compiler reads and nobody commits: clients, types of contracts and of operations, which are typed by the
 * API for our own client and for the tests, and for the tests by each service's own contract as well.
 */
export async function makeTypes(report: (detail: string) => void): Promise<void> {
  await generateClients(report)
  const inTests = documentsIn(tests)
  const inClient = documentsIn(['deploy/local/src/*.ts'])
  for (const { schema, documents, out, nulls } of [
    { schema: api, documents: inClient, out: 'deploy/local/src/generated/operations.ts', nulls: true },
    { schema: api, documents: inTests, out: 'packages/harness/src/generated/api.ts', nulls: false },
    ...services.map(service => ({
      schema: `services/${service}/schema.graphql`,
      documents: inTests,
      out: `packages/harness/src/generated/${service}.ts`,
      nulls: false,
    })),
  ]) {
    const made = await makeOperationTypes({
      schemaFile: join(repositoryDir, schema),
      documents,
      outFile: join(repositoryDir, out),
      nulls,
    })
    if (made) report(`${out}: types of operations made`)
  }
}
