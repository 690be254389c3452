import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, createTransact, systemActor } from '@linghang/access'
import { createAdapter, createPool } from '@linghang/database'
import { type Answer, codesOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { databaseUrl, look } from '@linghang/harness/databases'
import { surroundings } from '@linghang/harness/surroundings'
import { until } from '@linghang/harness/until'
import { addDays } from '@linghang/rulebook'
import { PrismaClient } from '../prisma/client/client.ts'
import { factStore } from '../src/facts/journal/store.ts'
import type { Tx } from '../src/work.ts'
import { createDrawing, opening, quarterOf, scoresOf, today } from './drawing.ts'

jest.setTimeout(120_000)

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let drawing: ReturnType<typeof createDrawing>
let secretary: Actor
let second: Actor
let ofBranch: Actor
let beside: Actor
let leader: Actor
const pool = createPool(databaseUrl(surroundings(), 'assessment'), { max: 4, applicationName: 'draw-rules-test' })
const prisma = new PrismaClient({ adapter: createAdapter(pool) })

beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  drawing = createDrawing(county)
  secretary = await seedActor(county, 'SECRETARY', tree.a.id)
  second = await seedActor(county, 'ADMIN', tree.a.id)
  ofBranch = await seedActor(county, 'SECRETARY', tree.a1.id)
  beside = await seedActor(county, 'ADMIN', tree.b.id)
  leader = await seedActor(county, 'LEADER', tree.a.id)
})
afterAll(async () => {
  await prisma.$disconnect()
  await pool.end()
})

const listed = (more: object = {}) => ({
  ...{ organisationId: tree.a.id, branchId: tree.a1.id, cause: 'MEETINGS_MISSING', reason: '二季度未召开支部党员大会' },
  ...more,
})
const pointsOf = async (orgId: string) => {
  const facts = await createTransact<Tx>(prisma)(systemActor(county.id), tx =>
    factStore.ofSubjects(tx, county.id, [uuidOf(orgId)], '2020-01-01', '2099-12-31'),
  )
  return (facts.get(uuidOf(orgId)) ?? []).map(({ quantity, source }) => [quantity, source.version])
}
const reviewOf = async (drawId: string, branchId: string): Promise<string> => {
  const found = await drawing.read(
    secretary,
    `{ ledgerDraw(id: "${drawId}") { reviews { nodes { id branch { id } } } } }`,
  )
  return found.ledgerDraw.reviews.nodes.find((one: { branch: { id: string } }) => one.branch.id === branchId)?.id
}
/** The draw of the one answer that was not refused. */
const drawOf = (answers: readonly Answer[]) => answers.find(({ errors }) => errors.length === 0)?.data.done.draw ?? {}
/** What is due of a thing that workflows watches. */
const dueOf = async (id: string) =>
  (
    await look(
      'workflows',
      'select rule, due_on::text as on from deadline where watch_id = $1 and closed_at is null order by 1',
      [uuidOf(id)],
    )
  ).map(({ rule, on }) => `${rule} ${on}`)
const isDue = (id: string, wanted: string[]) =>
  until(async () => JSON.stringify(await dueOf(id)) === JSON.stringify(wanted), 30_000, `${wanted} is due`)

