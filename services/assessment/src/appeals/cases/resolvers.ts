import { connection, fromId, ref, toId } from '@linghang/subgraph'
import type { AppealResolvers, Resolvers } from '../../generated/schema-types.ts'
import { sheetById } from '../../sheets/reading/read-sheets.ts'
import type { Context } from '../../work.ts'
import { appealLine, withdrawAppeal } from './appeal-line.ts'
import { answerAppeal, noteAppealHearing, passAppealUp } from './decide-appeal.ts'
import { appealById, appealsOfSheet, appealsWaitingAt, countWaitingAt, sheetOfAppeal, stepsOf } from './read-appeals.ts'

const inPoints = (hundredths: number | null): number | null => (hundredths === null ? null : hundredths / 100)
const isOpen = ({ state }: { state: string }): boolean => state === 'OPEN' || state === 'HEARD'

const appeal: AppealResolvers = {
  id: ({ id }) => toId('Appeal', id),
  ref: ({ id }) => toId('Appeal', id),
  sheet: async ({ id }, _, context) => {
    const sheetId = await context.load(sheetOfAppeal, id)
    return sheetId === null ? null : context.load(sheetById, sheetId)
  },
  office: ({ decidingOrgId }) => ref('Organisation', decidingOrgId),
  points: ({ points }) => inPoints(points),
  workedOut: ({ proposed }) => proposed / 100,
  steps: ({ id }, _, context) => context.load(stepsOf, id),
  overdue: ({ answerBy, ...row }, _, { today }) => isOpen(row) && answerBy < today,
}

const payload = async (context: Context, id: string) => ({ appeal: await context.load(appealById, id) })

export const appealResolvers: Resolvers = {
  Appeal: appeal,
  AppealStep: {
    on: ({ onDay }) => onDay,
    points: ({ points }) => inPoints(points),
    office: ({ decidingOrgId }) => ref('Organisation', decidingOrgId),
  },
  ScoreLine: {
    appeal: async ({ sheetId, key }, _, context) =>
      (await context.load(appealsOfSheet, sheetId)).find(({ lineKey }) => lineKey === key) ?? null,
  },
  ScoreSheet: {
    openAppeals: async ({ id }, _, context) => (await context.load(appealsOfSheet, id)).filter(isOpen).length,
  },
  Organisation: {
    appealsToAnswer: ({ uuid }, args, context) =>
      connection(context, args, {
        of: ['Organisation.appealsToAnswer', uuid],
        read: stretch => context.load(appealsWaitingAt, uuid, stretch),
        count: () => context.load(countWaitingAt, uuid),
        place: ({ answerBy, id }) => [answerBy, id],
      }),
  },
  Mutation: {
    appealLine: async (_, { input: { idempotencyKey, ...input } }, context) => {
      const wanted = { ...input, sheetId: fromId('ScoreSheet', input.sheetId, 'sheetId') }
      return payload(context, await context.run(appealLine, wanted, idempotencyKey))
    },
    withdrawAppeal: async (_, { input }, context) => {
      const wanted = { id: fromId('Appeal', input.id) }
      return payload(context, await context.run(withdrawAppeal, wanted, input.idempotencyKey))
    },
    noteAppealHearing: async (_, { input: { idempotencyKey, ...input } }, context) => {
      const wanted = { ...input, id: fromId('Appeal', input.id) }
      return payload(context, await context.run(noteAppealHearing, wanted, idempotencyKey))
    },
    passAppealUp: async (_, { input: { idempotencyKey, ...input } }, context) => {
      const wanted = { ...input, id: fromId('Appeal', input.id) }
      return payload(context, await context.run(passAppealUp, wanted, idempotencyKey))
    },
    answerAppeal: async (_, { input: { idempotencyKey, points, ...input } }, context) => {
      const inHundredths = points == null ? null : Math.round(points * 100)
      const wanted = { ...input, id: fromId('Appeal', input.id), points: inHundredths }
      return payload(context, await context.run(answerAppeal, wanted, idempotencyKey))
    },
  },
}
