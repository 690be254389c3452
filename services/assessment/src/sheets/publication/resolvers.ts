import type { Resolvers } from '../../generated/schema-types.ts'
import { inPoints } from '../reading/sheet-row.ts'
import { publishScores } from './publish-scores.ts'
import { publicationFrom, publicationsOf, versionsOf } from './read-publications.ts'

export const publicationResolvers: Resolvers = {
  ScorePublication: { from: ({ periodFrom }) => periodFrom, until: ({ periodUntil }) => periodUntil },
  ScoreSheetVersion: {
    score: ({ score }) => inPoints(score),
    hash: ({ hash }) => Buffer.from(hash).toString('hex'),
  },
  ScoreSheet: { published: ({ id }, _, context) => context.load(versionsOf, id) },
  Query: { scorePublications: (_, __, context) => context.load(publicationsOf, context.actor.countyId) },
  Mutation: {
    publishScores: async (_, { input: { on, idempotencyKey } }, context) => {
      const period = await context.run(publishScores, { on }, idempotencyKey)
      return { publication: await context.load(publicationFrom, period.from) }
    },
  },
}
