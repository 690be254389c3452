import { shanghaiDay } from '@linghang/access'
import { connection, fromId } from '@linghang/subgraph'
import { standingOf } from '../../engine/rulings.ts'
import type { DeductionLineInput, Resolvers } from '../../generated/schema-types.ts'
import type { Context } from '../../work.ts'
import { derivedOf, sheetById } from '../reading/read-sheets.ts'
import { lineOf } from '../reading/sheet-row.ts'
import { confirmDeductions, dismissDeductions, takeDeductionBack } from './decide-deductions.ts'
import { countProposedAt, proposedAt, rulingsOf } from './read-deductions.ts'

const seen = (lines: readonly DeductionLineInput[]) =>
  lines.map(({ sheetId, lineKey, points }) => ({
    ...{ sheetId: fromId('ScoreSheet', sheetId, 'sheetId'), lineKey, points: Math.round(points * 100) },
  }))

const payload = async (context: Context, ids: readonly string[]) => ({
  sheets: (await Promise.all(ids.map(id => context.load(sheetById, id)))).flatMap(row => row ?? []),
})

export const deductionResolvers: Resolvers = {
  ScoreLine: {
    rulings: async (line, _, context) => {
      const own = (await context.load(rulingsOf, line.sheetId)).filter(({ lineKey }) => lineKey === line.key)
      const standing = standingOf(line, own)
      return own.map(ruling => ({ ...ruling, holds: ruling === standing })).reverse()
    },
  },
  ScoreRuling: {
    on: ({ decidedAt }) => shanghaiDay(decidedAt),
    points: ({ points }) => (points === null ? null : points / 100),
  },
  ProposedDeduction: {
    sheet: ({ sheetId }, _, context) => context.load(sheetById, sheetId),
    points: ({ points }) => points / 100,
    line: async ({ sheetId, lineKey }, _, context) => {
      const derived = (await context.load(sheetById, sheetId)) && (await context.load(derivedOf, sheetId))
      return derived ? lineOf(derived, lineKey) : null
    },
  },
  Organisation: {
    proposedDeductions: ({ uuid }, args, context) =>
      connection(context, args, {
        of: ['Organisation.proposedDeductions', uuid],
        read: stretch => context.load(proposedAt, uuid, stretch),
        count: () => context.load(countProposedAt, uuid),
        place: ({ id }) => [id],
      }),
  },
  Mutation: {
    confirmDeductions: async (_, { input: { lines, idempotencyKey } }, context) =>
      payload(context, await context.run(confirmDeductions, { lines: seen(lines) }, idempotencyKey)),
    dismissDeductions: async (_, { input: { lines, reason, idempotencyKey } }, context) =>
      payload(context, await context.run(dismissDeductions, { lines: seen(lines), reason }, idempotencyKey)),
    takeDeductionBack: async (_, { input: { idempotencyKey, ...input } }, context) => {
      const wanted = { ...input, sheetId: fromId('ScoreSheet', input.sheetId, 'sheetId') }
      return payload(context, await context.run(takeDeductionBack, wanted, idempotencyKey))
    },
  },
}
