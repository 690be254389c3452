import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, createTransact, type RawTx, systemActor, writeOrgNodes } from '@linghang/access'
import { createAdapter, createPool, type Pool, sqlOf } from '@linghang/database'
import { createDatabases, databaseUrl } from '@linghang/harness/databases'
import { surroundings } from '@linghang/harness/surroundings'
import { PrismaClient } from '../../../services/dues/prisma/client/client.ts'

jest.setTimeout(60_000)

let pool: Pool
let prisma: PrismaClient
beforeAll(async () => {
  const at = surroundings()
  await createDatabases(at, ['dues'], 'kept')
  pool = createPool(databaseUrl(at, 'dues', 'kept'), { max: 1, applicationName: 'kept', keep: { after: 0 } })
  prisma = new PrismaClient({ adapter: createAdapter(pool) })
})
afterAll(async () => {
  await prisma?.$disconnect()
  await pool?.end()
})

describe('platform a statement that one connection keeps', () => {
  test('platform shows whoever asks what is theirs, whoever asked before', async () => {
    const transact = createTransact<RawTx>(prisma)
    const openCounty = async () => {
      const [actor, committee, branch] = [systemActor(randomUUID()), randomUUID(), randomUUID()] as const
      const node = { countyId: actor.countyId, name: '党组织', unitKind: null, approves: null, version: 1 }
      await transact(actor, tx =>
        writeOrgNodes(tx, [
          { ...node, id: committee, superiorId: null, code: '1', kind: 'COMMITTEE' },
          { ...node, id: branch, superiorId: committee, code: '2', kind: 'BRANCH' },
        ]),
      )
      const secretary: Actor = {
        ...{ ...actor, kind: 'PERSON', accountId: randomUUID() },
        grants: [{ role: 'SECRETARY', orgId: branch }],
      }
      return { whole: actor, secretary, both: [committee, branch].toSorted(), branch }
    }
    const [one, other] = [await openCounty(), await openCounty()]
    const seenBy = (actor: Actor) =>
      transact(actor, async tx =>
        (await sqlOf(tx).selectFrom('orgNode').select('id').orderBy('id').execute()).map(({ id }) => id),
      )
    // Behind the fifth time PostgreSQL may keep one plan for all.
    for (let round = 1; round <= 8; round++) {
      expect(await seenBy(one.whole)).toEqual(one.both)
      expect(await seenBy(one.secretary)).toEqual([one.branch])
      expect(await seenBy(other.secretary)).toEqual([other.branch])
      expect(await seenBy(other.whole)).toEqual(other.both)
    }
    const { rows } = await pool.query('select count(*)::int as n from pg_prepared_statements')
    expect(rows[0].n).toBeGreaterThan(0)
  })
})
