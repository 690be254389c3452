import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { systemActor } from '@linghang/access'
import { openClient } from '@linghang/harness/open-database'
import { PrismaClient } from '../prisma/client/client.ts'
import type { recordOf } from '../src/billing/records/dues-record.ts'
import { recordStore } from '../src/billing/records/store.ts'

const open = () => openClient(['dues', 'records'], adapter => new PrismaClient({ adapter }))

let database: Awaited<ReturnType<typeof open>>
beforeAll(async () => {
  database = await open()
})
afterAll(() => database?.close())

type Written = ReturnType<typeof recordOf>

const newRecord = (more: Partial<Written> = {}): Written => ({
  ...{ memberId: randomUUID(), orgId: randomUUID(), kind: 'FULL', category: 'MONTHLY_SALARY', baseFen: 496_700n },
  ...{ owes: true, owesSince: '2024-02-29', complete: true, closedOn: null, knownOn: '2024-02-29' },
  ...{ version: 1, ...more },
})

describe('the store of dues records', () => {
  test('1.4 a batch opens records and changes those that are older; the rest stay', async () => {
    const county = systemActor(randomUUID())
    const [first, second] = [newRecord(), newRecord({ category: null, baseFen: null, owesSince: null })]
    const later = { ...first, orgId: randomUUID(), baseFen: null, owes: false, closedOn: '2026-02-28', version: 2 }
    const write = (records: Written[]) =>
      database.transact(county, tx => recordStore.write(tx, county.countyId, records))
    const told = ({ memberId, orgId, owes, complete, version }: Written, before: Written | null) => ({
      ...{ memberId, orgId, owes, complete, version: BigInt(version) },
      ...{ isNew: before === null, orgBefore: before?.orgId ?? null },
    })
    expect(await write([first])).toEqual([told(first, null)])
    expect(await write([later, second])).toEqual([told(later, first), told(second, null)])
    expect(await write([first, later])).toEqual([])
    expect(await write([])).toEqual([])

    const ids = [first.memberId, second.memberId, randomUUID()]
    const find = (memberIds: string[]) =>
      database.transact(county, tx => recordStore.byMembers(tx, county.countyId, memberIds))
    const kept = ({ kind, closedOn, knownOn, version, ...record }: Written) => ({ ...record, paidThrough: null })
    const byId = <T extends { memberId: string }>(records: T[]) => new Map(records.map(row => [row.memberId, row]))
    expect(byId(await find(ids))).toEqual(byId([later, second].map(kept)))
    expect(await find([])).toEqual([])
    const closed = await database.transact(county, tx =>
      tx.duesRecord.findMany({ where: { memberId: first.memberId } }),
    )
    expect(closed).toMatchObject([{ kind: 'FULL', closedOn: new Date('2026-02-28'), version: 2n }])
  })
})
