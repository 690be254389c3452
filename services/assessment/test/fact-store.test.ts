import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { systemActor } from '@linghang/access'
import type { MemberState } from '@linghang/events'
import { look } from '@linghang/harness/databases'
import { openClient } from '@linghang/harness/open-database'
import { PrismaClient } from '../prisma/client/client.ts'
import { factStore } from '../src/indicators/store.ts'

const suffix = 'facts'
const open = () => openClient(['assessment', suffix], adapter => new PrismaClient({ adapter }))

let database: Awaited<ReturnType<typeof open>>
beforeAll(async () => {
  database = await open()
})
afterAll(() => database?.close())

const memberOf = (orgId: string, kind: MemberState['kind'], more: Partial<MemberState> = {}): MemberState => ({
  ...{ id: randomUUID(), orgId, kind, joinedOn: null, appliedOn: null, activistSince: null, candidateSince: null },
  ...{ fullMemberSince: null, talkHeldOn: null, lastReviewOn: null, knownOn: '2024-07-01', duesCategory: null },
  ...{ duesBaseFen: null, leftOn: null, version: 1, ...more },
})

const nobody = {
  ...{ applicants: 0, activists: 0, candidates: 0, probationary: 0, fullMembers: 0, owingDues: 0, duesComplete: 0 },
}

/** A committee with two branches below it. */
async function treeIn(countyId: string) {
  const [root, left, right] = [randomUUID(), randomUUID(), randomUUID()]
  const label = (id: string) => id.replaceAll('-', '')
  for (const [id, path] of [
    [root, label(root)],
    [left, `${label(root)}.${label(left)}`],
    [right, `${label(root)}.${label(right)}`],
  ])
    await look(
      'assessment',
      `insert into org_node (id, county_id, code, name, kind, path, version) values ($1, $2, $1::uuid::text, '', '党支部', $3, 1)`,
      [id, countyId, path],
      suffix,
    )
  return { root, left, right }
}

describe('the store of facts and tallies', () => {
  test('S0-21 tallies are counted again from the facts and add up over all below', async () => {
    const county = systemActor(randomUUID())
    const { countyId } = county
    const { root, left, right } = await treeIn(countyId)
    const people = [memberOf(left, 'FULL'), memberOf(left, 'PROBATIONARY'), memberOf(right, 'APPLICANT')]
    const [full, probationary] = people as [MemberState, MemberState]
    const moved = { ...full, orgId: right, version: 2 }
    const left2 = { ...probationary, leftOn: '2026-02-28', version: 2 }
    const count = (orgIds: string[]) =>
      database.transact(county, async tx => {
        await factStore.lockTallies(tx, countyId, orgIds)
        await factStore.countAgain(tx, orgIds)
        return Object.fromEntries(await factStore.talliesBelow(tx, [root, left, right]))
      })
    const writeMembers = (members: MemberState[]) =>
      database.transact(county, tx => factStore.writeMembers(tx, countyId, members))
    const find = () =>
      database.transact(county, tx =>
        factStore.byMembers(
          tx,
          countyId,
          people.map(({ id }) => id),
        ),
      )

    const dues = { memberId: full.id, orgId: left, owes: true, complete: false, version: 1 }
    // Dues may speak of a person before members does.
    expect(await database.transact(county, tx => factStore.writeDues(tx, countyId, [dues]))).toEqual([left])
    expect(await find()).toEqual([])
    expect((await writeMembers(people)).sort()).toEqual([left, right].sort())
    expect(await count([left, right])).toEqual({
      [left]: { ...nobody, probationary: 1, fullMembers: 1, owingDues: 1 },
      [right]: { ...nobody, applicants: 1 },
      [root]: { ...nobody, applicants: 1, probationary: 1, fullMembers: 1, owingDues: 1 },
    })

    const organisations = () =>
      database.transact(county, tx => factStore.organisationsOf(tx, [...people.map(({ id }) => id), randomUUID()]))
    expect((await organisations()).sort()).toEqual([left, right].sort())
    expect((await writeMembers([moved, left2])).sort()).toEqual([left, right].sort())
    expect(await writeMembers([full])).toEqual([])
    const told = [{ ...dues, complete: true, version: 2 }]
    expect(await database.transact(county, tx => factStore.writeDues(tx, countyId, told))).toEqual([right])
    expect(await database.transact(county, tx => factStore.writeDues(tx, countyId, [dues]))).toEqual([])
    expect(await count([left, right])).toEqual({
      [left]: nobody,
      [right]: { ...nobody, applicants: 1, fullMembers: 1, owingDues: 1, duesComplete: 1 },
      [root]: { ...nobody, applicants: 1, fullMembers: 1, owingDues: 1, duesComplete: 1 },
    })
    expect((await find()).find(({ memberId }) => memberId === full.id)).toMatchObject({
      ...{ orgId: right, owesDues: true, duesComplete: true },
    })
    expect(await count([])).toMatchObject({ [left]: nobody })
    expect(await database.transact(county, tx => factStore.talliesBelow(tx, []))).toEqual(new Map())
  })
})
