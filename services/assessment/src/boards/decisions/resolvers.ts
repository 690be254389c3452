import { fromId, requireFirst, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import type { Context } from '../../work.ts'
import { decideBoard } from './decide-board.ts'
import { stateOn } from './decision.ts'
import { endBoard } from './end-board.ts'
import { boardDecisionById, readBoardDecisions } from './read-decisions.ts'

const payload = async (context: Context, id: string) => ({ decision: await context.load(boardDecisionById, id) })

export const boardDecisionResolvers: Resolvers = {
  BoardDecision: {
    id: ({ id }) => toId('BoardDecision', id),
    ref: ({ id }) => toId('BoardDecision', id),
    effectiveFrom: ({ fromDay }) => fromDay,
    until: ({ untilDay }) => untilDay,
    state: (decision, _, { today }) => stateOn(decision, today),
  },
  Query: {
    boardDecisions: (_, { kind, first }, context) => {
      const most = requireFirst(first)
      return context.perform(work => readBoardDecisions(work, kind ?? null, most))
    },
  },
  Mutation: {
    decideBoard: async (_, { input: { idempotencyKey, redSize, blackSize, ...input } }, context) => {
      const wanted = { ...input, redSize: redSize ?? null, blackSize: blackSize ?? null }
      return payload(context, await context.run(decideBoard, wanted, idempotencyKey))
    },
    endBoard: async (_, { input: { id, reason, idempotencyKey } }, context) =>
      payload(context, await context.run(endBoard, { id: fromId('BoardDecision', id), reason }, idempotencyKey)),
  },
}
