import { randomBytes, randomUUID } from 'node:crypto'
import { createPerform, type RawTx, supervision, systemActor } from '@linghang/access'
import { look } from '@linghang/harness/databases'
import { openDatabase } from '@linghang/harness/open-database'
import { createSealing } from '@linghang/sealing'
import { createContexts, createCursors } from '@linghang/subgraph'
import { createImport, importById, receiveFile, startImportWorker } from '../src/imports/index.ts'
import { leaseStore } from '../src/imports/lease-store.ts'
import type { Roster } from '../src/index.ts'

export type Names = Roster<'name', RawTx>

/** A roster of names that takes every row, and writes down who has taken it. */
export const namesTakenBy = (worker: string): Names => ({
  subject: 'Member',
  columns: [{ key: 'name', header: '姓名', required: true }],
  begin: async () => ({
    judge: async rows => ({
      findings: [],
      staged: rows.map(({ line, cells }) => ({ line, record: { name: cells.name } })),
    }),
    finish: async () => ({ findings: [], staged: [] }),
    foresee: async () => ({ added: 0, changed: 0, unchanged: 0 }),
    missing: async () => [],
  }),
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

/** Imports in a database of their own, without a service: who asks for them, and workers to be started. */
export async function openImports(suffix: string) {
  const database = await openDatabase('members', suffix)
  const inside = (sql: string, values: unknown[] = []) => look('members', sql, values, suffix)
  await inside(
    'drop table if exists taken; create table taken (n int, worker text); grant select, insert on taken to linghang_county',
  )
  const { transact, asService } = database
  const sealing = createSealing(transact, { current: 'k', keys: { k: randomBytes(32).toString('base64') } })
  const perform = createPerform(
    transact,
    { supervision, now: () => new Date(), newId: randomUUID },
    async ({ countyId }) => ({
      seal: await sealing.opened(countyId),
    }),
  )
  const contextOf = createContexts(
    perform,
    createCursors(() => ['not asked for a second page']),
    () => new Date(),
  )
  const admin = {
    ...systemActor(randomUUID()),
    kind: 'PERSON' as const,
    accountId: randomUUID(),
    grants: [{ role: 'ADMIN' as const, orgId: null }],
  }
  const asker = () => contextOf({ actor: admin, language: 'en' })
  return {
    asker,
    inside,
    close: database.close,
    /** @returns the id of an import that has this file */
    async upload(csv: string): Promise<string> {
      const id = await asker().run(createImport, { orgId: null, fileName: 'names.csv' }, null)
      await receiveFile(asker(), id, inOnePart(csv))
      return id
    },
    found: (id: string) => asker().load(importById, id),
    /** What a worker would take up now. */
    claim: () => asService(tx => leaseStore.claim(tx, Number.MAX_SAFE_INTEGER)),
    countyId: admin.countyId,
    /** As if fifteen seconds had passed in silence. */
    letLeaseRunOut: (id: string) =>
      inside(`update roster_import set lease_until = now() - interval '1 second' where id = $1`, [id]),
    /** @param warned told of each warning */
    startWorker: (roster: Names, warned: (message: string) => void = () => undefined) =>
      startImportWorker({
        roster,
        transact,
        asService,
        sealing,
        today: () => '2026-11-22',
        log: { info: () => undefined, warn: (_, message) => warned(message) },
      }),
  }
}

async function* inOnePart(text: string) {
  yield Buffer.from(text)
}
