import { room } from '../../work.ts'
import { table } from './errors.ts'
import { listingById } from './read-listings.ts'
import { listingResolvers } from './resolvers.ts'

/** Branches whose ledgers are inspected each quarter (黑名单), why, and what they answer; all others are drawn. */
export const lists = room({ errors: table, nodes: { BlackListing: listingById }, resolvers: listingResolvers })
