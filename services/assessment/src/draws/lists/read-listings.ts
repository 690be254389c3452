import { count, many, one, type Stretch } from '@linghang/subgraph'
import type { Work } from '../../work.ts'
import type { Listing, ListingAnswer } from './listing.ts'
import { listingStore } from './store.ts'

/** Listings of branches that the actor sees. */
async function seenListings({ tx, actor, supervision }: Work, ids: readonly string[]): Promise<Listing[]> {
  const listings = await listingStore.byIds(tx, actor.countyId, ids)
  const seen = await supervision.seen([...new Set(listings.map(({ branchId }) => branchId))])
  return listings.filter(({ branchId }) => seen.has(branchId))
}

export const listingById = one(
  async (work: Work, ids) => new Map((await seenListings(work, ids)).map(listing => [listing.id, listing])),
)

/** What the branch has answered, the earliest first. */
export const listingAnswersOf = many(async (work: Work, ids): Promise<Map<string, ListingAnswer[]>> => {
  const seen = (await seenListings(work, ids)).map(({ id }) => id)
  return Map.groupBy(await listingStore.answers(work.tx, seen), ({ listingId }) => listingId)
})

/** The list of each committee that the actor sees. */
export const listingsBy = many(async ({ tx, supervision }: Work, orgIds, stretch: Stretch) =>
  listingStore.at(tx, 'orgId', [...(await supervision.seen(orgIds))], stretch),
)
export const listingCountBy = count(async ({ tx, supervision }: Work, orgIds) =>
  listingStore.countAt(tx, 'orgId', [...(await supervision.seen(orgIds))]),
)

/** Where each branch that the actor sees stands or stood. */
export const listingsOf = many(async ({ tx, supervision }: Work, orgIds, stretch: Stretch) =>
  listingStore.at(tx, 'branchId', [...(await supervision.seen(orgIds))], stretch),
)
export const listingCountOf = count(async ({ tx, supervision }: Work, orgIds) =>
  listingStore.countAt(tx, 'branchId', [...(await supervision.seen(orgIds))]),
)
