import { connection, fromId, ref, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import type { Context } from '../../work.ts'
import { openLedgerDraw } from './open-draw.ts'
import { drawById, drawCountAt, drawsAt, placeCountOf, placesOf, recordsOf } from './read-draws.ts'

const payload = async (context: Context, id: string) => ({ draw: await context.load(drawById, id) })

export const drawResolvers: Resolvers = {
  Query: { ledgerDraw: (_, { id }, context) => context.load(drawById, fromId('LedgerDraw', id)) },
  Organisation: {
    ledgerDraws: ({ uuid }, args, context) =>
      connection(context, args, {
        of: ['Organisation.ledgerDraws', uuid],
        read: stretch => context.load(drawsAt, uuid, stretch),
        count: () => context.load(drawCountAt, uuid),
        place: row => [row.quarter, row.id],
      }),
  },
  LedgerDraw: {
    id: draw => toId('LedgerDraw', draw.id),
    ref: draw => toId('LedgerDraw', draw.id),
    committee: draw => ref('Organisation', draw.orgId),
    state: draw => (draw.drawnAt === null ? 'OPEN' : 'DRAWN'),
    record: async (draw, _, context) => (await context.load(recordsOf, draw.id)) ?? '',
    places: (draw, args, context) =>
      connection(context, args, {
        of: ['LedgerDraw.places', draw.id],
        read: stretch => context.load(placesOf, draw.id, stretch),
        count: () => context.load(placeCountOf, draw.id),
        place: row => [row.branchId],
      }),
  },
  LedgerDrawPlace: { branch: place => ref('Organisation', place.branchId) },
  LedgerReviewItem: { most: item => item.most / 100 },
  Mutation: {
    openLedgerDraw: async (_, { input }, context) => {
      const wanted = {
        committeeId: fromId('Organisation', input.organisationId, 'organisationId'),
        ...{ quarter: input.quarter, share: input.share ?? null, count: input.count ?? null, basis: input.basis },
        ...{ drawFrom: input.drawFrom ?? null, reviewsDueOn: input.reviewsDueOn },
      }
      return payload(context, await context.run(openLedgerDraw, wanted, input.idempotencyKey))
    },
  },
}
