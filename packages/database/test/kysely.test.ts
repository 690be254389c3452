import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Actor, systemActor } from '@linghang/access'
import { createDatabases, look } from '@linghang/harness/databases'
import { openClient } from '@linghang/harness/open-database'
import { surroundings } from '@linghang/harness/surroundings'
import { type ColumnType, type Expression, type Generated, type Kysely, sql } from 'kysely'
import { PrismaClient } from '../../../services/dues/prisma/client/client.ts'
import {
  anyOf,
  batchOf,
  columnName,
  excluded,
  insertBatch,
  isTaken,
  kyselyOf,
  sqlStateOf,
  stretchOf,
  stretchUnder,
} from '../src/index.ts'

const suffix = 'typed'

type Tables = {
  sample: {
    id: string
    countyId: string
    orgId: string
    code: string
    heldOn: string
    days: Generated<string[]>
    countedFen: bigint | null
    heldAt: ColumnType<Date, Date | undefined, Date>
    sealed: Uint8Array | null
    ids: Generated<string[]>
    names: Generated<string[]>
    doc: ColumnType<unknown, string, string> | null
    path: string | null
    step2: number | null
  }
}

const table = `
create table sample (
  id uuid primary key, county_id uuid not null, org_id uuid not null, code text not null,
  held_on date not null, days date[] not null default '{}', counted_fen bigint, held_at timestamptz not null default now(),
  sealed bytea, ids uuid[] not null default '{}', names text[] not null default '{}', doc jsonb, path ltree, step2 int,
  constraint sample_code unique (county_id, code)
);
grant select, insert, update, delete on sample to linghang_county;
grant select, insert, update on sample to linghang_scoped;
call app.protect('sample');
create policy county_delete on sample for delete to linghang_county using (county_id = (select app.county()));
create policy scoped_read on sample for select to linghang_scoped using (org_id = any ((select app.visible_orgs())::uuid[]));
`

const open = () => openClient(['dues', suffix], adapter => new PrismaClient({ adapter, errorFormat: 'minimal' }))

let database: Awaited<ReturnType<typeof open>>
beforeAll(async () => {
  await createDatabases(surroundings(), ['dues'], suffix)
  await look('dues', table, [], suffix)
  // Another zone by default: what the pool says must hold.
  await look('dues', `alter role linghang_login in database dues_${suffix} set timezone to 'Asia/Shanghai'`, [], suffix)
  database = await open()
})
afterAll(() => database?.close())

/** Runs as an actor, in one transaction. */
const as = <T>(actor: Actor, run: (db: Kysely<Tables>) => Promise<T>): Promise<T> =>
  database.transact(actor, tx => run(kyselyOf<Tables>(tx)))

const newRow = (countyId: string, code: string, more: object = {}) => ({
  ...{ id: randomUUID(), countyId, orgId: randomUUID(), code, heldOn: '2026-02-28' },
  ...more,
})

const failing = (run: Promise<unknown>): Promise<unknown> =>
  run.then(
    () => undefined,
    error => error,
  )

