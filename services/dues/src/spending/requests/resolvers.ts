import { duesUses } from '@linghang/rulebook'
import { connection, fromId, optionalId, ref, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { fundById } from '../../ledger/funds/read-funds.ts'
import { holdById } from '../../ledger/holds/read-holds.ts'
import { journalById } from '../../ledger/journals/read-journals.ts'
import type { Context } from '../../work.ts'
import { cancelSpending } from './cancel-spending.ts'
import { decideSpending } from './decide-spending.ts'
import { refusedBy } from './limit-refusal.ts'
import { noteLimitRefusal } from './note-refusal.ts'
import { linkVoucherPaper } from './open-voucher-paper.ts'
import {
  limitRefusalsOf,
  paperOf,
  refundedOf,
  spendingById,
  spendingCountOf,
  spendingOfJournal,
  spendingsOf,
  stepsOf,
  vouchersOf,
} from './read-spendings.ts'
import { recordRefund } from './record-refund.ts'
import { recordVoucher } from './record-voucher.ts'
import { requestSpending } from './request-spending.ts'
import { reverseSpending } from './reverse-spending.ts'
import type { VoucherFiles } from './routes.ts'
import { settleSpending } from './settle-spending.ts'
import { submitSpending } from './submit-spending.ts'

const payload = async (context: Context, id: string) => ({ spending: await context.load(spendingById, id) })

export const spendingResolvers = ({ links }: Pick<VoucherFiles, 'links'>): Resolvers => ({
  Query: {
    duesVoucherPaperLink: (_, { voucherId }, context) => {
      const id = fromId('DuesVoucher', voucherId, 'voucherId')
      return context.perform(work => linkVoucherPaper(work, links, id))
    },
  },
  Organisation: {
    spendings: ({ uuid }, { filter, below, ...args }, context) => {
      const asked = {
        below,
        states: filter?.states ?? null,
        uses: filter?.uses ?? null,
        toLookAt: filter?.toLookAt ?? false,
      }
      return connection(context, args, {
        of: ['Organisation.spendings', uuid, asked],
        read: stretch => context.load(spendingsOf, uuid, asked, stretch),
        count: () => context.load(spendingCountOf, uuid, asked),
        place: ({ id }) => [id],
      })
    },
  },
  DuesJournal: { spending: ({ id }, _, context) => context.load(spendingOfJournal, id) },
  DuesSpending: {
    id: ({ id }) => toId('DuesSpending', id),
    ref: ({ id }) => toId('DuesSpending', id),
    organisation: ({ orgId }) => ref('Organisation', orgId),
    useCitation: ({ use }) => duesUses[use],
    fund: ({ fundId }, _, context) => (fundId === null ? null : context.load(fundById, fundId)),
    receiver: ({ receiverOrgId }) => ref('Organisation', receiverOrgId),
    decider: ({ deciderOrgId }) => ref('Organisation', deciderOrgId),
    hold: ({ holdId }, _, context) => (holdId === null ? null : context.load(holdById, holdId)),
    journal: ({ journalId }, _, context) => (journalId === null ? null : context.load(journalById, journalId)),
    reversal: ({ reversalId }, _, context) => (reversalId === null ? null : context.load(journalById, reversalId)),
    refundedFen: async ({ id }, _, context) => (await context.load(refundedOf, id)) ?? 0n,
    vouchers: ({ id }, _, context) => context.load(vouchersOf, id),
    steps: ({ id }, _, context) => context.load(stepsOf, id),
    limitRefusals: ({ id }, _, context) => context.load(limitRefusalsOf, id),
  },
  DuesLimitRefusal: { from: ({ fromOn }) => fromOn, until: ({ untilOn }) => untilOn },
  DuesVoucher: {
    id: ({ id }) => toId('DuesVoucher', id),
    paper: ({ id }, _, context) => context.load(paperOf, id),
  },
  DuesSpendingStep: { at: ({ atOrgId }) => ref('Organisation', atOrgId) },
  Mutation: {
    requestSpending: async (_, { input }, context) => {
      const { organisationId, amountFen, receiverId, fundId: fund, idempotencyKey, ...rest } = input
      const fundId = optionalId('DuesFund', fund, 'fundId')
      const receiverOrgId = optionalId('Organisation', receiverId, 'receiverId')
      const orgId = fromId('Organisation', organisationId, 'organisationId')
      const wanted = { ...rest, orgId, receiverOrgId, fundId, amountFen: BigInt(amountFen) }
      return payload(context, await context.run(requestSpending, wanted, idempotencyKey))
    },
    submitSpending: async (_, { input }, context) => {
      const wanted = { id: fromId('DuesSpending', input.id) }
      return payload(context, await context.run(submitSpending, wanted, input.idempotencyKey))
    },
    decideSpending: async (_, { input }, context) => {
      const { approve, reason, idempotencyKey } = input
      const wanted = { id: fromId('DuesSpending', input.id), approve, reason: reason ?? null }
      const decided = await context.run(decideSpending, wanted, idempotencyKey).catch(async error => {
        const refused = refusedBy(error)
        if (refused) await context.run(noteLimitRefusal, { spendingId: wanted.id, refused }, null)
        throw error
      })
      return payload(context, decided)
    },
    cancelSpending: async (_, { input }, context) => {
      const wanted = { id: fromId('DuesSpending', input.id), reason: input.reason }
      return payload(context, await context.run(cancelSpending, wanted, input.idempotencyKey))
    },
    reverseSpending: async (_, { input }, context) => {
      const wanted = { id: fromId('DuesSpending', input.id), reason: input.reason }
      return payload(context, await context.run(reverseSpending, wanted, input.idempotencyKey))
    },
    recordSpendingRefund: async (_, { input }, context) => {
      const { amountFen, countsOn, reason, idempotencyKey } = input
      const id = fromId('DuesSpending', input.id)
      const wanted = { id, reason, amountFen: BigInt(amountFen), countsOn: countsOn ?? null }
      return payload(context, await context.run(recordRefund, wanted, idempotencyKey))
    },
    recordSpendingVoucher: async (_, { input }, context) => {
      const { amountFen, idempotencyKey, ...rest } = input
      const id = fromId('DuesSpending', input.id)
      const wanted = { ...rest, id, amountFen: BigInt(amountFen) }
      const voucher = await context.run(recordVoucher, wanted, idempotencyKey)
      return { ...(await payload(context, id)), voucherId: toId('DuesVoucher', voucher) }
    },
    settleSpending: async (_, { input }, context) => {
      const { settledFen, countsOn, voucherIds, idempotencyKey } = input
      const wanted = {
        ...{ id: fromId('DuesSpending', input.id), settledFen: BigInt(settledFen), countsOn: countsOn ?? null },
        voucherIds: voucherIds.map(id => fromId('DuesVoucher', id, 'voucherIds')),
      }
      return payload(context, await context.run(settleSpending, wanted, idempotencyKey))
    },
  },
})
