import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, createTransact, systemActor } from '@linghang/access'
import { createAdapter, createPool } from '@linghang/database'
import { uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { databaseUrl } from '@linghang/harness/databases'
import { surroundings } from '@linghang/harness/surroundings'
import { PrismaClient } from '../prisma/client/client.ts'
import { faultsOf, readRecord } from '../src/draws/draws/record.ts'
import { factStore } from '../src/facts/journal/store.ts'
import type { Tx } from '../src/work.ts'
import { createDrawing, opening, scoresOf, today } from './drawing.ts'

jest.setTimeout(120_000)

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let secretary: Actor
let second: Actor
let ofBranch: Actor
let drawing: ReturnType<typeof createDrawing>
const pool = createPool(databaseUrl(surroundings(), 'assessment'), { max: 4, applicationName: 'draws-test' })
const prisma = new PrismaClient({ adapter: createAdapter(pool) })

beforeAll(async () => {
  county = await createCounty()
  drawing = createDrawing(county)
  tree = await seedTwoCommittees(county)
  secretary = await seedActor(county, 'SECRETARY', tree.a.id)
  second = await seedActor(county, 'ADMIN', tree.a.id)
  ofBranch = await seedActor(county, 'SECRETARY', tree.a1.id)
})
afterAll(async () => {
  await prisma.$disconnect()
  await pool.end()
})

const factsOf = async (orgId: string) =>
  (
    await createTransact<Tx>(prisma)(systemActor(county.id), tx =>
      factStore.ofSubjects(tx, county.id, [uuidOf(orgId)], '2020-01-01', '2099-12-31'),
    )
  ).get(uuidOf(orgId)) ?? []

describe('S0-18 a quarter from the list to the fact', () => {
  test('S0-18 S0-19 one branch is listed, the other drawn; both are judged by two, published and facts', async () => {
    const { done, read, refused } = drawing
    const listed = await done(
      secretary,
      'blackListBranch',
      { organisationId: tree.a.id, branchId: tree.a1.id, cause: 'LEDGER_UNTRUE', reason: '三月支部大会记录与实际不符' },
      'listing { id branch { id } cause reason liftedOn }',
    )
    expect(listed.listing).toMatchObject({ branch: { id: tree.a1.id }, cause: 'LEDGER_UNTRUE', liftedOn: null })

    const { draw } = await done(
      secretary,
      'openLedgerDraw',
      opening(tree.a.id),
      'draw { id state white draws seed record seedHash }',
    )
    expect(draw).toMatchObject({ state: 'OPEN', white: 1, draws: 1, seed: null })
    const before = readRecord(draw.record)
    expect(before && faultsOf(before)).toEqual(['NOT_DRAWN'])

    const drawn = await done(
      secretary,
      'drawLedgers',
      { id: draw.id },
      'draw { state seed seedHash record reviews { nodes { id state list branch { id } } } places { nodes { branch { id } list place drawn } } }',
    )
    expect(drawn.draw).toMatchObject({ state: 'DRAWN', seedHash: draw.seedHash })
    const record = readRecord(drawn.draw.record)
    expect(record && faultsOf(record)).toEqual([])
    expect(record?.drawn).toEqual([uuidOf(tree.a2.id)])
    const places = drawn.draw.places.nodes
    expect(places).toEqual(
      [
        { branch: { id: tree.a1.id }, list: 'BLACK', place: null, drawn: true },
        { branch: { id: tree.a2.id }, list: 'WHITE', place: 1, drawn: true },
      ].toSorted((one, other) => (one.branch.id < other.branch.id ? -1 : 1)),
    )
    const reviews = (drawn.draw.reviews as { nodes: { id: string; list: string; branch: { id: string } }[] }).nodes
    expect(reviews.map(({ list }) => list).toSorted()).toEqual(['BLACK', 'WHITE'])
    const { id } = reviews.find(({ branch }) => branch.id === tree.a1.id) as { id: string }

    const readReview = `query ($id: ID!) { ledgerReview(id: $id) { state work { points } published { points most version remark } } }`
    expect(await read(ofBranch, readReview, { id })).toEqual({ ledgerReview: null })
    await done(
      secretary,
      'judgeLedgerReview',
      { id, scores: scoresOf([30, 15.5, 20, 20]), remark: '记录基本真实' },
      'review { state }',
    )
    expect(await refused(secretary, 'readLedgerReview', { id, agrees: true })).toEqual(['REVIEW_SAME_READER'])
    const locked = await done(second, 'readLedgerReview', { id, agrees: true }, 'review { state work { points } }')
    expect(locked.review).toEqual({ state: 'LOCKED', work: { points: 85.5 } })
    expect(await read(ofBranch, readReview, { id })).toEqual({ ledgerReview: null })
    expect(await factsOf(tree.a1.id)).toEqual([])

    await done(secretary, 'publishLedgerReview', { id }, 'review { state }')
    expect(await read(ofBranch, readReview, { id })).toEqual({
      ledgerReview: {
        ...{ state: 'PUBLISHED', work: null },
        published: { points: 85.5, most: 100, version: 1, remark: '记录基本真实' },
      },
    })
    expect(await factsOf(tree.a1.id)).toEqual([
      {
        ...{ subjectType: 'ORGANISATION', subjectId: uuidOf(tree.a1.id), orgId: uuidOf(tree.a1.id), day: today },
        ...{ kind: 'LEDGER_REVIEW', quantity: 8_550, attributes: { list: 'BLACK' } },
        source: { type: 'LedgerReview', id: uuidOf(id), version: 1 },
      },
    ])
  })
})
