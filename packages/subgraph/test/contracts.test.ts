import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { driftOf } from '@linghang/harness/schema-drift'
import { type ServiceName, serviceDir, services } from '@linghang/migrations'
import { bundleSchema } from '../src/bundle-schema.ts'

/** The names that the compiler knows, each once. */
const known: Record<ServiceName, true> = { assessment: true, dues: true, members: true, org: true, workflows: true }

describe('platform what a service has committed agrees with itself', () => {
  test('platform every folder of services is known as one', () => {
    expect(services).toEqual(Object.keys(known))
    expect(readdirSync(join(import.meta.dirname, '../../../services')).toSorted()).toEqual(services)
  })

  test.each(services)('platform schema.graphql is made from the rooms of %s', name => {
    const service = serviceDir(name)
    const committed = readFileSync(join(service, 'schema.graphql'), 'utf8')
    const repair = 'run: npm run schemas'
    expect({ committed, repair }).toEqual({ committed: bundleSchema(service), repair })
  })

  test.each(services)(
    'platform the models of %s are its tables as the migrations make them, all of them',
    async name => {
      expect(await driftOf(name)).toEqual([])
    },
  )
})
