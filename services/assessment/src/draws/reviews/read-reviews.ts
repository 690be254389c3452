import { count, many, one, type Stretch } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import { drawStore } from '../draws/store.ts'
import type { Published, Review } from './review.ts'
import { reviewStore } from './store.ts'

/** A review as somebody sees it: the committee with what is not published, the branch with what is. */
export type ReviewSeen = {
  id: string
  orgId: string
  branchId: string
  drawId: string
  quarter: string
  list: 'BLACK' | 'WHITE'
  work: Review | null
  /** The newest first. */
  versions: Published[]
}

const fromPublished = (versions: Published[]): ReviewSeen[] => {
  const [newest] = versions
  if (!newest) return []
  const { reviewId: id, committeeId: orgId, orgId: branchId, drawId, quarter, list } = newest
  return [{ id, orgId, branchId, drawId, quarter, list, work: null, versions }]
}

/** Reviews of committees that the actor sees, and published ones of branches that the actor sees. */
async function seenReviews({ tx, actor, supervision }: Work, ids: readonly string[]): Promise<ReviewSeen[]> {
  const { countyId } = actor
  const reviews = await reviewStore.byIds(tx, countyId, ids)
  const published = await reviewStore.published(tx, countyId, ids)
  const asked = [...reviews, ...published].map(({ orgId }) => orgId)
  const seen = await supervision.seen([...new Set(asked)])
  const ofCommittee = reviews.filter(({ orgId }) => seen.has(orgId))
  const drawIds = [...new Set(ofCommittee.map(({ drawId }) => drawId))]
  const draws = new Map((await drawStore.byIds(tx, countyId, drawIds)).map(draw => [draw.id, draw]))
  const places = await drawStore.branches(tx, drawIds)
  const listOf = new Map(places.map(({ drawId, branchId, list }) => [`${drawId}/${branchId}`, list]))
  const versions = Map.groupBy(
    published.filter(({ orgId }) => seen.has(orgId)),
    ({ reviewId }) => reviewId,
  )
  const whole = ofCommittee.map(review => {
    const { id, orgId, branchId, drawId } = review
    const list = listOf.get(`${drawId}/${branchId}`) ?? ('WHITE' as const)
    const quarter = draws.get(drawId)?.quarter as string
    return { id, orgId, branchId, drawId, quarter, list, work: review, versions: versions.get(id) ?? [] }
  })
  const known = new Set(whole.map(({ id }) => id))
  return [...whole, ...[...versions].filter(([id]) => !known.has(id)).flatMap(([, own]) => fromPublished(own))]
}

export const reviewById = one(
  async (work: Work, ids) => new Map((await seenReviews(work, ids)).map(review => [review.id, review])),
)

const inOrderOf = (found: readonly ReviewSeen[], ids: readonly string[]): ReviewSeen[] => {
  const byId = new Map(found.map(review => [review.id, review]))
  return ids.flatMap(id => byId.get(id) ?? [])
}

async function listed(work: Work, idsBy: ReadonlyMap<string, string[]>): Promise<Map<string, ReviewSeen[]>> {
  const seen = await seenReviews(work, [...idsBy.values()].flat())
  return new Map([...idsBy].map(([key, ids]) => [key, inOrderOf(seen, ids)]))
}

async function seenDraws({ tx, actor, supervision }: Work, drawIds: readonly string[]): Promise<string[]> {
  const draws = await drawStore.byIds(tx, actor.countyId, drawIds)
  const seen = await supervision.seen([...new Set(draws.map(({ orgId }) => orgId))])
  return draws.filter(({ orgId }) => seen.has(orgId)).map(({ id }) => id)
}

/** What was drawn, for whoever sees the committee. */
export const reviewsOfDraw = many(async (work: Work, drawIds, stretch: Stretch) => {
  const rows = await reviewStore.ofDraws(work.tx, await seenDraws(work, drawIds), stretch)
  return listed(work, new Map([...rows].map(([drawId, own]) => [drawId, own.map(({ id }) => id)])))
})
export const reviewCountOfDraw = count(async (work: Work, drawIds) =>
  reviewStore.countOfDraws(work.tx, await seenDraws(work, drawIds)),
)

/** What is published of each branch that the actor sees. */
export const reviewsAt = many(async (work: Work, orgIds, stretch: Stretch) => {
  const seen = await work.supervision.seen(orgIds)
  const rows = await reviewStore.publishedAt(work.tx, [...seen], stretch)
  return listed(work, new Map([...rows].map(([orgId, own]) => [orgId, own.map(({ reviewId }) => reviewId)])))
})
export const reviewCountAt = count(async ({ tx, supervision }: Work, orgIds) =>
  reviewStore.countPublishedAt(tx, [...(await supervision.seen(orgIds))]),
)
