import { connection, ref } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { belowOf, countBelow, indicesOf } from './read-indices.ts'

export const indexResolvers: Resolvers = {
  ScoreIndex: {
    key: ({ index }) => index.key,
    title: ({ index }) => index.title,
    of: ({ index }) => index.of,
    combine: ({ index }) => index.combine,
    below: async ({ orgId, index }, args, context) =>
      connection(context, args, {
        of: ['ScoreIndex.below', orgId, index.key],
        read: async stretch => (await context.load(belowOf, orgId, stretch)).map(one => ({ ...one, index: index.key })),
        count: () => context.load(countBelow, orgId),
        place: ({ code, id }) => [code, id],
      }),
  },
  ScoreIndexBelow: {
    organisation: ({ id }) => ref('Organisation', id),
    newest: async ({ id, index }, _, context) =>
      (await context.load(indicesOf, id)).find(one => one.index.key === index)?.points.at(-1) ?? null,
  },
  Organisation: { scoreIndices: ({ uuid }, _, context) => context.load(indicesOf, uuid) },
}
