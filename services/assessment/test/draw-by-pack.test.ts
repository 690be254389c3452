import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type Actor, shanghaiDay } from '@linghang/access'
import { codesOf } from '@linghang/harness/ask'
import { type County, createCounty, seedActor, seedTwoCommittees } from '@linghang/harness/county'
import { addDays } from '@linghang/rulebook'
import { lawfulPack } from '../src/packs/validation/lawful-pack.ts'
import { createDrawing, opening, quarterOf } from './drawing.ts'

jest.setTimeout(120_000)

const today = shanghaiDay(new Date())
const items = [
  { key: 'TRUE_TO_LIFE', title: '会议真实召开', most: 60.5 },
  { key: 'EFFECT', title: '决议落实有成效', most: 39.5 },
]
const packWith = (draw: object) =>
  JSON.stringify({ ...lawfulPack(), draw: { whiteShare: 0.5, indicator: 'LEDGER', ...draw } })

let county: County
let tree: Awaited<ReturnType<typeof seedTwoCommittees>>
let drawing: ReturnType<typeof createDrawing>
const publish = (draw: object) =>
  drawing.change(county.admin, 'publishPack', {
    ...{ document: packWith(draw), title: '台账抽查办法', number: '区委组〔2026〕3 号', organ: '区委组织部' },
    ...{ decidedOn: addDays(today, -400), effectiveFrom: quarterOf(1) },
  })
/** Where the committee says neither share nor number. */
const byPack = (back: number) => opening(tree.root.id, { quarter: quarterOf(back), share: null })

beforeAll(async () => {
  county = await createCounty()
  tree = await seedTwoCommittees(county)
  drawing = createDrawing(county)
})

describe('S0-18 a county draws and judges by what it has decided', () => {
  test('S0-18 where no pack says how many are drawn, the committee has to', async () => {
    expect(await drawing.refused(county.admin, 'openLedgerDraw', byPack(0))).toEqual(['BAD_INPUT'])
  })

  test.each<[string, object, string]>([
    ['asks for pictures', { items: [{ key: 'TRACE', title: '现场拍照留痕', most: 10 }] }, 'draw.items[0].title'],
    ['has an item without points', { items: [{ ...items[0], most: 0 }] }, 'draw.items[0].most'],
    ['has an item of more than 1,000 points', { items: [{ ...items[0], most: 1_000.01 }] }, 'draw.items[0].most'],
    ['has a thousandth of a point', { items: [{ ...items[0], most: 0.001 }] }, 'draw.items[0].most'],
    ['has no items in its list', { items: [] }, 'draw.items'],
    [
      'has 31 of them',
      { items: Array.from({ length: 31 }, (_, n) => ({ ...items[0], key: `ITEM_${n}` })) },
      'draw.items',
    ],
    ['has one of them twice', { items: [items[0], items[0]] }, 'draw.items[1].key'],
    ['draws more than all', { whiteShare: 1.01 }, 'draw.whiteShare'],
  ])('R14 a pack whose draw %s is not published', async (_, draw, path) => {
    const answer = await publish(draw)
    expect(codesOf(answer)).toEqual(['PACK_REFUSED'])
    expect(answer.errors[0]?.message).toContain(path)
  })

  test('S0-18 S0-19 the share and the items are those of the pack that was in force when the quarter began', async () => {
    const { done, refused, read } = drawing
    expect(codesOf(await publish({ items }))).toEqual([])
    const shown = await read(
      county.admin,
      '{ assessmentPack { draw { whiteShare indicator items { key title most } } } }',
    )
    expect(shown.assessmentPack.draw).toEqual({ whiteShare: 0.5, indicator: 'LEDGER', items })

    const fields = 'draw { id white draws items { key title most basis } }'
    const { draw } = await done(county.admin, 'openLedgerDraw', byPack(1), fields)
    const ofCounty = items.map(item => ({ ...item, basis: 'COUNTY' }))
    expect(draw).toMatchObject({ white: 3, draws: 2, items: ofCounty })
    // The committee's own word comes before the pack's share, and changes nothing of what is judged.
    const own = await done(county.admin, 'openLedgerDraw', { ...byPack(0), count: 1 }, fields)
    expect(own.draw).toMatchObject({ draws: 1, items: ofCounty })
    // A quarter that began before the pack is judged as it was then.
    expect(await refused(county.admin, 'openLedgerDraw', byPack(2))).toEqual(['BAD_INPUT'])
    const earlier = await done(county.admin, 'openLedgerDraw', { ...byPack(2), count: 1 }, fields)
    expect(earlier.draw.items.map(({ basis }: { basis: string }) => basis)).toEqual(Array(4).fill('PRACTICE'))

    const drawn = await done(county.admin, 'drawLedgers', { id: draw.id }, 'draw { reviews { nodes { id } } }')
    const [{ id }] = drawn.draw.reviews.nodes
    const scores = (first: number) => [
      { key: 'TRUE_TO_LIFE', points: first },
      { key: 'EFFECT', points: 39.5 },
    ]
    const judge: Actor = await seedActor(county, 'SECRETARY', tree.root.id)
    expect(await refused(judge, 'judgeLedgerReview', { id, scores: scores(60.51) })).toEqual(['BAD_INPUT'])
    const judged = await done(
      judge,
      'judgeLedgerReview',
      { id, scores: scores(60.5) },
      'review { work { points scores { key points } } }',
    )
    expect(judged.review.work).toEqual({ points: 100, scores: scores(60.5) })
  })
})
