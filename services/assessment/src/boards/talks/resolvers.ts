import { connection, fromId, ref, requireFirst, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { nameOf } from '../../sheets/reading/read-sheets.ts'
import type { Context } from '../../work.ts'
import { boardDecisionById } from '../decisions/read-decisions.ts'
import { callBranchIn, dropBoardTalk, holdBoardTalk } from './call-in.ts'
import { branchesToCallIn, countTalksOf, talkById, talksOf } from './read-talks.ts'
import { isOverdue } from './talk.ts'

const payload = async (context: Context, id: string) => ({ talk: await context.load(talkById, id) })

export const talkResolvers: Resolvers = {
  BoardTalk: {
    id: ({ id }) => toId('BoardTalk', id),
    ref: ({ id }) => toId('BoardTalk', id),
    branch: ({ orgId }) => ref('Organisation', orgId),
    decision: ({ decisionId }, _, context) => context.load(boardDecisionById, decisionId),
    overdue: (talk, _, { today }) => isOverdue(talk, today),
  },
  BranchToCallIn: {
    branch: ({ orgId }) => ref('Organisation', orgId),
    branchName: async ({ orgId }, _, context) => (await context.load(nameOf, orgId)) ?? '',
  },
  Organisation: {
    boardTalks: ({ uuid }, args, context) =>
      connection(context, args, {
        of: ['Organisation.boardTalks', uuid],
        read: stretch => context.load(talksOf, uuid, stretch),
        count: () => context.load(countTalksOf, uuid),
        place: ({ id }) => [id],
      }),
  },
  Query: {
    branchesToCallIn: (_, { first }, context) => {
      const most = requireFirst(first)
      return context.perform(work => branchesToCallIn(work, most))
    },
  },
  Mutation: {
    callBranchIn: async (_, { input: { branchId, calledBy, dueOn, idempotencyKey } }, context) => {
      const wanted = { branchId: fromId('Organisation', branchId, 'branchId'), calledBy, dueOn }
      return payload(context, await context.run(callBranchIn, wanted, idempotencyKey))
    },
    holdBoardTalk: async (_, { input: { id, heldOn, heldBy, workSeen, note, idempotencyKey } }, context) => {
      const wanted = { id: fromId('BoardTalk', id), workSeen, note, held: { on: heldOn, by: heldBy } }
      return payload(context, await context.run(holdBoardTalk, wanted, idempotencyKey))
    },
    dropBoardTalk: async (_, { input: { id, workSeen, reason, idempotencyKey } }, context) => {
      const wanted = { id: fromId('BoardTalk', id), workSeen, note: reason }
      return payload(context, await context.run(dropBoardTalk, wanted, idempotencyKey))
    },
  },
}