describe('S0-18 the black list', () => {
  test('S0-18 a branch is entered for a fact of its work, reads why and answers, and is taken off; the history stays', async () => {
    const { done, refused, read } = drawing
    const { id } = (await done(secretary, 'blackListBranch', listed(), 'listing { id }')).listing
    expect(await refused(secretary, 'blackListBranch', listed())).toEqual(['LISTED_ALREADY'])
    expect(await refused(beside, 'answerBlackListing', { id, text: '情况说明' })).toEqual(['NOT_FOUND'])
    expect(await refused(leader, 'answerBlackListing', { id, text: '情况说明' })).toEqual(['FORBIDDEN'])
    await done(ofBranch, 'answerBlackListing', { id, text: '大会于七月补开，会议记录已归档' })
    expect(await refused(ofBranch, 'liftBlackListing', { id, reason: '已整改' })).toEqual(['NOT_FOUND'])
    expect(await refused(beside, 'liftBlackListing', { id, reason: '已整改' })).toEqual(['NOT_FOUND'])
    await done(second, 'liftBlackListing', { id, reason: '已补开，核实无误' })
    expect(await refused(second, 'liftBlackListing', { id, reason: '再次' })).toEqual(['LISTING_LIFTED'])
    expect(await refused(ofBranch, 'answerBlackListing', { id, text: '情况说明' })).toEqual(['LISTING_LIFTED'])
    const again = (await done(secretary, 'blackListBranch', listed({ cause: 'MATTER_REPORTED' }), 'listing { id }'))
      .listing
    const at = `query ($id: ID!) { _entities(representations: [{ __typename: "Organisation", id: $id }]) { ... on Organisation {
      blackListings { totalCount nodes { cause reason liftedOn liftReason answers { text } } } blackList { totalCount } } } }`
    const [own] = (await read(ofBranch, at, { id: tree.a1.id }))._entities
    expect(own.blackListings).toEqual({
      totalCount: 2,
      nodes: [
        { cause: 'MATTER_REPORTED', reason: listed().reason, liftedOn: null, liftReason: null, answers: [] },
        {
          ...{ cause: 'MEETINGS_MISSING', reason: listed().reason, liftedOn: today, liftReason: '已补开，核实无误' },
          answers: [{ text: '大会于七月补开，会议记录已归档' }],
        },
      ],
    })
    const [committee] = (await read(secretary, at, { id: tree.a.id }))._entities
    expect(committee.blackList.totalCount).toBe(2)
    const [seen] = (await read(beside, at, { id: tree.a1.id }))._entities
    expect(seen).toEqual({ blackListings: { totalCount: 0, nodes: [] }, blackList: { totalCount: 0 } })
    await done(secretary, 'liftBlackListing', { id: again.id, reason: '核查属实，已办结' })
  })

  test('R4 points are no reason to be listed, and nobody is listed by an app, from beside, or for a day to come', async () => {
    const { ask, refused } = drawing
    const document = `mutation ($input: BlackListBranchInput!) { blackListBranch(input: $input) { __typename } }`
    const answer = await ask(secretary, document, { input: listed({ cause: 'POINTS' }) })
    expect(answer.errors[0]?.message).toContain('POINTS')
    const scopes = ['assessment:read', 'assessment:write']
    const app = await seedActor(county, 'APP', tree.a.id, { kind: 'APP', scopes })
    for (const [by, more, code] of [
      [app, {}, 'DECIDED_BY_A_PERSON'],
      [beside, {}, 'NOT_FOUND'],
      [ofBranch, {}, 'NOT_FOUND'],
      [leader, {}, 'FORBIDDEN'],
      [secretary, { branchId: tree.b1.id }, 'LISTING_NOT_BELOW'],
      [county.admin, { organisationId: tree.root.id, branchId: tree.a.id }, 'LISTING_NOT_BELOW'],
      [secretary, { on: addDays(today, 1) }, 'LISTING_DAY_REFUSED'],
      [secretary, { on: addDays(today, -1) }, 'LISTING_DAY_REFUSED'],
      [secretary, { reason: ' ' }, 'BAD_INPUT'],
      [secretary, { recordId: 'x' }, 'BAD_INPUT'],
    ] as [Actor, object, string][])
      expect([more, await refused(by, 'blackListBranch', listed(more))]).toEqual([more, [code]])
  })
})

