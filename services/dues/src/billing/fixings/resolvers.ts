import { monthOf } from '@linghang/rulebook'
import { connection, fromId, ref, toId } from '@linghang/subgraph'
import type { DuesPaySlipInput, Resolvers } from '../../generated/schema-types.ts'
import type { Context } from '../../work.ts'
import { holderOf } from '../records/holder.ts'
import { beginDuesFixing } from './begin-fixing.ts'
import { changeDuesBase } from './change-base.ts'
import { checkDuesFixing } from './check-fixing.ts'
import { confirmDuesBase, recordConfirmedOnPaper } from './confirm-base.ts'
import { correctDuesBase } from './correct-base.ts'
import {
  fixingLineById,
  fixingLineCountOf,
  fixingLinesOf,
  fixingOf,
  fixingsOfMember,
  lineInForce,
} from './read-fixings.ts'
import { payOfLine } from './read-pay.ts'
import { partsOf } from './said-base.ts'

const lineOf = async (context: Context, id: string) => ({ line: await context.load(fixingLineById, id) })
const idOfLine = (id: string) => fromId('DuesFixingLine', id, 'lineId')
const fenOf = (fen: string | null | undefined) => (fen == null ? null : BigInt(fen))
const slipOf = (slip: DuesPaySlipInput | null | undefined) => {
  if (!slip) return null
  const parts = <Item>(said: readonly { item: Item; fen: string }[]) =>
    said.map(({ item, fen }) => ({ item, fen: BigInt(fen) }))
  return {
    kind: slip.kind,
    items: partsOf(parts(slip.items), 'items'),
    deductions: partsOf(parts(slip.deductions ?? []), 'deductions'),
  }
}

export const fixingResolvers: Resolvers = {
  Organisation: { duesFixing: ({ uuid }, { year }, context) => context.load(fixingOf, uuid, year) },
  DuesRecord: {
    fixings: ({ memberId }, { year }, context) => context.load(fixingsOfMember, memberId, year),
    fixedFor: ({ memberId }, { month }, context) =>
      context.load(lineInForce, memberId, monthOf(month ?? context.today)),
  },
  DuesFixing: {
    organisation: ({ orgId }) => ref('Organisation', orgId),
    monthlyDueFen: ({ dueFen }) => dueFen,
    lines: ({ orgId, year }, { filter, ...args }, context) => {
      const asked = { year, filter: { states: filter?.states ?? null, whys: filter?.whys ?? null } }
      return connection(context, args, {
        of: ['DuesFixing.lines', orgId, year, asked.filter],
        read: stretch => context.load(fixingLinesOf, orgId, { ...asked, stretch }),
        count: () => context.load(fixingLineCountOf, orgId, asked),
        place: ({ id }) => [id],
      })
    },
  },
  DuesFixingLine: {
    holder: holderOf,
    id: ({ id }) => toId('DuesFixingLine', id),
    ref: ({ id }) => toId('DuesFixingLine', id),
    member: ({ memberId }) => ref('Member', memberId),
    organisation: ({ orgId }) => ref('Organisation', orgId),
    incomeFen: async ({ id }, _, context) => (await context.load(payOfLine, id))?.incomeFen ?? null,
    paySlip: async ({ id }, _, context) => (await context.load(payOfLine, id))?.paySlip ?? null,
    explain: async ({ id }, _, context) => (await context.load(payOfLine, id))?.explain ?? null,
  },
  Mutation: {
    beginDuesFixing: async (_, { input }, context) => {
      const { organisationId, year, idempotencyKey } = input
      const orgId = fromId('Organisation', organisationId, 'organisationId')
      const { added, renewed } = await context.run(beginDuesFixing, { orgId, year }, idempotencyKey)
      return { proposed: added, renewed, fixing: await context.load(fixingOf, orgId, year) }
    },
    correctDuesBase: async (_, { input }, context) => {
      const { version, category, idempotencyKey } = input
      const lineId = idOfLine(input.lineId)
      const said = { category, incomeFen: fenOf(input.incomeFen), paySlip: slipOf(input.paySlip) }
      return lineOf(context, await context.run(correctDuesBase, { lineId, version, ...said }, idempotencyKey))
    },
    changeDuesBase: async (_, { input }, context) => {
      const { memberId, changedOn, category, idempotencyKey } = input
      const said = { category, incomeFen: fenOf(input.incomeFen), paySlip: slipOf(input.paySlip) }
      const wanted = { ...said, memberId: fromId('Member', memberId, 'memberId'), changedOn }
      return lineOf(context, await context.run(changeDuesBase, wanted, idempotencyKey))
    },
    confirmDuesBase: async (_, { input }, context) => {
      const { lineId, version, idempotencyKey } = input
      const named = { lineId: idOfLine(lineId), version }
      return lineOf(context, await context.run(confirmDuesBase, named, idempotencyKey))
    },
    recordConfirmedOnPaper: async (_, { input }, context) => {
      const { lines, signedOn, idempotencyKey } = input
      const named = lines.map(({ lineId, version }) => ({ lineId: idOfLine(lineId), version }))
      const ids = await context.run(recordConfirmedOnPaper, { lines: named, signedOn }, idempotencyKey)
      return { recorded: ids.length }
    },
    checkDuesFixing: async (_, { input }, context) => {
      const { organisationId, year, confirmedOnly, idempotencyKey } = input
      const orgId = fromId('Organisation', organisationId, 'organisationId')
      const wanted = { orgId, year, confirmedOnly: confirmedOnly ?? false }
      const checked = await context.run(checkDuesFixing, wanted, idempotencyKey)
      return { checked, fixing: await context.load(fixingOf, orgId, year) }
    },
  },
}
