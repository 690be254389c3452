import { beforeAll, describe, expect, test } from '@jest/globals'
import { createCounty, seedTwoCommittees, type County } from '../../../tests/harness/county.ts'

describe('smoke', () => {
  let county: County
  beforeAll(async () => { county = await createCounty() })
  test('platform seeds', async () => {
    const t = await seedTwoCommittees(county)
    expect(t.a1.id).toMatch(/^Organisation:/)
  }, 60000)
})
