import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { driftOf, unsaidOf } from '@linghang/harness/schema-drift'
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
    'platform the models of %s are its tables as the migrations make them, all of them, with indexes and foreign keys',
    async name => {
      expect(await driftOf(name)).toEqual([])
    },
  )

  test('platform what models leave to migrations is found by its rule, and nothing else is', async () => {
    const unsaid = await unsaidOf('members')
    const becauseOf = (name: string) => unsaid.find(left => left.name === name)?.because.split(',')[0]
    expect(becauseOf('public_notice_open')).toBe('an index of some rows or of an expression')
    expect(becauseOf('member_org_id_county_id_fkey')).toBe('a foreign key to a table of several services')
    expect(becauseOf('audit_entry_of_county')).toBe('an index on a table of several services')
    // Of one service's own tables, and on a table that all of them have so: models say these.
    for (const said of ['member_by_phone', 'material_case_id_county_id_fkey', 'audit_entry_subject', 'org_node_path'])
      expect(becauseOf(said)).toBeUndefined()
  })
})
