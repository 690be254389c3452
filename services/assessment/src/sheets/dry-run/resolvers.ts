import { connection, ref, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { inPoints } from '../reading/sheet-row.ts'
import { changesOf, countOfChanges, dryRunById, indicatorsOfRun, summariesOf } from './read-dry-runs.ts'
import { startDryRun } from './start-dry-run.ts'

const differencesAtMost = 200
const indicatorsAtMost = 400
const points = (hundredths: number | null): number | null => (hundredths === null ? null : inPoints(hundredths))

export const dryRunResolvers: Resolvers = {
  PackDryRun: {
    id: ({ id }) => toId('PackDryRun', id),
    ref: ({ id }) => toId('PackDryRun', id),
    title: ({ document }) => document.title,
    from: ({ periodFrom }) => periodFrom,
    until: ({ periodUntil }) => periodUntil,
    isDone: ({ state }) => state === 'DONE',
    summaries: async ({ id }, _, context) =>
      (await context.load(summariesOf, id)).map(({ of, mean, ...rest }) => ({
        ...{ ...rest, ofMembers: of === 'MEMBER', meanChange: inPoints(Math.round(mean ?? 0)) },
      })),
    indicators: async ({ id }, _, context) =>
      (await context.load(indicatorsOfRun, id))
        .slice(0, indicatorsAtMost)
        .map(({ of, ...rest }) => ({ ...rest, ofMembers: of === 'MEMBER' })),
    changes: ({ id }, args, context) =>
      connection(context, args, {
        of: ['PackDryRun.changes', id],
        read: stretch => context.load(changesOf, id, stretch),
        count: () => context.load(countOfChanges, id),
        place: ({ subjectId }) => [subjectId],
      }),
  },
  PackDryRunChange: {
    member: ({ subjectType, subjectId }) => (subjectType === 'MEMBER' ? ref('Member', subjectId) : null),
    organisation: ({ orgId }) => ref('Organisation', orgId),
    before: ({ before }) => points(before),
    after: ({ after }) => points(after),
    differences: ({ differences }) =>
      differences.slice(0, differencesAtMost).map(({ indicator, before, after }) => ({
        ...{ indicator, before: inPoints(before), after: inPoints(after) },
      })),
  },
  Mutation: {
    startDryRun: async (_, { input: { document, idempotencyKey } }, context) => ({
      dryRun: await context.load(dryRunById, await context.run(startDryRun, { document }, idempotencyKey)),
    }),
  },
}
