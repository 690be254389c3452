import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { driftOf } from '@linghang/harness/schema-drift'
import { serviceNames } from '@linghang/harness/surroundings'
import { bundleSchema } from '../src/bundle-schema.ts'

const services = join(import.meta.dirname, '../../../services')

describe('platform what a service has committed agrees with itself', () => {
  test('platform every folder of services is known as one', () => {
    expect(readdirSync(services).toSorted()).toEqual(serviceNames.toSorted())
  })

  test.each(serviceNames)('platform schema.graphql is made from the rooms of %s', name => {
    const service = join(services, name)
    const committed = readFileSync(join(service, 'schema.graphql'), 'utf8')
    const repair = 'run: npm run schemas'
    expect({ committed, repair }).toEqual({ committed: bundleSchema(service), repair })
  })

  test.each(serviceNames)(
    'platform the models of %s are its tables as the migrations make them, all of them',
    async name => {
      expect(await driftOf(name)).toEqual([])
    },
  )
})