describe('S0-18 a draw is held once, of a list that stands', () => {
  test('S0-18 of two at once one opens, and one draws; nothing opens or draws it again', async () => {
    const { change, refused, read } = drawing
    const quarter = quarterOf(1)
    const input = opening(tree.a.id, { quarter, share: null, count: 1 })
    const opened = await Promise.all([secretary, second].map(by => change(by, 'openLedgerDraw', input, 'draw { id }')))
    expect(opened.flatMap(codesOf)).toEqual(['DRAW_OPENED_ALREADY'])
    const { id } = drawOf(opened)
    await isDue(id, [`LEDGER_REVIEWS ${input.reviewsDueOn}`])
    // Listed or not since: the list that was published stands.
    await drawing.done(secretary, 'blackListBranch', listed({ branchId: tree.a2.id }))
    const drawn = await Promise.all(
      [secretary, second].map(by => change(by, 'drawLedgers', { id }, 'draw { seed record }')),
    )
    expect(drawn.flatMap(codesOf)).toEqual(['DRAWN_ALREADY'])
    const { record } = drawOf(drawn)
    expect(await refused(county.admin, 'drawLedgers', { id })).toEqual(['DRAWN_ALREADY'])
    expect(await refused(secretary, 'openLedgerDraw', input)).toEqual(['DRAW_OPENED_ALREADY'])
    const found = await read(secretary, `{ ledgerDraw(id: "${id}") { record white reviews { totalCount } } }`)
    expect(found.ledgerDraw).toEqual({ record, white: 2, reviews: { totalCount: 1 } })
    expect(
      await look('assessment', 'select count(*)::int as n from ledger_review where draw_id = $1', [uuidOf(id)]),
    ).toEqual([{ n: 1 }])
  })

  test('S0-18 the same key opens, draws and publishes once', async () => {
    const { done } = drawing
    const input = opening(tree.b.id, { idempotencyKey: 'open-b' })
    const ids = [
      await done(beside, 'openLedgerDraw', input, 'draw { id }'),
      await done(beside, 'openLedgerDraw', input, 'draw { id }'),
    ]
    expect(ids[0]).toEqual(ids[1])
    const once = { id: ids[0].draw.id, idempotencyKey: 'draw-b' }
    const drawn = [
      await done(beside, 'drawLedgers', once, 'draw { seed }'),
      await done(beside, 'drawLedgers', once, 'draw { seed }'),
    ]
    expect(drawn[0]).toEqual(drawn[1])
  })

  test('S0-18 nobody opens or holds a draw of a committee that is not theirs to keep', async () => {
    const { refused } = drawing
    for (const [by, code] of [
      [leader, 'FORBIDDEN'],
      [ofBranch, 'NOT_FOUND'],
      [beside, 'NOT_FOUND'],
    ] as [Actor, string][])
      expect(await refused(by, 'openLedgerDraw', opening(tree.a.id, { quarter: quarterOf(2) }))).toEqual([code])
    expect(await refused(ofBranch, 'openLedgerDraw', opening(tree.a1.id))).toEqual(['DRAW_OF_NOBODY'])
  })
})

