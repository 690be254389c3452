import { connection, fromId, parseId, ref, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import type { Context } from '../../work.ts'
import { answerBlackListing } from './answer-listing.ts'
import { fail } from './errors.ts'
import { liftBlackListing } from './lift-listing.ts'
import { blackListBranch } from './list-branch.ts'
import {
  listingAnswersOf,
  listingById,
  listingCountBy,
  listingCountOf,
  listingsBy,
  listingsOf,
} from './read-listings.ts'

const payload = async (context: Context, id: string) => ({ listing: await context.load(listingById, id) })

/** The id of a record of the platform, whoever owns it. @throws DomainError BAD_INPUT */
function recordOf(id: string | null | undefined): string | null {
  if (id == null) return null
  if (id.length > 80 || parseId(id) === null)
    fail('BAD_INPUT', {
      ...{ field: 'recordId', found: id.slice(0, 80) },
      ...{ wanted: 'the id of a record', wantedZh: '记录的 id' },
    })
  return id
}

export const listingResolvers: Resolvers = {
  Organisation: {
    blackList: ({ uuid }, args, context) =>
      connection(context, args, {
        of: ['Organisation.blackList', uuid],
        read: stretch => context.load(listingsBy, uuid, stretch),
        count: () => context.load(listingCountBy, uuid),
        place: row => [row.id],
      }),
    blackListings: ({ uuid }, args, context) =>
      connection(context, args, {
        of: ['Organisation.blackListings', uuid],
        read: stretch => context.load(listingsOf, uuid, stretch),
        count: () => context.load(listingCountOf, uuid),
        place: row => [row.id],
      }),
  },
  BlackListing: {
    id: listing => toId('BlackListing', listing.id),
    ref: listing => toId('BlackListing', listing.id),
    committee: listing => ref('Organisation', listing.orgId),
    branch: listing => ref('Organisation', listing.branchId),
    answers: (listing, _, context) => context.load(listingAnswersOf, listing.id),
  },
  Mutation: {
    blackListBranch: async (_, { input }, context) => {
      const wanted = {
        committeeId: fromId('Organisation', input.organisationId, 'organisationId'),
        branchId: fromId('Organisation', input.branchId, 'branchId'),
        ...{ cause: input.cause, reason: input.reason, recordId: recordOf(input.recordId) },
        listedOn: input.on ?? context.today,
      }
      return payload(context, await context.run(blackListBranch, wanted, input.idempotencyKey))
    },
    liftBlackListing: async (_, { input }, context) => {
      const wanted = { id: fromId('BlackListing', input.id), reason: input.reason }
      return payload(context, await context.run(liftBlackListing, wanted, input.idempotencyKey))
    },
    answerBlackListing: async (_, { input }, context) => {
      const wanted = { id: fromId('BlackListing', input.id), text: input.text }
      return payload(context, await context.run(answerBlackListing, wanted, input.idempotencyKey))
    },
  },
}
