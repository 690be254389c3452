import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { bundleSchema } from '@linghang/subgraph/bundle-schema'
import { driftOf } from '../../../tests/harness/schema-drift.ts'

const service = join(import.meta.dirname, '..')

describe('platform what assessment has committed agrees with itself', () => {
  test('platform schema.graphql is made from the rooms of assessment', () => {
    const committed = readFileSync(join(service, 'schema.graphql'), 'utf8')
    const repair = 'run: npm run schemas'
    expect({ committed, repair }).toEqual({ committed: bundleSchema(service), repair })
  })

  test('platform the models of assessment are its tables as the migrations make them, all of them', async () => {
    expect(await driftOf('assessment')).toEqual([])
  })
})