describe('S0-19 what was drawn is judged by two', () => {
  test('S0-19 returned, judged anew, published, corrected: what counts is the newest that was published', async () => {
    const { done, refused, read } = drawing
    const input = opening(tree.a.id, { quarter: quarterOf(3) })
    const { draw } = await done(secretary, 'openLedgerDraw', input, 'draw { id }')
    await done(secretary, 'drawLedgers', { id: draw.id })
    const id = await reviewOf(draw.id, tree.a1.id)
    const judged = (points: number[]) => ({ id, scores: scoresOf(points) })

    expect(await refused(second, 'readLedgerReview', { id, agrees: true })).toEqual(['REVIEW_STATE'])
    for (const [by, code] of [
      [leader, 'FORBIDDEN'],
      [ofBranch, 'NOT_FOUND'],
      [beside, 'NOT_FOUND'],
    ] as [Actor, string][])
      expect(await refused(by, 'judgeLedgerReview', judged([30, 20, 20, 30]))).toEqual([code])
    for (const points of [
      [30.01, 20, 20, 30],
      [-0.01, 20, 20, 30],
      [29.999, 20, 20, 30],
    ])
      expect(await refused(secretary, 'judgeLedgerReview', judged(points))).toEqual(['BAD_INPUT'])
    const three = { id, scores: scoresOf([30, 20, 20, 30]).slice(1) }
    expect(await refused(secretary, 'judgeLedgerReview', three)).toEqual(['BAD_INPUT'])

    await done(secretary, 'judgeLedgerReview', judged([30, 20, 20, 30]))
    expect(await refused(second, 'readLedgerReview', { id, agrees: false })).toEqual(['BAD_INPUT'])
    await done(second, 'readLedgerReview', { id, agrees: false, reason: '第二次会议与签到不符' })
    expect(await refused(secretary, 'publishLedgerReview', { id })).toEqual(['REVIEW_STATE'])
    await done(secretary, 'judgeLedgerReview', judged([20, 20, 20, 30]))
    // Two at once: one agrees, the other finds it locked.
    const read2 = await Promise.all(
      [second, county.admin].map(by => drawing.change(by, 'readLedgerReview', { id, agrees: true })),
    )
    expect(read2.flatMap(codesOf)).toEqual(['REVIEW_STATE'])
    expect(await refused(secretary, 'judgeLedgerReview', judged([1, 1, 1, 1]))).toEqual(['REVIEW_STATE'])
    await done(secretary, 'publishLedgerReview', { id })
    expect(await pointsOf(tree.a1.id)).toEqual([[9_000, 1]])
    await until(async () => (await dueOf(id)).length === 1, 30_000, 'the branch hears of it')
    expect((await dueOf(id))[0]).toMatch(/^LEDGER_REVIEW_PUBLISHED /)
    await isDue(draw.id, [`LEDGER_REVIEWS ${input.reviewsDueOn}`])

    expect(await refused(ofBranch, 'correctLedgerReview', { id, reason: '误' })).toEqual(['NOT_FOUND'])
    await done(secretary, 'correctLedgerReview', { id, reason: '补充核实到会名单' })
    expect(await pointsOf(tree.a1.id)).toEqual([[9_000, 1]])
    await done(second, 'judgeLedgerReview', judged([30, 20, 20, 30]))
    const own = `{ ledgerReview(id: "${id}") { state published { version points } work { points } } }`
    expect((await read(ofBranch, own)).ledgerReview).toEqual({
      state: 'PUBLISHED',
      published: { version: 1, points: 90 },
      work: null,
    })
    await done(secretary, 'readLedgerReview', { id, agrees: true })
    await done(secretary, 'publishLedgerReview', { id })
    expect(await pointsOf(tree.a1.id)).toEqual([[10_000, 2]])
    const all = `{ ledgerReview(id: "${id}") { versions { version points correction } } }`
    expect((await read(ofBranch, all)).ledgerReview.versions).toEqual([
      { version: 2, points: 100, correction: '补充核实到会名单' },
      { version: 1, points: 90, correction: null },
    ])
    expect((await read(beside, own)).ledgerReview).toBeNull()

    // The other one of the two that were drawn: with it nothing of the draw is left to do.
    const other = await reviewOf(draw.id, tree.a2.id)
    await done(secretary, 'judgeLedgerReview', { id: other, scores: scoresOf([0, 0, 0, 0]) })
    await done(second, 'readLedgerReview', { id: other, agrees: true })
    await done(second, 'publishLedgerReview', { id: other })
    await isDue(draw.id, [])
  })

  test('S0-19 whoever holds an office at the branch judges its ledger nowhere', async () => {
    const { done, refused } = drawing
    const input = opening(tree.a.id, { quarter: quarterOf(4) })
    const { draw } = await done(secretary, 'openLedgerDraw', input, 'draw { id }')
    await done(secretary, 'drawLedgers', { id: draw.id })
    const id = await reviewOf(draw.id, tree.a1.id)
    const both: Actor = { ...secretary, grants: [...secretary.grants, { role: 'LEADER', orgId: uuidOf(tree.a1.id) }] }
    const scores = scoresOf([30, 20, 20, 30])
    expect(await refused(both, 'judgeLedgerReview', { id, scores })).toEqual(['REVIEW_OF_OWN_BRANCH'])
    const member: Actor = { ...secretary, memberOrgId: uuidOf(tree.a1.id), memberId: uuidOf(tree.a1.id) }
    expect(await refused(member, 'judgeLedgerReview', { id, scores })).toEqual(['REVIEW_OF_OWN_BRANCH'])
    await done(secretary, 'judgeLedgerReview', { id, scores })
  })
})