describe('typed SQL in a transaction of Prisma', () => {
  test('platform rows come as what their columns are, and go in so', async () => {
    const county = systemActor(randomUUID())
    const [one, two] = [randomUUID(), randomUUID()]
    const row = {
      ...newRow(county.countyId, 'whole'),
      days: ['2024-02-29', '2026-12-31'],
      countedFen: 9_007_199_254_740_993n,
      heldAt: new Date('2026-01-31T18:30:00.250Z'),
      sealed: new Uint8Array([0, 255, 7]),
      ids: [one, two],
      names: ['张三', 'a,"b"', ''],
      doc: JSON.stringify({ heldOn: '2026-02-28', prisma__type: 'date', list: [1, { isIt: true }] }),
      path: 'a.b',
      step2: 2,
    }
    await as(county, db => db.insertInto('sample').values(row).execute())
    const read = await as(county, db =>
      db.selectFrom('sample').selectAll().where('id', '=', row.id).executeTakeFirstOrThrow(),
    )
    expect(read).toEqual({ ...row, doc: JSON.parse(row.doc) })
    const stored = await look(
      'dues',
      `select held_on::text, (held_at at time zone 'UTC')::text as held_at from sample where id = $1`,
      [row.id],
      suffix,
    )
    expect(stored).toEqual([{ held_on: '2026-02-28', held_at: '2026-01-31 18:30:00.25' }])
  })

  test('platform a day is compared, ordered and reckoned as a day, an instant as an instant', async () => {
    const county = systemActor(randomUUID())
    const days = ['2026-03-01', '2024-02-29', '2026-02-28']
    const found = await as(county, async db => {
      const rows = days.map(heldOn => ({
        ...newRow(county.countyId, heldOn),
        heldOn,
        heldAt: new Date(`${heldOn}T00:00:00Z`),
      }))
      await db.insertInto('sample').values(rows).execute()
      return {
        until: await db
          .selectFrom('sample')
          .select('heldOn')
          .where('heldOn', '<=', '2026-02-28')
          .orderBy('heldOn')
          .execute(),
        last: await db
          .selectFrom('sample')
          .select(({ fn }) => [fn.max('heldOn').as('heldOn'), fn.countAll<bigint>().as('count')])
          .executeTakeFirstOrThrow(),
        at: await db
          .selectFrom('sample')
          .select('code')
          .where('heldAt', '=', new Date('2026-03-01T00:00:00Z'))
          .execute(),
        next: await db
          .selectFrom('sample')
          .select(sql<string>`(held_on + 1)`.as('next'))
          .where('heldOn', '=', '2024-02-29')
          .execute(),
      }
    })
    expect(found).toEqual({
      until: [{ heldOn: '2024-02-29' }, { heldOn: '2026-02-28' }],
      last: { heldOn: '2026-03-01', count: 3n },
      at: [{ code: '2026-03-01' }],
      next: [{ next: '2024-03-01' }],
    })
  })

  test('platform writes tell how many rows they wrote, or return them', async () => {
    const county = systemActor(randomUUID())
    const row = newRow(county.countyId, 'one')
    const told = await as(county, async db => {
      const insert = db.insertInto('sample').values([row, newRow(county.countyId, 'two')])
      const update = db.updateTable('sample').set({ countedFen: 5n })
      const remove = db.deleteFrom('sample')
      return {
        inserted: (await insert.executeTakeFirstOrThrow()).numInsertedOrUpdatedRows,
        nothing: (await insert.onConflict(found => found.doNothing()).executeTakeFirstOrThrow())
          .numInsertedOrUpdatedRows,
        updated: (await update.executeTakeFirstOrThrow()).numUpdatedRows,
        missed: (await update.where('code', '=', 'none').executeTakeFirstOrThrow()).numUpdatedRows,
        returned: await update.where('code', '=', 'one').returning(['id', 'countedFen', 'heldOn']).execute(),
        upserted: await db
          .insertInto('sample')
          .values({ ...row, id: randomUUID(), heldOn: '2026-05-01' })
          .onConflict(found =>
            found.constraint('sample_code').doUpdateSet(({ ref }) => ({ heldOn: ref('excluded.heldOn') })),
          )
          .returning(['id', 'heldOn'])
          .execute(),
        deleted: await remove.where('code', '=', 'two').returning('code').execute(),
        cleared: (await remove.executeTakeFirstOrThrow()).numDeletedRows,
      }
    })
    expect(told).toEqual({
      inserted: 2n,
      nothing: 0n,
      updated: 2n,
      missed: 0n,
      returned: [{ id: row.id, countedFen: 5n, heldOn: '2026-02-28' }],
      upserted: [{ id: row.id, heldOn: '2026-05-01' }],
      deleted: [{ code: 'two' }],
      cleared: 1n,
    })
  })

  test('platform a batch is one statement of one text: written, joined, asked for by a list', async () => {
    const county = systemActor(randomUUID())
    const keys = ['code', 'heldOn', 'days', 'countedFen', 'heldAt', 'sealed', 'ids', 'names', 'doc', 'step2'] as const
    const all = ['id', 'countyId', 'orgId', ...keys] as const
    const rows = [1n, null, 9_007_199_254_740_993n].map((countedFen, n) => ({
      ...newRow(county.countyId, `batch-${n}`),
      ...{ countedFen, sealed: new Uint8Array([n, 255]), step2: n, heldAt: new Date('2026-01-31T18:30:00.250Z') },
      ...{ days: ['2024-02-29'], ids: [randomUUID()], names: ['张三', 'a,"b"'], doc: { heldOn: [n] } },
      unknown: 'stays behind',
    }))
    const changed = rows.map(row => ({ ...row, code: `${row.code}-changed`, doc: null }))
    const read = await as(county, async db => {
      await insertBatch(db, 'sample', all, rows).execute()
      const whole = await db.selectFrom('sample').select(all).orderBy('code').execute()
      const listed = (codes: string[]) =>
        db.selectFrom('sample').select('code').where('code', '=', anyOf(codes, 'text')).orderBy('code').execute()
      const two = await listed(['batch-2', 'batch-0', 'none'])
      const none = await listed([])
      const { numInsertedOrUpdatedRows } = await insertBatch(db, 'sample', all, []).executeTakeFirstOrThrow()
      const joined = await db
        .selectFrom('sample')
        .innerJoin(batchOf('sample', changed), 'batch.id', 'sample.id')
        .select(['sample.code as before', 'batch.code as after'])
        .orderBy('before')
        .execute()
      const met = await insertBatch(db, 'sample', all, changed)
        .onConflict(found =>
          found
            .column('id')
            .doUpdateSet(excluded(['code', 'doc']))
            .whereRef('excluded.step2', '>', 'sample.step2'),
        )
        .returning('code')
        .execute()
      const overwritten = await insertBatch(db, 'sample', all, changed.slice(1))
        .onConflict(found => found.column('id').doUpdateSet(excluded(['code', 'doc'])))
        .returning(['code', 'doc', 'days'])
        .execute()
      return { whole, two, none, numInsertedOrUpdatedRows, joined, met, overwritten }
    })
    expect(read).toEqual({
      whole: rows.map(({ unknown, ...row }) => row),
      two: [{ code: 'batch-0' }, { code: 'batch-2' }],
      none: [],
      numInsertedOrUpdatedRows: 0n,
      joined: rows.map(({ code }) => ({ before: code, after: `${code}-changed` })),
      met: [],
      overwritten: rows.slice(1).map(({ code, days }) => ({ code: `${code}-changed`, doc: null, days })),
    })
  })

  test('platform a stretch of a list is read, of one and under each of many, onwards and backwards', async () => {
    const county = systemActor(randomUUID())
    const [one, two, none] = [randomUUID(), randomUUID(), randomUUID()]
    const held = (orgId: string, heldOn: string, code: string) => newRow(county.countyId, code, { orgId, heldOn })
    const rows = [
      ...['2026-01-01', '2026-01-01', '2026-02-01', '2026-03-01'].map((day, n) => held(one, day, `one-${n}`)),
      held(two, '2026-01-01', 'two-0'),
    ]
    const order = { by: ['heldOn', 'code'], descending: true } as const
    const read = await as(county, async db => {
      await db.insertInto('sample').values(rows).execute()
      const list = db.selectFrom('sample').select(['code', 'heldOn'])
      const codes = async (from: string[] | null, backwards: boolean) => {
        const listOf = (orgId: Expression<string>) => list.where('orgId', '=', orgId)
        const under = await stretchUnder(db, [one, two, none], listOf, { size: 1, from, backwards }, order)
        return [one, two, none].map(id => under.get(id)?.map(({ code }) => code))
      }
      return {
        first: await codes(null, false),
        next: await codes(['2026-02-01', 'one-2'], false),
        before: await codes(['2026-01-01', 'one-1'], true),
        whole: (await stretchOf(list, { size: 9, from: ['2026-01-01', 'two-0'], backwards: false }, order).execute(db))
          .rows,
      }
    })
    expect(read).toEqual({
      first: [['one-3', 'one-2'], ['two-0'], []],
      next: [['one-1', 'one-0'], ['two-0'], []],
      before: [['one-2', 'one-3'], ['two-0'], []],
      whole: [
        { code: 'one-1', heldOn: '2026-01-01' },
        { code: 'one-0', heldOn: '2026-01-01' },
      ],
    })
  })

  test('platform keys of a batch become columns as Kysely makes them', async () => {
    await as(systemActor(randomUUID()), async db => {
      for (const key of ['id', 'countyId', 'heldOn', 'step2', 'a1B2', 'orgID', 'idNumberHash'])
        expect(sql`${sql.ref(key)}`.compile(db).sql).toBe(`"${columnName(key)}"`)
    })
  })

  test("platform one transaction is Kysely's and the models' alike, rolled back whole", async () => {
    const county = systemActor(randomUUID())
    const memberId = randomUUID()
    const record = {
      ...{ memberId, countyId: county.countyId, orgId: randomUUID(), kind: 'FULL', owes: true },
      ...{ complete: false, version: 1n, owesSince: new Date('2024-02-29'), knownOn: new Date('2024-02-29') },
    }
    const broken = database.transact(county, async tx => {
      await tx.duesRecord.create({ data: record })
      await kyselyOf<Tables>(tx).insertInto('sample').values(newRow(county.countyId, 'with')).execute()
      expect(await kyselyOf<Tables>(tx).selectFrom('sample').select('code').execute()).toEqual([{ code: 'with' }])
      throw new Error('broken off')
    })
    await expect(broken).rejects.toThrow('broken off')
    const left = await database.transact(county, async tx => [
      ...(await kyselyOf<Tables>(tx).selectFrom('sample').select('code').execute()),
      ...(await tx.duesRecord.findMany()),
    ])
    expect(left).toEqual([])
  })

  test('platform models read, compare and order dates as they do without text', async () => {
    const county = systemActor(randomUUID())
    const at = (day: string) => new Date(`${day}T00:00:00.000Z`)
    const days = [at('2026-01-01'), at('2024-02-29'), null]
    await database.transact(county, async tx => {
      const place = { countyId: county.countyId, orgId: randomUUID() }
      const rest = { kind: 'FULL', owes: true, complete: true, version: 1n, knownOn: at('2024-02-29') }
      for (const owesSince of days)
        await tx.duesRecord.create({ data: { ...place, ...rest, memberId: randomUUID(), owesSince } })
      const { countyId } = place
      const read = await tx.duesRecord.findMany({ where: { countyId }, orderBy: { owesSince: 'asc' } })
      expect(read.map(record => record.owesSince)).toEqual([at('2024-02-29'), at('2026-01-01'), null])
      const since = { countyId, owesSince: { gte: at('2024-03-01') } }
      expect((await tx.duesRecord.findMany({ where: since })).map(record => record.owesSince)).toEqual([
        at('2026-01-01'),
      ])
      const { _max } = await tx.duesRecord.aggregate({ where: { countyId }, _max: { owesSince: true } })
      expect(_max.owesSince).toEqual(at('2026-01-01'))
    })
  })

  test('platform transactions and savepoints are not opened from within, nor is anything streamed', async () => {
    const county = systemActor(randomUUID())
    await as(county, async db => {
      await expect(db.transaction().execute(async () => undefined)).rejects.toThrow('where it was opened')
      await expect(db.startTransaction().execute()).rejects.toThrow('where it was opened')
      const stream = db.selectFrom('sample').selectAll().stream()
      await expect(stream.next()).rejects.toThrow('read whole')
    })
  })

  test('platform row-level security holds: nothing without a context, nothing of another county', async () => {
    const [here, there] = [systemActor(randomUUID()), systemActor(randomUUID())]
    const row = newRow(here.countyId, 'mine')
    await as(here, db => db.insertInto('sample').values(row).execute())
    expect(await as(there, db => db.selectFrom('sample').selectAll().execute())).toEqual([])
    const updated = await as(there, db => db.updateTable('sample').set({ step2: 1 }).executeTakeFirstOrThrow())
    expect(updated.numUpdatedRows).toBe(0n)
    const foreign = await failing(
      as(there, db => db.insertInto('sample').values(newRow(here.countyId, 'theirs')).execute()),
    )
    expect([sqlStateOf(foreign), isTaken(foreign)]).toEqual(['42501', false])
    const bare = await failing(kyselyOf<Tables>(database.prisma).selectFrom('sample').selectAll().execute())
    expect(sqlStateOf(bare)).toBe('42501')
    const unset = database.prisma.$transaction(tx => kyselyOf<Tables>(tx).selectFrom('sample').selectAll().execute())
    expect(sqlStateOf(await failing(unset))).toBe('42501')
  })

  test('platform a key that is taken is known as such, through Kysely and through models', async () => {
    const county = systemActor(randomUUID())
    const row = newRow(county.countyId, 'taken')
    await as(county, db => db.insertInto('sample').values(row).execute())
    const again = await failing(
      as(county, db =>
        db
          .insertInto('sample')
          .values({ ...row, id: randomUUID() })
          .execute(),
      ),
    )
    expect(isTaken(again)).toBe(true)
    const record = {
      ...{ memberId: randomUUID(), countyId: county.countyId, orgId: randomUUID(), kind: 'FULL' },
      ...{ owes: true, complete: true, version: 1n, knownOn: new Date('2024-02-29') },
    }
    const create = () => database.transact(county, tx => tx.duesRecord.create({ data: record }))
    await create()
    expect(isTaken(await failing(create()))).toBe(true)
    expect(isTaken(await failing(as(county, db => sql`select 1 / 0`.execute(db))))).toBe(false)
  })

  test('platform many actors at once on a small pool never see each other', async () => {
    const counties = [systemActor(randomUUID()), systemActor(randomUUID())]
    const rounds = await Promise.all(
      Array.from({ length: 60 }, async (_, n) => {
        const county = counties[n % 2]!
        return as(county, async db => {
          await db
            .insertInto('sample')
            .values(newRow(county.countyId, `${n}`))
            .execute()
          const rows = await db.selectFrom('sample').select('countyId').execute()
          return rows.every(({ countyId }) => countyId === county.countyId)
        })
      }),
    )
    expect(rounds).not.toContain(false)
  })
})
