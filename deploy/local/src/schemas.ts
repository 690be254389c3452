import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { serviceDir, services } from '@linghang/migrations'
import { bundleSchema } from '@linghang/subgraph/bundle-schema'
import { makeTypes } from './made-types.ts'

for (const service of services)
  writeFileSync(join(serviceDir(service), 'schema.graphql'), bundleSchema(serviceDir(service)))
await makeTypes(detail => console.error(detail))
