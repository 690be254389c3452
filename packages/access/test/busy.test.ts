import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { createTransact, type RawTx, systemActor } from '@linghang/access'
import { createAdapter, createPool, type Pool } from '@linghang/database'
import { createDatabases, databaseUrl, look } from '@linghang/harness/databases'
import { surroundings } from '@linghang/harness/surroundings'
import { PrismaClient } from '../../../services/dues/prisma/client/client.ts'

jest.setTimeout(60_000)

const suffix = 'busy'
let pool: Pool
let prisma: PrismaClient
beforeAll(async () => {
  const at = surroundings()
  await createDatabases(at, ['dues'], suffix)
  pool = createPool(databaseUrl(at, 'dues', suffix), { max: 2, applicationName: suffix })
  prisma = new PrismaClient({ adapter: createAdapter(pool) })
})
afterAll(async () => {
  await prisma?.$disconnect()
  await pool?.end()
})

const lock = (tx: RawTx, key: number) => tx.$queryRawUnsafe(`select pg_advisory_xact_lock(${key})::text`)
const write = (tx: RawTx, id: string) =>
  tx.$executeRawUnsafe(
    `insert into audit_entry (id, county_id, action, subject_type, subject_id) values (uuidv7(), app.county(), 'tried', 'Try', $1)`,
    id,
  )
/** How many rows of a try are there. */
const written = async (id: string) =>
  (await look('dues', 'select count(*)::int as n from audit_entry where subject_id = $1', [id], suffix))[0].n

describe('platform what finds no room in the database', () => {
  const transact = () => createTransact<RawTx>(prisma)
  const actor = systemActor(randomUUID())

  test('platform is told that it is busy, and has written nothing, when no connection is free in time', async () => {
    const { promise: ended, resolve: end } = Promise.withResolvers<void>()
    const holding = Array.from({ length: 2 }, () => transact()(actor, () => ended))
    const id = randomUUID()
    const begun = jest.fn()
    await expect(
      transact()(actor, async tx => {
        begun()
        await write(tx, id)
      }),
    ).rejects.toMatchObject({ name: 'Busy' })
    end()
    await Promise.all(holding)
    expect([begun.mock.calls.length, await written(id)]).toEqual([0, 0])
  })

  test('platform the same when it waits for a lock for longer than it may last', async () => {
    const { promise: ended, resolve: end } = Promise.withResolvers<void>()
    const { promise: locked, resolve: hasLock } = Promise.withResolvers<void>()
    const holding = transact()(actor, async tx => {
      await lock(tx, 1)
      hasLock()
      await ended
    })
    await locked
    const id = randomUUID()
    const waiting = transact()(
      actor,
      async tx => {
        await write(tx, id)
        await lock(tx, 1)
        await write(tx, id)
      },
      { timeoutMs: 200 },
    )
    setTimeout(end, 600)
    await expect(waiting).rejects.toMatchObject({ name: 'Busy' })
    await holding
    expect(await written(id)).toBe(0)
  })

  test('platform and when two wait for each other: one is undone, the other done', async () => {
    const id = randomUUID()
    const { promise: both, resolve: bothAreThere } = Promise.withResolvers<void>()
    let there = 0
    const tried = await Promise.allSettled(
      [
        [2, 3],
        [3, 2],
      ].map(([first = 0, second = 0]) =>
        transact()(actor, async tx => {
          await lock(tx, first)
          if (++there === 2) bothAreThere()
          await both
          await lock(tx, second)
          await write(tx, id)
        }),
      ),
    )
    expect(tried.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(tried.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { name: 'Busy' } })
    expect(await written(id)).toBe(1)
  })

  test('platform what is wrong stays what it is', async () => {
    await expect(transact()(actor, tx => tx.$queryRawUnsafe('select 1 / 0'))).rejects.not.toMatchObject({
      name: 'Busy',
    })
  })
})
