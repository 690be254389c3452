import type { Links } from '@linghang/papers/links'
import { connection, fromId, ref, toId } from '@linghang/subgraph'
import { holderOf } from '../../billing/records/holder.ts'
import type { Resolvers } from '../../generated/schema-types.ts'
import type { Context } from '../../work.ts'
import { fail } from './errors.ts'
import { type IssueReceipt, issueReceipt } from './issue-receipt.ts'
import { linkReceipt } from './open-receipt.ts'
import {
  linesOfReceipt,
  receiptById,
  receiptCountOfMember,
  receiptOfPayment,
  receiptsOfMember,
} from './read-receipts.ts'
import { receiptState, writtenNumber } from './receipt.ts'
import { voidReceipt } from './void-receipt.ts'

const payload = async (context: Context, id: string) => ({ receipt: await context.load(receiptById, id) })

type Said = {
  paymentId?: string | null
  period?: { memberId: string; organisationId: string; from: string; until: string } | null
}

/** @throws DomainError BAD_INPUT for neither or both */
function wantedOf({ paymentId, period }: Said): IssueReceipt {
  if (paymentId != null && period == null) return { paymentId: fromId('DuesPayment', paymentId, 'paymentId') }
  if (period != null && paymentId == null) {
    const { memberId, organisationId, from, until } = period
    const orgId = fromId('Organisation', organisationId, 'organisationId')
    return { memberId: fromId('Member', memberId, 'memberId'), orgId, from, until }
  }
  return fail('BAD_INPUT', {
    ...{ field: 'paymentId', found: '' },
    ...{ wanted: 'a payment or a period, one of them', wantedZh: '一笔党费或一段时间，二者取一' },
  })
}

export const receiptResolvers = (links: Links): Resolvers => ({
  DuesReceipt: {
    holder: holderOf,
    id: ({ id }) => toId('DuesReceipt', id),
    ref: ({ id }) => toId('DuesReceipt', id),
    member: ({ memberId }) => ref('Member', memberId),
    organisation: ({ orgId }) => ref('Organisation', orgId),
    number: writtenNumber,
    receivedFrom: ({ fromOn }) => fromOn,
    receivedUntil: ({ untilOn }) => untilOn,
    state: receiptState,
    lines: ({ id }, _, context) => context.load(linesOfReceipt, id),
  },
  DuesPayment: {
    receipt: async ({ id }, _, context) => {
      const receiptId = await context.load(receiptOfPayment, id)
      return receiptId === null ? null : context.load(receiptById, receiptId)
    },
  },
  DuesRecord: {
    receipts: ({ memberId }, args, context) =>
      connection(context, args, {
        of: ['DuesRecord.receipts', memberId],
        read: stretch => context.load(receiptsOfMember, memberId, stretch),
        count: () => context.load(receiptCountOfMember, memberId),
        place: ({ id }) => [id],
      }),
  },
  Query: {
    duesReceiptLink: (_, { receiptId }, context) =>
      linkReceipt(context, links, fromId('DuesReceipt', receiptId, 'receiptId')),
  },
  Mutation: {
    issueDuesReceipt: async (_, { input: { idempotencyKey, ...said } }, context) =>
      payload(context, await context.run(issueReceipt, wantedOf(said), idempotencyKey)),
    voidDuesReceipt: async (_, { input: { receiptId, reason, idempotencyKey } }, context) => {
      const id = fromId('DuesReceipt', receiptId, 'receiptId')
      return payload(context, await context.run(voidReceipt, { id, reason }, idempotencyKey))
    },
  },
})
