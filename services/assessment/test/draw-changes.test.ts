import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import type { Actor } from '@linghang/access'
import { dataOf, uuidOf } from '@linghang/harness/ask'
import { type County, createCounty, everywhereKnown, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { look } from '@linghang/harness/databases'
import { until } from '@linghang/harness/until'
import { createDrawing, opening, quarterOf, scoresOf } from './drawing.ts'

jest.setTimeout(180_000)

/** What becomes of a draw when the tree of organisations changes between the draw and the review. */
let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let drawing: ReturnType<typeof createDrawing>
let secretary: Actor
let second: Actor

beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  drawing = createDrawing(county)
  secretary = await seedActor(county, 'SECRETARY', tree.a.id)
  second = await seedActor(county, 'ADMIN', tree.a.id)
})

/** Everything below the committee drawn. @returns the draw, and by branch its review */
async function drawn(back: number) {
  const { draw } = await drawing.done(
    secretary,
    'openLedgerDraw',
    opening(tree.a.id, { quarter: quarterOf(back) }),
    'draw { id reviewsDueOn }',
  )
  const of = await drawing.done(
    secretary,
    'drawLedgers',
    { id: draw.id },
    'draw { record reviews { nodes { id branch { id } } } }',
  )
  const nodes = of.draw.reviews.nodes as { id: string; branch: { id: string } }[]
  return {
    ...{ id: draw.id as string, dueOn: draw.reviewsDueOn as string, record: of.draw.record as string },
    reviews: new Map(nodes.map(({ id, branch }) => [branch.id, id])),
  }
}
const isDue = (id: string, wanted: string[]) =>
  until(
    async () => {
      const rows = await look(
        'workflows',
        'select due_on::text as on from deadline where watch_id = $1 and closed_at is null',
        [uuidOf(id)],
      )
      return JSON.stringify(rows.map(({ on }) => on)) === JSON.stringify(wanted)
    },
    30_000,
    `${wanted} is due`,
  )

/** As the county decides it: asked for by the committee, answered by somebody else there. */
async function merge(from: string, into: string): Promise<void> {
  const { requestOrganisationChange } = dataOf(
    await county.world.ask.org(
      secretary,
      'mutation ($input: RequestOrganisationChangeInput!) { requestOrganisationChange(input: $input) { change { approval { id } } } }',
      { input: { organisationId: from, kind: 'MERGE', reason: '人数减少', intoOrganisationId: into } },
    ),
  )
  const id = requestOrganisationChange.change?.approval?.id as string
  const decider = await seedActor(county, 'SECRETARY', tree.a.id)
  const ask = 'query ($id: ID!) { approval(id: $id) { id } }'
  await until(async () => dataOf(await county.world.askUntyped.workflows(decider, ask, { id })).approval, 30_000)
  dataOf(
    await county.world.ask.workflows(
      decider,
      'mutation ($input: DecideApprovalInput!) { decideApproval(input: $input) { approval { state } } }',
      { input: { id, outcome: 'APPROVED', reason: '经会议研究' } },
    ),
  )
}

describe('S0-18 branches change between the draw and its review', () => {
  const scores = scoresOf([30, 20, 20, 30])

  test('S0-18 one that ends is waited for no longer, nor judged: its committee is not reminded of what nobody can do', async () => {
    const { id, dueOn, reviews } = await drawn(2)
    const [ending, other] = [reviews.get(tree.a1.id), reviews.get(tree.a2.id)]
    await drawing.done(secretary, 'judgeLedgerReview', { id: other, scores })
    await drawing.done(second, 'readLedgerReview', { id: other, agrees: true })
    await drawing.done(secretary, 'publishLedgerReview', { id: other })
    await isDue(id, [dueOn])
    await merge(tree.a1.id, tree.a2.id)
    await isDue(id, [])
    expect(await drawing.refused(secretary, 'judgeLedgerReview', { id: ending, scores })).toEqual([
      'ORGANISATION_ENDED',
    ])
  })

  test('S0-18 one that stands below another committee by then is not judged here any more; the record stays as it was drawn', async () => {
    const { id, record, reviews } = await drawn(1)
    expect([...reviews.keys()]).toEqual([tree.a2.id])
    dataOf(
      await county.world.ask.org(
        county.admin,
        'mutation ($input: MoveOrganisationInput!) { moveOrganisation(input: $input) { organisation { id } } }',
        { input: { id: tree.a2.id, superiorId: tree.b.id } },
      ),
    )
    await everywhereKnown(county)
    const left = { id: reviews.get(tree.a2.id), scores }
    expect(await drawing.refused(secretary, 'judgeLedgerReview', left)).toEqual(['REVIEW_NOT_BELOW'])
    const { ledgerDraw } = await drawing.read(secretary, `{ ledgerDraw(id: "${id}") { record } }`)
    expect(ledgerDraw.record).toBe(record)
  })
})
