import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { createPool } from '@linghang/database'
import { type RunningServer, startPgbouncer } from '@linghang/devstack'
import { createAsk, dataOf } from '@linghang/harness/ask'
import { createCounty, seedTwoCommittees } from '@linghang/harness/county'
import { databaseUrl, look } from '@linghang/harness/databases'
import { startService } from '@linghang/harness/start-service'
import { surroundings } from '@linghang/harness/surroundings'
import { until } from '@linghang/harness/until'

jest.setTimeout(180_000)

let stateDir: string
let pooler: RunningServer
let direct: string
let pooled: string
beforeAll(async () => {
  const at = surroundings()
  stateDir = await mkdtemp(join(tmpdir(), 'linghang-pooler-'))
  direct = databaseUrl(at, 'org')
  const users = { linghang_login: at.loginPassword }
  const postgresPort = Number(new URL(direct).port)
  pooler = await startPgbouncer({ stateDir, postgresPort, mode: 'transaction', users, report: () => undefined })
  const url = new URL(direct)
  url.port = `${pooler.port}`
  pooled = url.href
})
afterAll(async () => {
  await pooler?.stop()
  if (stateDir) await rm(stateDir, { recursive: true, force: true })
})

const document = `mutation ($id: ID!, $name: String!, $key: String!) {
  changeOrganisation(input: { id: $id, name: $name, idempotencyKey: $key }) { organisation { name } } }`

describe('platform PgBouncer in transaction mode before PostgreSQL', () => {
  test('platform a service whose outbox has an address of its own reads, writes and tells others through it', async () => {
    const org = await startService('org', { env: { DATABASE_URL: pooled, DATABASE_DIRECT_URL: direct } })
    try {
      const county = await createCounty()
      await seedTwoCommittees(county)
      const ask = createAsk(org.url)
      const read = '{ organisations(first: 2) { nodes { id name } } }'
      // Often enough for a statement to be kept under a name, were it kept; by more askers than there are sessions.
      for (let round = 0; round < 10; round++)
        for (const answer of await Promise.all(Array.from({ length: 30 }, () => ask(county.admin, read))))
          expect(dataOf(answer).organisations.nodes).toHaveLength(2)
      const { id } = dataOf(await ask(county.admin, read)).organisations.nodes[0]
      const key = randomUUID()
      const written = await Promise.all(
        Array.from({ length: 5 }, () => ask(county.admin, document, { id, key, name: '改过的名称' })),
      )
      // Five times with one key: done once, answered alike, as without a pooler.
      for (const answer of written) expect(dataOf(answer).changeOrganisation.organisation.name).toBe('改过的名称')
      await until(
        async () => (await look('org', 'select from outbox_event where county_id = $1', [county.id])).length === 0,
        30_000,
        'the outbox is empty',
      )
    } finally {
      await org.stop()
    }
  })

  test('platform with that address alone it is refused at the start', async () => {
    await expect(startService('org', { env: { DATABASE_URL: pooled } })).rejects.toThrow(/DATABASE_DIRECT_URL/)
  })

  test('platform instants are UTC and statements have no names, whichever session is lent', async () => {
    const pool = createPool(pooled, { max: 10, applicationName: 'pooler-test', keep: { most: 0 } })
    try {
      const zones = await Promise.all(
        Array.from(
          { length: 20 },
          async (_, n) => (await pool.query(`select current_setting('timezone') as zone, ${n}`)).rows[0].zone,
        ),
      )
      expect(new Set(zones)).toEqual(new Set(['UTC']))
    } finally {
      await pool.end()
    }
  })
})
