import { connection, fromId, ref, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import type { Context } from '../../work.ts'
import { drawById } from '../draws/read-draws.ts'
import { correctLedgerReview } from './correct-review.ts'
import { drawLedgers } from './draw-ledgers.ts'
import { judgeLedgerReview } from './judge-review.ts'
import { publishLedgerReview } from './publish-review.ts'
import { readLedgerReview } from './read-review.ts'
import { reviewById, reviewCountAt, reviewCountOfDraw, reviewsAt, reviewsOfDraw } from './read-reviews.ts'
import { inHundredths } from './review.ts'

const payload = async (context: Context, id: string) => ({ review: await context.load(reviewById, id) })
const reviewOf = (id: string) => fromId('LedgerReview', id)

export const reviewResolvers: Resolvers = {
  Query: { ledgerReview: (_, { id }, context) => context.load(reviewById, reviewOf(id)) },
  LedgerDraw: {
    reviews: (draw, args, context) =>
      connection(context, args, {
        of: ['LedgerDraw.reviews', draw.id],
        read: stretch => context.load(reviewsOfDraw, draw.id, stretch),
        count: () => context.load(reviewCountOfDraw, draw.id),
        place: row => [row.branchId],
      }),
  },
  Organisation: {
    ledgerReviews: ({ uuid }, args, context) =>
      connection(context, args, {
        of: ['Organisation.ledgerReviews', uuid],
        read: stretch => context.load(reviewsAt, uuid, stretch),
        count: () => context.load(reviewCountAt, uuid),
        place: row => [row.quarter, row.id],
      }),
  },
  LedgerReview: {
    id: review => toId('LedgerReview', review.id),
    ref: review => toId('LedgerReview', review.id),
    branch: review => ref('Organisation', review.branchId),
    committee: review => ref('Organisation', review.orgId),
    draw: (review, _, context) => context.load(drawById, review.drawId),
    state: review => review.work?.state ?? 'PUBLISHED',
    work: ({ work }) => (work === null || work.state === 'PUBLISHED' ? null : work),
    published: review => review.versions[0] ?? null,
  },
  LedgerReviewScore: { points: score => score.points / 100 },
  LedgerReviewWork: { points: work => work.points / 100 },
  PublishedLedgerReview: {
    points: published => published.points / 100,
    most: published => published.most / 100,
  },
  Mutation: {
    drawLedgers: async (_, { input }, context) => {
      const id = await context.run(drawLedgers, { id: fromId('LedgerDraw', input.id) }, input.idempotencyKey)
      return { draw: await context.load(drawById, id) }
    },
    judgeLedgerReview: async (_, { input }, context) => {
      const scores = input.scores.map(({ key, points, remark }) => ({
        ...{ key, points: inHundredths(points), remark: remark ?? null },
      }))
      const wanted = { id: reviewOf(input.id), scores, remark: input.remark ?? null }
      return payload(context, await context.run(judgeLedgerReview, wanted, input.idempotencyKey))
    },
    readLedgerReview: async (_, { input }, context) => {
      const wanted = { id: reviewOf(input.id), agrees: input.agrees, reason: input.reason ?? null }
      return payload(context, await context.run(readLedgerReview, wanted, input.idempotencyKey))
    },
    publishLedgerReview: async (_, { input }, context) =>
      payload(context, await context.run(publishLedgerReview, { id: reviewOf(input.id) }, input.idempotencyKey)),
    correctLedgerReview: async (_, { input }, context) => {
      const wanted = { id: reviewOf(input.id), reason: input.reason }
      return payload(context, await context.run(correctLedgerReview, wanted, input.idempotencyKey))
    },
  },
}
