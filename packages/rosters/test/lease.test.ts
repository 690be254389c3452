import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { createPerform, type RawTx, supervision, systemActor } from '@linghang/access'
import { createSealing } from '@linghang/sealing'
import { createContexts, createCursors } from '@linghang/subgraph'
import { look } from '../../../tests/harness/databases.ts'
import { openDatabase } from '../../../tests/harness/open-database.ts'
import { until } from '../../../tests/harness/until.ts'
import { commitImport, createImport, importById, type Roster, receiveFile, startImportWorker } from '../src/index.ts'

jest.setTimeout(120_000)

const suffix = 'lease'
const rowCount = 2_500
const quiet = { info: () => undefined, warn: () => undefined }

let database: Awaited<ReturnType<typeof openDatabase>>
beforeAll(async () => {
  database = await openDatabase('members', suffix)
  await look(
    'members',
    'drop table if exists taken; create table taken (n int, worker text); grant select, insert on taken to linghang_county',
    [],
    suffix,
  )
})
afterAll(() => database?.close())

/** A roster of names; `pause` is awaited before each batch is judged and each chunk is taken over. */
const rosterOf = (
  worker: string,
  pause: (step: 'judge' | 'between', n: number) => Promise<void>,
): Roster<'name', RawTx> => ({
  subject: 'Member',
  columns: [{ key: 'name', header: '姓名', required: true }],
  async begin() {
    let batches = 0
    return {
      async judge(rows) {
        await pause('judge', batches++)
        return { findings: [], staged: rows.map(({ line, cells }) => ({ line, record: { name: cells.name } })) }
      },
      finish: async () => ({ findings: [], staged: [] }),
      foresee: async () => ({ added: 0, changed: 0, unchanged: 0 }),
      missing: async () => [],
    }
  },
  refusals: async () => [],
  async takeOver(tx, scope, after, limit) {
    const taken = await tx.$executeRawUnsafe(
      'insert into taken (n, worker) select n, $3 from roster_row where import_id = $1::uuid and n > $2 and n <= $2 + $4',
      scope.id,
      after,
      worker,
      limit,
    )
    return { taken, through: after + limit, added: taken, changed: 0, unchanged: 0, refused: 0 }
  },
})

const sealing = () =>
  createSealing(database.transact, { current: 'k', keys: { k: randomBytes(32).toString('base64') } })

function startWorker(
  name: string,
  shared: ReturnType<typeof sealing>,
  pause: (step: 'judge' | 'between', n: number) => Promise<void>,
) {
  const { transact, asService } = database
  return startImportWorker({
    roster: rosterOf(name, pause),
    transact,
    asService,
    sealing: shared,
    today: () => '2026-11-22',
    log: quiet,
  })
}

describe('platform two workers never write one import', () => {
  test('platform a worker that was away too long finds its lease gone, lets go, and the numbers are exact', async () => {
    const shared = sealing()
    const perform = createPerform(
      database.transact,
      { supervision, now: () => new Date(), newId: randomUUID },
      async ({ countyId }) => ({ seal: await shared.opened(countyId) }),
    )
    const contextOf = createContexts(perform, createCursors('not asked for a second page'), () => new Date())
    const admin = {
      ...systemActor(randomUUID()),
      kind: 'PERSON' as const,
      accountId: randomUUID(),
      grants: [{ role: 'ADMIN' as const, orgId: null }],
    }
    const asker = () => contextOf({ actor: admin, language: 'en' })
    const id = await asker().run(createImport, { orgId: null, fileName: 'names.csv' }, null)
    const csv = `姓名,学历\n${Array.from({ length: rowCount }, (_, i) => `某${i},大学\n`).join('')}`
    async function* stream() {
      yield Buffer.from(csv)
    }
    await receiveFile(asker(), id, stream())

    let isAway = false
    let comeBack = () => {}
    const away = new Promise<void>(resolve => {
      comeBack = resolve
    })
    const slow = startWorker('slow', shared, async (_, n) => {
      if (n !== 1) return
      isAway = true
      await away
    })
    await asker().run(commitImport, { id, mode: 'VALID' }, null)
    await until(() => isAway)
    // As if fifteen seconds had passed in silence.
    await look(
      'members',
      `update roster_import set lease_until = now() - interval '1 second' where id = $1`,
      [id],
      suffix,
    )
    const quick = startWorker('quick', shared, async () => undefined)
    const state = async () => asker().load(importById, id)
    const counted = async () =>
      (
        await look(
          'members',
          'select count(*)::int as rows, count(distinct n)::int as different from taken',
          [],
          suffix,
        )
      )[0]
    await until(async () => (await state())?.state === 'COMMITTED', 30_000)
    // Whoever took it over has taken all of it; what the one that was away may still do is to write a second time.
    expect(await counted()).toEqual({ rows: rowCount, different: rowCount })
    comeBack()
    await Promise.all([slow.stop(), quick.stop()])
    expect(await state()).toMatchObject({
      state: 'COMMITTED',
      rowsTotal: rowCount,
      rowsValid: rowCount,
      rowsDone: rowCount,
      added: rowCount,
    })
    expect(await counted()).toEqual({ rows: rowCount, different: rowCount })
    const [staged] = await look(
      'members',
      'select count(*)::int as n from roster_row where import_id = $1',
      [id],
      suffix,
    )
    expect(staged.n).toBe(0)
  })
})
